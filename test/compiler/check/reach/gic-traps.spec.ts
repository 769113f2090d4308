import { expect } from "chai";
import { gicTraps } from "../../../../compiler/check/reach/gic-traps.js";
import { Partition } from "../../../../compiler/check/reach/partition.js";
import { partitionOf } from "../../../../compiler/check/reach/reach.js";
import { setOf } from "../../../support/checking.js";
import { reached } from "./telling.js";

function board(gic: string, cpus = "0-1, 4"): string {
  return `system board {
  architecture arm64
  cpus ${cpus}
  gic ${gic}
  pci virtual mmconfig at 0x8e0_0000 domain 1
}
cell demo { cpus 4 }
`;
}

const unknown = { version: null, mpidrs: null };
const version3 = "v3 { gicd 0x800_0000; gicr 0x80a_0000 }";
const version2 = "v2 { gicd 0x800_0000; gicc 0x801_0000; gich 0x803_0000; gicv 0x804_0000 }";

/** Start and size of what is trapped for each cell. */
function trapped(text: string, gicVersion?: number): readonly (readonly string[])[] {
  const { system, all } = setOf(text);
  const partition = new Partition(system, "arm64", {
    vendor: null,
    ...(gicVersion === undefined ? {} : { gic: { version: gicVersion, mpidrs: null } }),
  });
  for (const cell of all) if (cell !== system) partition.create(cell);
  return [...partition.views.values()].map(({ handlers }) =>
    handlers.all.map(({ start, size }) => `${start.toString(16)}+${size.toString(16)}`),
  );
}

describe("what is trapped of a GIC", () => {
  const distributor = "8000000+10000";
  const configuration = "8e00000+100000";

  it("is the distributor and the redistributor of each CPU of the root cell, for every cell", () => {
    const frames = ["80a0000+20000", "80c0000+20000", "8120000+20000"];
    const expected = [distributor, ...frames, configuration];
    expect(trapped(board(version3))).to.deep.equal([expected, expected]);
    expect(trapped(board(version3), 3)).to.deep.equal([expected, expected]);
  });

  it("is twice as much of each CPU of a GICv4, which the machine tells", () => {
    const frames = ["80a0000+40000", "80e0000+40000", "81a0000+40000"];
    const expected = [distributor, ...frames, configuration];
    expect(trapped(board(version3), 4)).to.deep.equal([expected, expected]);
    const set = setOf(board(version3), { board: "gic: { version: 4 }" });
    const [view] = [...partitionOf(set, set.cells).views.values()];
    expect(view!.handlers.all[1]).to.deep.equal({ start: 0x80a_0000n, size: 0x4_0000n, passes: null });
  });

  it("is one page of a GICv2", () => {
    const expected = ["8000000+1000", configuration];
    expect(trapped(board(version2))).to.deep.equal([expected, expected]);
  });

  it("is nothing where configs do not say where it is, and follows from the redistributors where they do not say which", () => {
    const arm = {
      ...setOf(board(version3)).system!.system!.platform!.arm!,
    };
    expect(gicTraps({ ...arm, gicdBase: 0n }, [0], unknown)).to.deep.equal([]);
    const unsaid = { ...arm, gicVersion: 0 };
    expect(gicTraps(unsaid, [0], unknown)).to.have.length(2);
    expect(gicTraps({ ...unsaid, gicrBase: 0n }, [0], unknown)).to.deep.equal([
      { start: 0x800_0000n, size: 0x1000n, passes: null },
    ]);
  });

  it("is bounded, whatever CPUs a config makes up", () => {
    const { arm } = setOf(board(version3)).system!.system!.platform!;
    const cpus = Array.from({ length: 5000 }, (_, index) => index);
    expect(gicTraps(arm!, cpus.slice(0, 1024), unknown)).to.have.length(1025);
    expect(gicTraps(arm!, cpus, unknown)).to.have.length(1025);
  });

  it("hides regions of the cell from the search where both have an address", () => {
    // The search looks at the one in the middle first: with CPUs 0 and 1 these are distributor, both redistributors,
    // configuration space and the region.
    const at = (address: string): readonly string[] =>
      reached(
        board(version3, "0-1")
          .replace(
            "cell demo {",
            `cell demo { memory at 0x900_0000 size 0x10 mapped at ${address} rw io-32; `,
          )
          .replace("cpus 4", "cpus 1"),
        "0x9000000",
      );
    expect(at("0x80b_0000")).to.deep.equal(["demo: its CPUs: rw, at 0x80b0000"]);
    expect(at("0x80d_0000")).to.deep.equal([]);
    expect(at("0x80e_0000")).to.deep.equal(["demo: its CPUs: rw, at 0x80e0000"]);
  });

  it("is the virtual CPU interface of a GICv2 in the place of the real one, for every cell", () => {
    const way = "its CPUs: rwx, at 0x8010000";
    expect(reached(board(version2), "0x8040000")).to.deep.equal([`board: ${way}`, `demo: ${way}`]);
    const far = ["0x803ffff", "0x8042000"].map((each) => reached(board(version2), each));
    expect(far).to.deep.equal([[], []]);
    expect(reached(board(version2), "0x8041fff")[0]).to.equal("board: its CPUs: rwx, at 0x8011fff");
    expect(
      reached(board(version3.replace("v3 {", "v3 { gicc 0x801_0000; gicv 0x804_0000; ")), "0x8040000"),
    ).to.deep.equal([]);
  });
});
