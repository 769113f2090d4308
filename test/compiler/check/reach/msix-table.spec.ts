import { expect } from "chai";
import { reached, told } from "./telling.js";

/** A device whose interrupt table is said to be in memory: what is let through there is seen. */
function pc(msix: string, more = ""): string {
  return `system pc {
  architecture x86
  cpus 0-1
  iommu intel at 0xfed9_0000 size 4K
  memory "RAM" at 0 size 16M rwx
  device 00:01.0 { MSIX }
}
cell demo {
  cpus 1
  ${more}
  device 00:02.0 { MSIX }
}
`
    .replace("{ MSIX }", "")
    .replace("MSIX", msix);
}

const window = "0x3a00_4000..0x3a00_5fff";

/** The lines of the cell, each as `range rights at`. */
function through(text: string, question = window): readonly string[] {
  return reached(text, question).map((line) => line.replace(/^demo: its CPUs: /, ""));
}

describe("the interrupt table of a device", () => {
  it("lets reads of what is behind the entries through, and accesses of their last words", () => {
    expect(through(pc("msix 2 at 0x3a00_4000 size 4K"))).to.deep.equal([
      "memory 0x3a004020..0x3a004fff, r, at 0x3a004020..0x3a004fff",
      "memory 0x3a00400c..0x3a00400f, rw, at 0x3a00400c..0x3a00400f",
      "memory 0x3a00401c..0x3a00401f, rw, at 0x3a00401c..0x3a00401f",
    ]);
    expect(told(pc("msix 2 at 0x3a00_4000 size 4K"), "0x3a00401c")[1]).to.equal(
      "| msix 2 at 0x3a00_4000 si: device 00:02.0 lets accesses to its MSI-X table through at 0x3a00401c, rw",
    );
  });

  it("is passed word by word, however small the question", () => {
    const text = pc("msix 3 at 0x3a00_4000 size 4K");
    expect(through(text, "0x3a00_400b")).to.deep.equal([]);
    expect(through(text, "0x3a00_400c")).to.deep.equal(["rw, at 0x3a00400c"]);
    expect(through(text, "0x3a00_400f")).to.deep.equal(["rw, at 0x3a00400f"]);
    expect(through(text, "0x3a00_4010")).to.deep.equal([]);
    expect(through(text, "0x3a00_401b..0x3a00_401c")).to.deep.equal(["memory 0x3a00401c, rw, at 0x3a00401c"]);
    expect(through(text, "0x3a00_402f..0x3a00_4030")).to.deep.equal([
      "memory 0x3a004030, r, at 0x3a004030",
      "memory 0x3a00402f, rw, at 0x3a00402f",
    ]);
    expect(through(text, "0x3a00_400f..0x3a00_401c")).to.deep.equal([
      "memory 0x3a00400f, rw, at 0x3a00400f",
      "memory 0x3a00401c, rw, at 0x3a00401c",
    ]);
  });

  it("is as long as the config says, in whole words: no entry beyond", () => {
    expect(through(pc("msix 1 at 0x3a00_4000 size 16"))).to.deep.equal([
      "memory 0x3a00400c..0x3a00400f, rw, at 0x3a00400c..0x3a00400f",
    ]);
    expect(through(pc("msix 1 at 0x3a00_4000 size 17"))).to.deep.equal([
      "memory 0x3a004010..0x3a004013, r, at 0x3a004010..0x3a004013",
      "memory 0x3a00400c..0x3a00400f, rw, at 0x3a00400c..0x3a00400f",
    ]);
    expect(through(pc("msix 1 at 0x3a00_4000 size 20"))).to.deep.equal([
      "memory 0x3a004010..0x3a004013, r, at 0x3a004010..0x3a004013",
      "memory 0x3a00400c..0x3a00400f, rw, at 0x3a00400c..0x3a00400f",
    ]);
    expect(through(pc("msix 9 at 0x3a00_4000 size 44"))).to.deep.equal([
      "memory 0x3a00400c..0x3a00400f, rw, at 0x3a00400c..0x3a00400f",
      "memory 0x3a00401c..0x3a00401f, rw, at 0x3a00401c..0x3a00401f",
    ]);
    expect(through(pc("msix 0 at 0x3a00_4000 size 16"))).to.deep.equal([
      "memory 0x3a004000..0x3a00400f, r, at 0x3a004000..0x3a00400f",
    ]);
  });

  it("begins at the start of the page, wherever in it the config says", () => {
    expect(through(pc("msix 1 at 0x3a00_4100 size 16"))).to.deep.equal([
      "memory 0x3a00400c..0x3a00400f, rw, at 0x3a00410c..0x3a00410f",
    ]);
  });

  it("is open as a whole where it has more entries than devices have", () => {
    expect(through(pc("msix 2048 at 0x3a00_0000 size 32K"), "0x3a00_0000..0x3a00_000f")).to.deep.equal([
      "memory 0x3a00000c..0x3a00000f, rw, at 0x3a00000c..0x3a00000f",
    ]);
    const many = pc("num_msix_vectors = 2049; msix_region_size = 0x9000; msix_address = 0x3a00_0000");
    expect(through(many, "0x3a00_0000..0x3a00_000f")).to.deep.equal(["rw, at 0x3a000000..0x3a00000f"]);
    expect(through(many, "0x3a00_8000..0x3a00_801f")).to.deep.equal([
      "memory 0x3a008010..0x3a00801f, r, at 0x3a008010..0x3a00801f",
      "memory 0x3a008000..0x3a00800f, rw, at 0x3a008000..0x3a00800f",
    ]);
  });

  it("is nobody's where none is said", () => {
    expect(
      through(pc("msix_address = 0; num_msix_vectors = 2; msix_region_size = 4K"), "0..0xfff"),
    ).to.deep.equal(["pc: its CPUs: rwx, at 0x0..0xfff"]);
  });

  it("is not found where a trapped region lies over it", () => {
    const cover = "memory at 0x3a00_0000 size 0x1001 mapped at 0x3a00_4000 rw io-32";
    const table = "msix 1 at 0x3a00_4000 size 16";
    expect(through(pc(table))).to.have.length(1);
    expect(through(pc(table, cover))).to.deep.equal([]);
  });

  it("goes with the device: the root cell is trapped there no longer", () => {
    const both = (device: string): readonly string[] =>
      reached(
        `system pc { architecture x86; cpus 0-1; iommu intel at 0xfed9_0000 size 4K; device 00:01.0 { msix 1 at 0x3a00_4000 size 16 } }
cell demo { cpus 1; ${device} }
`,
        window,
      );
    const way = "its CPUs: memory 0x3a00400c..0x3a00400f, rw, at 0x3a00400c..0x3a00400f";
    expect(both("")).to.deep.equal([`pc: ${way}`]);
    expect(both("device 00:02.0")).to.deep.equal([`pc: ${way}`]);
    expect(both("device 00:01.0")).to.deep.equal([]);
    expect(both("device 00:01.0 { msix 1 at 0x3a00_4000 size 16 }")).to.deep.equal([`demo: ${way}`]);
    expect(both("device 00:01.0 { msix 1 at 0x3a00_4000 size 16 }; device 00:01.0")).to.deep.equal([
      `demo: ${way}`,
    ]);
  });

  it("is not looked for again where the root cell has lost the device already", () => {
    const table = "{ msix 1 at 0x3a00_4000 size 16 }";
    const text = `system pc {
  architecture x86
  cpus 0-2
  iommu intel at 0xfed9_0000 size 4K
  device 00:01.0 ${table}
  device 00:03.0 ${table}
}
cell one { cpus 1; device 00:01.0 }
cell two { cpus 2; device 00:01.0 }
`;
    expect(reached(text, "0x3a00400c")).to.deep.equal(["pc: its CPUs: rw, at 0x3a00400c"]);
  });
});
