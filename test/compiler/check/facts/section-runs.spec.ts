import { expect } from "chai";
import { keepsIndices } from "../../../../compiler/check/facts/link-regions.js";
import { sectionRunsOf } from "../../../../compiler/check/facts/section-runs.js";
import { setOf } from "../../../support/checking.js";

/** The regions of an end of a link with two peers that is number 0: state table, common section, outputs. */
const good = ["0x1000 4K r", "0x2000 4K rw", "0x3000 8K rw", "0x5000 4K r"];

function runs(regions: readonly string[], peers = 2, own = 0): readonly number[] {
  const lines = regions.map((each) => {
    const [at, size, ...flags] = each.split(" ");
    return `memory at 0x7000_0000 + ${at} size ${size} ${flags.join(" ")}`;
  });
  const text = `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { cpus 1; ${lines.join("; ")} }`;
  const [cell] = setOf(text).cells;
  const found = sectionRunsOf(cell!, peers, own);
  // Worked out once: many devices may ask for the same.
  if (own < peers && peers <= 12) expect(sectionRunsOf(cell!, peers, own)).to.equal(found);
  return found;
}

const changed = (at: number, region: string): readonly number[] => runs(good.with(at, region));

describe("regions that look like the sections of a link", () => {
  it("lie one behind the other, and only two can be written: the common one and the cell's own", () => {
    expect(runs(good)).to.deep.equal([0]);
    expect(runs(good, 2, 1)).to.deep.equal([]);
    expect(runs(["0x1000 4K r", "0x2000 4K rw", "0x3000 8K r", "0x5000 4K rw"], 2, 1)).to.deep.equal([0]);
    expect(runs(["0x9000 4K rwx", ...good, ...good])).to.deep.equal([1, 5]);
    expect(runs(good.slice(0, 3))).to.deep.equal([]);
  });

  it("may be empty, but for the state table", () => {
    expect(changed(3, "0 0 r")).to.deep.equal([0]);
    expect(runs(["0x1000 4K r", "0 0 r", "0x2000 8K rw", "0x4000 4K r"])).to.deep.equal([0]);
    expect(changed(0, "0x1000 0 r")).to.deep.equal([]);
  });

  it("do not lie elsewhere, for the machine or for the cell", () => {
    expect(changed(2, "0x4000 4K rw")).to.deep.equal([]);
    expect(changed(2, "0x3000 8K mapped at 0x8000_3000 rw")).to.deep.equal([]);
    expect(changed(2, "0x9000 8K mapped at 0x7000_3000 rw")).to.deep.equal([]);
  });

  it("are data that the cell can read", () => {
    expect(changed(0, "0x1000 4K rw")).to.deep.equal([]);
    expect(changed(1, "0x2000 4K r")).to.deep.equal([]);
    expect(changed(1, "0x2000 4K w")).to.deep.equal([]);
    expect(changed(1, "0x2000 4K rwx")).to.deep.equal([]);
    expect(changed(1, "0x2000 4K rw io")).to.deep.equal([]);
    expect(changed(1, "0x2000 4K rw loadable")).to.deep.equal([]);
  });

  it("are those of numbers and links that there can be", () => {
    expect(runs(good, 2, 2)).to.deep.equal([]);
    expect(runs(good, 13, 0)).to.deep.equal([]);
  });
});

describe("the place of regions in their table", () => {
  it("is counted on by devices whose sections begin behind it", () => {
    const { cells } = setOf(`import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { cpus 1; vpci-irq 140; memory at 0x7000_0000 size 4K rw; link shm; memory at 0x7010_0000 size 4K rw }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K; output 4K }`);
    expect(cells[0]!.ivshmemDevices[0]!.shmemRegionsStart).to.equal(1);
    expect(cells[0]!.regions.map(keepsIndices)).to.deep.equal([false, true, true, true, true, true]);
  });
});
