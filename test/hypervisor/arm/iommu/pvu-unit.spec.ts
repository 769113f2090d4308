import { expect } from "chai";
import fc from "fast-check";
import { entriesOf, mostEntries } from "../../../../hypervisor/arm/iommu/pvu-entries.js";
import { PvuUnit } from "../../../../hypervisor/arm/iommu/pvu-unit.js";
import { RegisterFile } from "../../../../hypervisor/machine/register-file.js";
import { everyBoard } from "../../../oracle/base-configs.js";
import { outcomeOf, RecordedMachine } from "../../recorded/recorded-machine.js";
import { edited } from "../edited.js";
import { cellWith, enabled, systemWith, unitBase, unitOf, unitTypes } from "./units.js";
import "../../../support/seed.js";

const tlbs = { tipvu: { tlb_base: 0x5100_0000n, tlb_size: 0x4_0000 } };
const dma = 0x8n;
const readWrite = 0x3n;

/** A region of memory that the root cell does not have. */
function region(
  phys_start: bigint,
  size: bigint,
  flags = readWrite | dma,
): { readonly [key: string]: bigint } {
  return { phys_start, virt_start: phys_start, size, flags };
}

describe("a peripheral virtualization unit", () => {
  it("is given the memory of a cell for devices, largest pages first, and forgets it with the cell", () => {
    const machine = enabled(systemWith(unitTypes.pvu, [], tlbs));
    const unit = unitOf(machine, PvuUnit);
    const regions = [
      region(0x7000_0000n, 0x5000n),
      region(0x7100_0000n, 0x20_0000n),
      region(0x7200_0000n, 0x1000n, readWrite),
    ];
    expect(machine.create(cellWith([3], regions), 1)).to.equal(0);
    expect(unit.reachOf(0, 3).map(({ virtual, size }) => [virtual, size])).to.deep.equal([
      [0x7100_0000n, 0x20_0000n],
      [0x7000_0000n, 0x4000n],
      [0x7000_4000n, 0x1000n],
    ]);
    machine.destroy(1);
    expect(unit.reachOf(0, 3)).to.deep.equal([]);
    expect(machine.create(cellWith([3], regions), 1)).to.equal(0);
  });

  it("leads from one TLB of eight entries to the next", () => {
    const machine = enabled(systemWith(unitTypes.pvu, [], tlbs));
    const regions = Array.from({ length: 20 }, (_, index) =>
      region(0x7000_0000n + BigInt(index) * 0x8000n, 0x1000n),
    );
    expect(machine.create(cellWith([5], regions), 1)).to.equal(0);
    expect(unitOf(machine, PvuUnit).reachOf(0, 5)).to.have.length(20);
  });

  it("refuses an id that is in use without a word, and keeps the page that it has taken", () => {
    const machine = enabled(systemWith(unitTypes.pvu, [], tlbs));
    expect(machine.create(cellWith([2], [region(0x7000_0000n, 0x1000n)]), 1)).to.equal(0);
    const { used } = machine.hypervisor.pool;
    const other = (id: number): Uint8Array =>
      edited("qemu-arm64-linux-demo", "cell", { tables: { stream_ids: [{ id }] } });
    expect(machine.create(other(2), 2)).to.equal(-22);
    expect(machine.hypervisor.pool.used).to.equal(used + 1);
    // Ids above 7 are not looked at.
    expect(machine.create(other(8), 2)).to.equal(0);
  });

  /** Each region takes one entry: their places are not aligned to more. */
  function apart(count: number): ReturnType<typeof region>[] {
    return Array.from({ length: count }, (_, index) =>
      region(0x7000_0000n + BigInt(index) * 0x8000n, 0x1000n),
    );
  }

  it("refuses memory for which it has no TLBs, but counts one too many with each cell that goes", () => {
    const machine = new RecordedMachine("arm64", systemWith(unitTypes.pvu, [], tlbs), {});
    // Nine TLBs of eight entries: one more than there are ids.
    const registers = new RegisterFile(new Map([[0x4, 0x8_0009]]));
    machine.hypervisor.machine.memory.addDevice(unitBase, 0x1000, registers);
    machine.enable();
    expect(machine.create(cellWith([3], apart(17)), 1)).to.equal(-22);
    expect(machine.create(cellWith([3], apart(16)), 1)).to.equal(0);
    machine.destroy(1);
    expect(outcomeOf(() => machine.create(cellWith([3], apart(17)), 1))).to.match(/^hang .*TLB/);
  });

  it("tells that it cannot take memory from the root cell, which counts as running", () => {
    const machine = enabled(systemWith(unitTypes.pvu, [], tlbs));
    machine.create(cellWith([], [region(0x7000_0000n, 0x1000n)]), 1);
    expect(machine.takeLines()).to.include("WARNING: PVU cannot unmap memory at runtime for cell qemu-arm64");
  });

  it("refuses memory that is not made of its pages, and too many of them", () => {
    const { hypervisor } = enabled(everyBoard().get("qemu-arm64")!);
    const refused = { physStart: 0x1000n, virtStart: 0x1800n, size: 0x1000n, flags: readWrite };
    expect(() => entriesOf(hypervisor, refused, mostEntries)).to.throw("EINVAL");
    const many = { physStart: 0x1000n, virtStart: 0x1000n, size: 0x8_1000n, flags: readWrite };
    expect(
      entriesOf(hypervisor, { ...many, virtStart: 0x2000n, size: 0x8_0000n }, mostEntries),
    ).to.have.length(128);
    expect(() => entriesOf(hypervisor, { ...many, virtStart: 0x2000n }, mostEntries)).to.throw("EINVAL");
    expect(hypervisor.setup.console.content.trimEnd().split("\n").slice(-2)).to.deep.equal([
      "ERROR: PVU: Addresses 1800 1000aren't aligned to any of the allowed page sizes",
      "ERROR: PVU: Need more TLB entries for mapping 2000 => 1000 with size 81000",
    ]);
  });

  it("covers a region with aligned pages, without a gap", () => {
    const { hypervisor } = enabled(everyBoard().get("qemu-arm64")!);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 20n }),
        fc.bigInt({ min: 0n, max: 2n ** 20n }),
        fc.bigInt({ min: 0n, max: 64n }),
        (virt, phys, pages) => {
          const [virtStart, physStart, size] = [virt, phys, pages].map((each) => each << 12n);
          const entries = entriesOf(
            hypervisor,
            { virtStart: virtStart!, physStart: physStart!, size: size!, flags: 1n },
            mostEntries,
          );
          let done = 0n;
          for (const entry of entries) {
            expect([entry.virtual, entry.physical]).to.deep.equal([virtStart! + done, physStart! + done]);
            expect([entry.virtual % entry.size, entry.physical % entry.size]).to.deep.equal([0n, 0n]);
            done += entry.size;
          }
          expect(done).to.equal(size);
        },
      ),
    );
  });
});
