import { expect } from "chai";
import type { CheckedSet } from "../../../../compiler/check/facts/checked-set.js";
import { IntervalIndex } from "../../../../compiler/check/facts/intervals.js";
import { partitionOf, undecidable } from "../../../../compiler/check/reach/reach.js";
import { setOf } from "../../../support/checking.js";
import { reached } from "./telling.js";

/** A root cell with this many regions at one place, and a cell that may be loaded to it so many times. */
function crowd(own: number, loadable: number, others = 0): CheckedSet {
  const place = { start: 0n, end: 0x1000n };
  const many = <Item>(count: number, item: Item): readonly Item[] =>
    Array.from({ length: count }, () => item);
  const system = {
    machines: ["x86"],
    isRoot: true,
    regions: many(own, { loadable: true, phys: place }),
    byPhysical: new IntervalIndex(many(own, place)),
  };
  const cell = {
    machines: ["x86"],
    isRoot: false,
    regions: [
      ...many(loadable, { loadable: true, phys: place }),
      ...many(others, { loadable: false, phys: place }),
    ],
  };
  return { system, all: [system, cell] } as unknown as CheckedSet;
}

describe("what can be said of reach", () => {
  it("is nothing where regions to load overlap those of the root cell more than a million times", () => {
    expect(undecidable(crowd(1000, 1000))).to.equal(null);
    expect(undecidable(crowd(1000, 1000, 5))).to.equal(null);
    expect(undecidable(crowd(1000, 1001))).to.equal("overlaps");
    expect(undecidable(crowd(1_000_001, 1))).to.equal("overlaps");
    expect(undecidable({ ...crowd(1000, 1001), system: null })).to.equal(null);
  });

  it("is nothing where the architecture is not known", () => {
    const cell = { machines: [], isRoot: false, regions: [] };
    expect(undecidable({ system: null, all: [cell] } as unknown as CheckedSet)).to.equal("architecture");
    expect(undecidable({ system: null, all: [] } as unknown as CheckedSet)).to.equal("architecture");
    const known = { ...cell, machines: ["arm"] };
    expect(undecidable({ system: null, all: [known] } as unknown as CheckedSet)).to.equal(null);
    expect(undecidable({ system: null, all: [known, cell] } as unknown as CheckedSet)).to.equal(null);
  });

  it("is about the cells that exist", () => {
    const set = setOf(`system pc { architecture x86; cpus 0-2; memory at 0 size 1M rw }
cell one { cpus 1; memory at 0 size 4K mapped at 0 rw }
cell two { cpus 2; memory at 4K size 4K mapped at 0 rw }
`);
    const [, two] = set.cells;
    expect([...partitionOf(set, [two!]).views.keys()].map(({ title }) => title)).to.deep.equal([
      'root cell "pc"',
      'cell "two"',
    ]);
  });

  it("is of ports no more than there are", () => {
    const pc = "system pc { architecture x86; cpus 0; ioports 0-1; ioports 0xfff0-0xffff }\n";
    expect(reached(pc, "port 0")).to.deep.equal(["pc: its CPUs: rw"]);
    expect(reached(pc, "port 0xffff")).to.deep.equal(["pc: its CPUs: rw"]);
    expect(reached(pc, "port 0xfff0-0xffff")).to.deep.equal(["pc: its CPUs: rw"]);
  });

  it("is after loading: what the root cell could write then is taken again", () => {
    const text = (
      flags: string,
    ): string => `system pc { architecture x86; cpus 0-1; iommu intel at 0xfed9_0000 size 4K; memory at 0 size 1M rw }
cell one { cpus 1; memory at 0x1000 size 4K mapped at 0 r ${flags} }
`;
    expect(reached(text("loadable"), "0x1000")).to.deep.equal([
      "one: its CPUs: r, at 0x0",
      "pc -> one: memory 0x1000",
    ]);
    expect(reached(text("rootshared"), "0x1000")).to.deep.equal([
      "pc: its CPUs: rw, at 0x1000",
      "one: its CPUs: r, at 0x0",
    ]);
  });
});

describe("what was mapped before accesses were checked", () => {
  it("is the whole pages of each region, however small", () => {
    const old = (size: string): string => `profile v0.5
system pc { architecture x86; cpus 0-1; memory at 0x80_0000 size ${size} r }
`;
    const pages = (size: string): readonly string[] => reached(old(size), "0x80_0000..0x80_ffff");
    expect(pages("0x1000")).to.deep.equal([
      "pc: its CPUs: memory 0x800000..0x800fff, r, at 0x800000..0x800fff",
    ]);
    expect(pages("0x1001")).to.deep.equal([
      "pc: its CPUs: memory 0x800000..0x801fff, r, at 0x800000..0x801fff",
    ]);
    expect(pages("0xfff")).to.deep.equal([
      "pc: its CPUs: memory 0x800000..0x800fff, r, at 0x800000..0x800fff",
    ]);
  });
});
