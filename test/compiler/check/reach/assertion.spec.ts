import { expect } from "chai";
import { type Policy, PolicyJudge } from "../../../../compiler/check/reach/assertion.js";
import { setOf } from "../../../support/checking.js";
import { targetOf } from "./telling.js";

const pc = `system pc {
  architecture x86
  cpus 0-3
  iommu intel at 0xfed9_0000 size 4K
  memory at 0 size 16M rw dma
  device 00:01.0
}
cell one {
  cpus 1
  memory at 0x10_0000 size 4K mapped at 0 rx
  memory at 0x20_0000 size 4K mapped at 0x1000 r dma
  memory at 0x60_0000 size 4K mapped at 0x3000 w dma
  device 00:02.0
}
cell two {
  cpus 2
  memory at 0x10_0000 size 4K mapped at 0 rw rootshared
}
`;

/** Each violation, the first one first: `cell can|cannot part: way, near, takers`. */
function judged(
  policy: Partial<Omit<Policy, "cells" | "targets">> & { readonly cells: string; readonly targets: string },
  scenario: string | null = null,
): readonly string[] {
  const set = setOf(pc);
  const { all, cells } = set;
  const named = (text: string): typeof all => all.filter(({ cell }) => text.split(" ").includes(cell.name));
  const situation = { name: null, cells: scenario === null ? cells : named(scenario) };
  const judge = new PolicyJudge(set, [situation]);
  const [example] = judge.judge({
    who: "these",
    can: true,
    access: "reach",
    ...policy,
    cells: named(policy.cells),
    targets: policy.targets.split(", ").map(targetOf),
  });
  return (example === undefined ? [] : [example, ...example.others]).map(
    ({ cell, can, part, access, near, losses }) => {
      const way = (each: typeof access): string =>
        each === null ? "-" : `${each.by[0]!.kind} ${each.range.start.toString(16)}`;
      const range = `${part.start.toString(16)}-${part.end.toString(16)}`;
      const takers = losses.map(({ to }) => to.cell.name).join(" ");
      return `${cell.cell.name} ${can ? "can" : "cannot"} ${range}: ${way(access)}, ${way(near)}, ${takers}`;
    },
  );
}

describe("what a policy fails by", () => {
  it("is nothing where it holds", () => {
    expect(judged({ cells: "one two", access: "read", targets: "0x100000" })).to.deep.equal([]);
    expect(judged({ cells: "two", can: false, access: "execute", targets: "0x100000" })).to.deep.equal([]);
    expect(judged({ cells: "one two", who: "only", access: "execute", targets: "0x300000" })).to.have.length(
      2,
    );
  });

  it("is a cell that can, by its way", () => {
    expect(judged({ cells: "one", can: false, access: "execute", targets: "0x100000" })).to.deep.equal([
      "one can 100000-100001: cpu 100000, -, ",
    ]);
    expect(judged({ cells: "pc", can: false, targets: "0x100000" })).to.deep.equal([
      "pc can 100000-100001: device 100000, -, ",
    ]);
  });

  it("is a cell that cannot, with what it can there by its CPUs, and who has taken it", () => {
    expect(judged({ cells: "one", access: "write", targets: "0x100000" })).to.deep.equal([
      "one cannot 100000-100001: -, cpu 100000, ",
    ]);
    expect(judged({ cells: "one", access: "execute", targets: "0x200000" })).to.deep.equal([
      "one cannot 200000-200001: -, cpu 200000, ",
    ]);
    expect(judged({ cells: "pc", access: "write", targets: "0xfffff..0x100000" })).to.deep.equal([]);
    expect(judged({ cells: "pc", access: "execute", targets: "0x100000" })).to.deep.equal([
      "pc cannot 100000-100001: -, -, one",
    ]);
    expect(judged({ cells: "pc", access: "execute", targets: "0xf00000" })).to.deep.equal([
      "pc cannot f00000-f00001: -, cpu f00000, ",
    ]);
    expect(judged({ cells: "two", access: "read", targets: "0x200000" })).to.deep.equal([
      "two cannot 200000-200001: -, -, ",
    ]);
  });

  it("is what devices can there, where nobody has taken it", () => {
    expect(judged({ cells: "pc", access: "execute", targets: "0x100000" }, "two")).to.deep.equal([
      "pc cannot 100000-100001: -, cpu 100000, ",
    ]);
    expect(judged({ cells: "one", access: "write", targets: "0x200000" })).to.deep.equal([
      "one cannot 200000-200001: -, cpu 200000, ",
    ]);
  });

  it("is the way of CPUs rather than that of devices, and devices where nothing else is", () => {
    expect(judged({ cells: "pc", access: "execute", targets: "0xfffff..0x100000" })).to.deep.equal([
      "pc cannot fffff-100001: -, cpu fffff, one",
    ]);
    expect(judged({ cells: "one", access: "read", targets: "0x600000" })).to.deep.equal([
      "one cannot 600000-600001: -, device 600000, ",
    ]);
  });

  it("is the first part that is missing", () => {
    expect(judged({ cells: "one", access: "read", targets: "0x100ff0..0x10100f" })).to.deep.equal([
      "one cannot 101000-101010: -, -, ",
    ]);
    expect(judged({ cells: "two", access: "write", targets: "0x0fffff..0x100001" })).to.deep.equal([
      "two cannot fffff-100000: -, -, ",
    ]);
  });

  it("is each cell once, those that can what they must not first", () => {
    expect(
      judged({ who: "only", cells: "one", access: "execute", targets: "0x300000, 0x100000, 0x200000" }),
    ).to.deep.equal(["one cannot 300000-300001: -, -, "]);
    expect(judged({ who: "only", cells: "one", access: "write", targets: "0x100000" })).to.deep.equal([
      "pc can 100000-100001: device 100000, -, ",
      "two can 100000-100001: cpu 100000, -, ",
      "one cannot 100000-100001: -, cpu 100000, ",
    ]);
    expect(
      judged({ who: "only", can: false, cells: "one", access: "read", targets: "0x100000" }),
    ).to.deep.equal(["one can 100000-100001: cpu 100000, -, "]);
  });

  it("is about the cells of the situation", () => {
    expect(judged({ cells: "one two", access: "write", targets: "0x400000" }, "two")).to.deep.equal([
      "two cannot 400000-400001: -, -, ",
    ]);
    expect(judged({ cells: "pc", access: "write", targets: "0x200000" }, "two")).to.deep.equal([]);
  });
});
