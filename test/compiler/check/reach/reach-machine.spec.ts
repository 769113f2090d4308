import { expect } from "chai";
import type { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import type { CheckedSet } from "../../../../compiler/check/facts/checked-set.js";
import { agentsText } from "../../../../compiler/check/reach/access-words.js";
import { partitionOf, undecidable, whoReaches } from "../../../../compiler/check/reach/reach.js";
import type { Target } from "../../../../compiler/check/reach/target.js";
import { setOf } from "../../../support/checking.js";
import { answerText } from "./telling.js";

/** As much of a config as is asked about here. */
function config(
  machines: CheckedConfig["machines"],
  isRoot: boolean,
  ...regions: readonly { readonly loadable: boolean; readonly overlaps: number }[]
): CheckedConfig {
  return {
    machines,
    isRoot,
    physicalDevices: [],
    regions: regions.map(({ loadable, overlaps }) => ({ loadable, phys: overlaps })),
    byPhysical: { overlapping: (overlaps: number) => new Array(overlaps).fill(null) },
  } as unknown as CheckedConfig;
}

function setWith(system: CheckedConfig | null, ...cells: readonly CheckedConfig[]): CheckedSet {
  const all = system === null ? cells : [system, ...cells];
  return { ...setOf("system pc {\narchitecture x86\ncpus 0\n}"), system, cells, all };
}

const loadable = (overlaps: number) => ({ loadable: true, overlaps });
const other = (overlaps: number) => ({ loadable: false, overlaps });

describe("what can be said of a set", () => {
  it("is nothing where regions that are loaded overlap the root cell's more than a million times", () => {
    const root = config(["x86"], true, loadable(2_000_000));
    const outcome = (...cells: readonly CheckedConfig[]) => undecidable(setWith(root, ...cells));
    expect(outcome()).to.equal(null);
    expect(outcome(config(["x86"], false, other(2_000_000), loadable(1_000_000)))).to.equal(null);
    expect(outcome(config(["x86"], false, other(2_000_000), loadable(1_000_001)))).to.equal("overlaps");
    const half = config(["x86"], false, loadable(250_000), loadable(250_000));
    expect(outcome(half, half)).to.equal(null);
    expect(outcome(half, half, config(["x86"], false, loadable(1)))).to.equal("overlaps");
    expect(undecidable(setWith(null, config(["x86"], false, loadable(2_000_000))))).to.equal(null);
  });

  it("is nothing where the architecture of the system or, without one, of the first cell is not known", () => {
    const known = config(["arm"], false);
    const unknown = config([], false);
    expect(undecidable(setWith(config(["x86"], true), unknown))).to.equal(null);
    expect(undecidable(setWith(config([], true)))).to.equal("architecture");
    expect(undecidable(setWith(null, known, unknown))).to.equal(null);
    expect(undecidable(setWith(null, unknown, known))).to.equal("architecture");
    expect(undecidable(setWith(null))).to.equal("architecture");
    expect(undecidable(setWith(null, config(["arm", "arm64"], false)))).to.equal(null);
  });
});

const machine = `system pc {
  architecture x86
  cpus 0-2
  iommu intel at 0xfed9_0000 size 4K
  memory "RAM" at 0 size 64K rwx dma
  ioports 0x80
  device 00:01.0
  device 00:02.0
  irqchip ioapic at 0xfec0_0000 id 0xff00 pins 0-23
}
cell loaded {
  cpus 1
  memory "image" at 0x1000 size 4K mapped at 0 r loadable
  memory "shared" at 0x3000 size 4K mapped at 0x1000 r loadable rootshared
  ioports 0x80
  device 00:02.0
  irqchip ioapic pins 4
}
cell taker {
  cpus 2
  memory "buffers" at 0x1000 size 4K mapped at 0 rw dma
}
`;

describe("the machine with all cells created, loaded and started", () => {
  const set = setOf(machine);
  const answer = (target: Target, cells = set.cells): string => answerText(partitionOf(set, cells), target);
  const memory = (from: bigint): Target => ({ kind: "memory", from, to: from });

  it("has what is loaded taken from the root cell again, but for the tables of its IOMMU", () => {
    const ram = 'memory "RAM" at 0 size 64K rwx dma';
    const image = 'memory "image" at 0x1000 size 4K mapped at 0 r loadable';
    const buffers = 'memory "buffers" at 0x1000 size 4K mapped at 0 rw dma';
    const left =
      "takes it from the root cell's CPUs only: without `dma` it stays in the root cell's IOMMU table";
    expect(answer(memory(0x1000n))).to.equal(`root cell "pc", device 00:01.0: rw, at 0x1000
  ${ram}: memory "RAM" opens it to devices at 0x1000, rw
  ${image}: memory "image" of cell "loaded" ${left}
  device 00:01.0: the device is the cell's
  iommu intel at 0xfed9_0000 size 4K: IOMMU unit 0 at 0xfed90000: VT-d has a table of its own for each cell
cell "loaded", its CPUs: r, at 0x0
  ${image}: memory "image" maps it at 0x0, r
cell "taker", its CPUs: rw, at 0x0
  ${buffers}: memory "buffers" maps it at 0x0, rw
root cell "pc" has lost memory 0x1000 to cell "loaded"
  ${ram}: memory "RAM" of root cell "pc" has it
  ${image}: memory "image" of cell "loaded" takes it away
root cell "pc" has lost memory 0x1000 to cell "taker"
  ${ram}: memory "RAM" of root cell "pc" has it
  ${buffers}: memory "buffers" of cell "taker" takes it away`);
    expect(answer(memory(0x1000n), [set.cells[1]!])).to.equal(`cell "taker", its CPUs: rw, at 0x0
  ${buffers}: memory "buffers" maps it at 0x0, rw
root cell "pc" has lost memory 0x1000 to cell "taker"
  ${ram}: memory "RAM" of root cell "pc" has it
  ${buffers}: memory "buffers" of cell "taker" takes it away`);
  });

  it("has memory that is the root cell's and the cell's taken once it is loaded", () => {
    const waysOf = (cells: readonly CheckedConfig[]): readonly string[] =>
      whoReaches(partitionOf(set, cells), memory(0x3000n)).accesses.map(
        ({ cell, by }) => `${cell.title}: ${agentsText(by)}`,
      );
    expect(waysOf([])).to.deep.equal([
      'root cell "pc": its CPUs',
      'root cell "pc": devices 00:01.0 and 00:02.0',
    ]);
    expect(waysOf(set.cells)).to.deep.equal(['root cell "pc": device 00:01.0', 'cell "loaded": its CPUs']);
  });

  it("answers of ports, devices and interrupts, too", () => {
    expect(answer({ kind: "ioports", from: 0x80, to: 0x80 })).to.equal(`cell "loaded", its CPUs: rw
  ioports 0x80: port 0x80 is the cell's
root cell "pc" has lost port 0x80 to cell "loaded"
  ioports 0x80: the root cell lists it
  ioports 0x80: cell "loaded" takes it away`);
    expect(answer({ kind: "device", domain: 0, bdf: 0x10 })).to.equal(`cell "loaded", its CPUs: rw
  device 00:02.0: the device is the cell's: the hypervisor checks each write
root cell "pc" has lost device 00:02.0 to cell "loaded"
  device 00:02.0: the root cell lists it
  device 00:02.0: cell "loaded" takes it away`);
    const pins = "irqchip ioapic at 0xfec0_0000 id 0xff00 pins 0-23";
    expect(answer({ kind: "interrupt", from: 4, to: 5 })).to.equal(
      `root cell "pc", its CPUs: interrupt 5, I/O APIC at 0xfec00000
  ${pins}: the bitmap of the chip lists it
cell "loaded", its CPUs: interrupt 4, I/O APIC at 0xfec00000
  irqchip ioapic pins 4: the bitmap of the chip lists it
root cell "pc" has lost interrupt 4 to cell "loaded"
  ${pins}: the root cell lists it
  irqchip ioapic pins 4: cell "loaded" takes it away`,
    );
  });

  it("is that of the cells where there is no system", () => {
    const text = "system board {\narchitecture arm64\ncpus 0-1\n}\ncell demo {\ncpus 1\n";
    const cells = setOf(`${text}memory "RAM" at 1 << 48 size 4K mapped at 0 rw\n}`, { onlyCells: true });
    expect(
      answerText(partitionOf(cells, cells.cells), memory(0n)),
    ).to.equal(`cell "demo", its CPUs: rwx, at 0x0
  memory "RAM" at 1 << 48 size 4K mapped at 0 rw: memory "RAM" maps it at 0x0, rwx`);
  });

  it("is the one that drops no bits of addresses where an ARM config does not say which it is", () => {
    const text = "profile v0.12\nsystem board {\narchitecture arm64\ncpus 0-1\n}\ncell demo {\ncpus 1\n";
    const ram = 'memory "RAM" at 1 << 40 size 4K mapped at 0 rw';
    const cells = setOf(`${text}${ram}\n}`, { onlyCells: true, onlyBytes: true });
    expect(cells.all[0]!.machines).to.deep.equal(["arm", "arm64"]);
    const at = (address: bigint): string => answerText(partitionOf(cells, cells.cells), memory(address));
    expect(at(0n)).to.equal("");
    expect(at(1n << 40n)).to.equal(
      `cell "demo", its CPUs: rwx, at 0x0\n  ${ram}: memory "RAM" maps it at 0x0, rwx`,
    );
  });

  it("has the redistributors of the board's GIC", () => {
    const board = `system board {
  architecture arm64
  cpus 0-1
  gic v3 { gicd 0x800_0000; gicr 0x80a_0000 }
}`;
    const isTrapped = (address: bigint, gic: string): boolean => {
      const arm = setOf(board, gic === "" ? {} : { board: gic });
      const { handlers } = partitionOf(arm, []).views.get(arm.system!)!;
      return handlers.find(address, 4n) !== undefined;
    };
    for (const gic of ["", "gic: { version: 3 }", "gic: { gicd: 0x800_0000 }", "cpus: { apic-mode: xapic }"])
      expect([isTrapped(0x80d_fffcn, gic), isTrapped(0x80e_0000n, gic)], gic).to.deep.equal([true, false]);
    const version4 = "gic: { version: 4 }";
    expect([isTrapped(0x811_fffcn, version4), isTrapped(0x812_0000n, version4)]).to.deep.equal([true, false]);
  });
});
