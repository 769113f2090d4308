import { expect } from "chai";
import { Mmu500Unit } from "../../../../hypervisor/arm/iommu/mmu500-unit.js";
import { RegisterFile } from "../../../../hypervisor/machine/register-file.js";
import { outcomeOf, RecordedMachine } from "../../recorded/recorded-machine.js";
import { cellWith, enabled, systemWith, unitBase, unitOf, unitTypes } from "./units.js";

/** Id in the lower half, bits that do not count in the upper half. */
function stream(id: number, mask = 0): number {
  return id + mask * 0x1_0000;
}

describe("an MMU-500", () => {
  it("leads streams to the cell that lists them, and back if the root cell lists the same word", () => {
    const machine = enabled(systemWith(unitTypes.mmu500, [stream(0x10), stream(0x20, 0x3)]));
    const unit = unitOf(machine, Mmu500Unit);
    expect([0x10, 0x11, 0x20, 0x23, 0x24].map((id) => unit.ownerOf(0, id))).to.deep.equal([
      0,
      null,
      0,
      0,
      null,
    ]);
    expect(machine.create(cellWith([stream(0x10), stream(0x40)]), 1)).to.equal(0);
    expect([0x10, 0x40, 0x20].map((id) => unit.ownerOf(0, id))).to.deep.equal([1, 1, 0]);
    expect(machine.takeLines().filter((line) => line.startsWith("Assigning"))).to.deep.equal([
      'Assigning SID 0x10, Mask 0x0 to cell "inmate-demo"',
      'Assigning SID 0x40, Mask 0x0 to cell "inmate-demo"',
    ]);
    machine.destroy(1);
    expect([0x10, 0x40, 0x20].map((id) => unit.ownerOf(0, id))).to.deep.equal([0, null, 0]);
    expect(machine.takeLines().filter((line) => line.startsWith("Assigning"))).to.deep.equal([
      'Assigning SID 0x10 Mask: 0x0 to cell "qemu-arm64"',
    ]);
  });

  it("gives a group to streams that it holds as a whole, and refuses those it holds a part of", () => {
    const system = systemWith(unitTypes.mmu500, [stream(0x20, 0x3)]);
    const machine = enabled(system);
    expect(machine.create(cellWith([stream(0x21, 0x1)]), 1)).to.equal(0);
    // The group is narrowed to them: the others are nobody's.
    expect([0x20, 0x21, 0x22].map((id) => unitOf(machine, Mmu500Unit).ownerOf(0, id))).to.deep.equal([
      1,
      1,
      null,
    ]);
    expect(enabled(system).create(cellWith([stream(0x20, 0x7)]), 1)).to.equal(-22);
    expect(enabled(system).create(cellWith([stream(0x22, 0x10)]), 1)).to.equal(-22);
    expect(enabled(system).create(cellWith([stream(0x24, 0x10)]), 1)).to.equal(0);
  });

  it("has 128 groups", () => {
    const all = Array.from({ length: 129 }, (_, id) => stream(id));
    expect(outcomeOf(() => machineOf(all.slice(0, 128)).enable())).to.equal(0);
    expect(outcomeOf(() => machineOf(all).enable())).to.equal(-22);
  });

  function machineOf(streams: readonly number[]): RecordedMachine {
    return new RecordedMachine("arm64", systemWith(unitTypes.mmu500, streams), {});
  }

  /** A unit with other registers than the usual ones. */
  function enabling(changes: Readonly<Record<number, number>>): number | string {
    const machine = new RecordedMachine("arm64", systemWith(unitTypes.mmu500, []), {});
    const usual = { 0: 1, 32: 0x2800_0080, 36: 0x3000_0040, 40: 0x1055, 60: 0x20 };
    const registers = Object.entries({ ...usual, ...changes }).map(
      ([key, value]) => [Number(key), value] as const,
    );
    machine.hypervisor.machine.memory.addDevice(unitBase, 0x2_0000, new RegisterFile(new Map(registers)));
    return outcomeOf(() => machine.enable());
  }

  it("is refused if it is another version, in use, or cannot translate for cells", () => {
    expect(enabling({})).to.equal(0);
    expect(enabling({ 60: 0x10 })).to.equal(-5);
    expect(enabling({ 0: 0 })).to.equal(-16);
    expect(enabling({ 32: 0x0800_0080 })).to.equal(-5);
    expect(enabling({ 32: 0x2800_0000 })).to.equal(-19);
    expect(enabling({ 36: 0x3041_0040 })).to.equal(-19);
    expect(enabling({ 40: 0x1054 })).to.equal(-5);
    expect(enabling({ 40: 0x1045 })).to.equal(-5);
    expect(enabling({ 40: 0x0055 })).to.equal(-5);
    expect(enabling({ 116: 1 })).to.equal(-22);
  });

  it("faults the hypervisor where it does not match streams, but is indexed by them", () => {
    expect(enabling({ 32: 0x2000_1000 })).to.equal(0);
    const machine = new RecordedMachine("arm64", systemWith(unitTypes.mmu500, [4]), {});
    const registers = new Map([
      [0x0, 1],
      [0x20, 0x2000_1000],
      [0x24, 0x3000_0040],
      [0x28, 0x1055],
      [0x3c, 0x20],
    ]);
    machine.hypervisor.machine.memory.addDevice(unitBase, 0x2_0000, new RegisterFile(registers));
    expect(outcomeOf(() => machine.enable())).to.equal("hypervisor-page-fault");
  });

  it("lets all pass until the first commit, and again after the end", () => {
    const machine = enabled(systemWith(unitTypes.mmu500, []));
    const { memory } = machine.hypervisor.machine;
    expect(memory.read(unitBase, 4) & 1n).to.equal(0n);
    unitOf(machine, Mmu500Unit).shutdown();
    expect(memory.read(unitBase, 4)).to.equal(1n);
  });
});
