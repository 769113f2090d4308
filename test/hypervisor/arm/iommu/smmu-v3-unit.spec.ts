import { expect } from "chai";
import { SmmuV3Unit } from "../../../../hypervisor/arm/iommu/smmu-v3-unit.js";
import { RegisterFile } from "../../../../hypervisor/machine/register-file.js";
import { everyBoard } from "../../../oracle/base-configs.js";
import { outcomeOf, RecordedMachine } from "../../recorded/recorded-machine.js";
import { edited } from "../edited.js";
import { cellWith, enabled, systemWith, unitBase, unitOf, unitsWith, unitTypes } from "./units.js";

describe("an SMMU of version 3", () => {
  it("leads streams to the last cell that lists them, and does not give them back", () => {
    const machine = enabled(systemWith(unitTypes.smmuV3, [0x10, 0x20]));
    const unit = unitOf(machine, SmmuV3Unit);
    expect(machine.create(cellWith([0x10, 0x300]), 1)).to.equal(0);
    expect([0x10, 0x20, 0x300, 0x11].map((id) => unit.ownerOf(0, id))).to.deep.equal([1, 0, 1, null]);
    machine.destroy(1);
    expect([0x10, 0x20, 0x300].map((id) => unit.ownerOf(0, id))).to.deep.equal([null, 0, null]);
  });

  it("takes two queues, a table of two levels, and four pages for each 256 streams that are used", () => {
    const without = pagesOf(everyBoard().get("qemu-arm64")!);
    // 2 queues, 256 descriptors of 8 bytes, and 256 of 32 bytes for the hypervisor itself.
    const empty = pagesOf(systemWith(unitTypes.smmuV3, []));
    // The unit's registers are mapped where there are tables already.
    expect(empty - without).to.equal(2 + 1 + 2);
    expect(pagesOf(systemWith(unitTypes.smmuV3, [1, 2, 255])) - empty).to.equal(4 + alignment);
    expect(pagesOf(systemWith(unitTypes.smmuV3, [1, 0x100, 0xff00])) - empty).to.equal(12 + alignment);
  });

  /** Pages are aligned to their number: nothing is lost by that. */
  const alignment = 0;

  function pagesOf(system: Uint8Array): number {
    return enabled(system).hypervisor.pool.used;
  }

  it("gives parts of the table back with the last stream in them", () => {
    const usedAfter = (streams: readonly number[]): number => {
      const machine = enabled(systemWith(unitTypes.smmuV3, [0x10]));
      machine.create(cellWith(streams), 1);
      machine.destroy(1);
      return machine.hypervisor.pool.used;
    };
    // The root cell has a stream in the first part.
    expect(usedAfter([0x11, 0x300, 0x301])).to.equal(usedAfter([]));
  });

  function enabling(
    changes: Readonly<Record<number, number>>,
    streams: readonly number[] = [],
  ): number | string {
    const machine = new RecordedMachine("arm64", systemWith(unitTypes.smmuV3, streams), {});
    const usual = { 0: 0x0800_0003, 4: (8 << 21) | (7 << 16) | 16 };
    const registers = Object.entries({ ...usual, ...changes }).map(
      ([key, value]) => [Number(key), value] as const,
    );
    const device = new RegisterFile(new Map(registers), new Map(), new Map([[0x20, 0x24]]));
    machine.hypervisor.machine.memory.addDevice(unitBase, 0x2_0000, device);
    return outcomeOf(() => machine.enable());
  }

  it("is refused if it does not translate for cells, or is preset, or does not answer", () => {
    expect(enabling({})).to.equal(0);
    expect(enabling({ 0: 0x0800_0002 })).to.equal(-19);
    expect(enabling({ 4: 0x4100_0010 })).to.equal(-19);
    expect(enabling({ 4: 0x0007_0010 })).to.equal(-19);
    expect(enabling({ 36: 0x1 })).to.equal(-22);
  });

  it("faults the hypervisor by streams that it has no entry for", () => {
    expect(enabling({}, [0xffff])).to.equal(0);
    expect(enabling({}, [0x1_0000])).to.equal("hypervisor-page-fault");
  });

  it("faults the hypervisor at the end of a cell if one stands behind the end of the list", () => {
    const one = { type: unitTypes.smmuV3, base: BigInt(unitBase), size: 0x2_0000 };
    const system = (units: readonly object[]): Uint8Array =>
      edited("qemu-arm64", "system", { platform: { iommu_units: unitsWith(units as never) } });
    const destroying = (units: readonly object[]): number | string => {
      const machine = enabled(system(units));
      machine.create(cellWith([]), 1);
      return outcomeOf(() => machine.destroy(1));
    };
    expect(destroying([one])).to.equal(0);
    expect(destroying([one, { ...one, base: 0n }])).to.equal("hypervisor-page-fault");
    expect(destroying([{ ...one, base: 0n }])).to.equal(0);
  });
});
