import { expect } from "chai";
import { compileText } from "../compiling.js";
import { findingsIn, regionsOf } from "./evaluating.js";

/** The regions of the cell `c`. */
function regions(text: string, defines: Readonly<Record<string, string>> = {}): readonly string[] {
  return regionsOf(text, defines).c!;
}

describe("names of the cell language", () => {
  it("may be used before they are declared", () => {
    expect(regions("cell c { memory at a size b }\nconst a = b * 2\nconst b = 4K")).to.deep.equal([
      "2000+1000",
    ]);
  });

  it("of a block hide those around it", () => {
    expect(
      regions("const a = 1M\ncell c { const a = 2M; memory at a size 4K }\ncell d { memory at a size 4K }"),
    ).to.deep.equal(["200000+1000"]);
    expect(
      regionsOf("const a = 1M\ncell c { const a = 2M; memory at a size 4K }\ncell d { memory at a size 4K }")
        .d,
    ).to.deep.equal(["100000+1000"]);
    expect(
      regions("memory ram at 1M size 4K\ncell c { memory ram at 2M size 4K; memory first 2K of ram }"),
    ).to.deep.equal(["200000+1000", "200000+800"]);
  });

  it("of the system are known in all cells, behind those of the file and of the cell", () => {
    const text = (file: string): string =>
      `system s { memory ram at 1M size 4K; const a = 5M }\n${file}\ncell c { memory first 1K of ram; memory at a size 4K }`;
    expect(regionsOf(text("")).c).to.deep.equal(["100000+400", "500000+1000"]);
    expect(regionsOf(text("const a = 6M")).c).to.deep.equal(["100000+400", "600000+1000"]);
  });

  it("of a cell are unknown in others, but by the name of the cell", () => {
    expect(
      findingsIn("cell d { memory ram at 1M size 4K }\ncell c { memory first 1K of ram }"),
    ).to.deep.equal(["jail-unknown-name: nothing is called `ram` here"]);
    expect(
      regions("cell d { memory ram at 1M size 4K }\ncell c { memory at d.ram.end size d.ram.size }"),
    ).to.deep.equal(["101000+1000"]);
    expect(
      regions(
        "cell c { memory at d.ram.end size d.step }\ncell d { memory ram at 1M size 4K; const step = 3 }",
      ),
    ).to.deep.equal(["101000+3"]);
    expect(
      regionsOf("system s { memory ram at 1M size 4K }\ncell c { memory at root.ram.end size 1 }").c,
    ).to.deep.equal(["101000+1"]);
  });

  it("of memory have start, size, last and end, also where it is a part of other memory", () => {
    const members = (region: string): readonly string[] =>
      regions(
        `memory whole at 0x1000_0000 size 1M\ncell c {\n${region}\nmemory at ram.start size 1\nmemory at ram.last size 1\nmemory at ram.end size ram.size\nmemory at ram size 1 }`,
      );
    expect(members("memory ram at 0x1000 size 0x300")).to.deep.equal([
      "1000+300",
      "1000+1",
      "12ff+1",
      "1300+300",
      "1000+1",
    ]);
    expect(members("memory ram 0x1000 .. 0x12ff")).to.deep.equal(members("memory ram at 0x1000 size 0x300"));
    expect(members("memory ram last 64K of whole mapped at 0")).to.deep.equal([
      "100f0000+10000",
      "100f0000+1",
      "100fffff+1",
      "10100000+10000",
      "100f0000+1",
    ]);
  });

  it("that stand for names stand for what those stand for", () => {
    expect(
      regions(
        "memory ram at 1M size 4K\nconst mine = ram\nconst ours = mine\ncell c { memory first 1K of ours }",
      ),
    ).to.deep.equal(["100000+400"]);
  });
});

describe("ranges of the cell language", () => {
  it("include both ends, whatever these are", () => {
    expect(regions("cell c { for n in 0-2 { memory at n size 1 } }")).to.deep.equal(["0+1", "1+1", "2+1"]);
    expect(regions("const a = 3\ncell c { for n in a - 1 .. a + 1 { memory at n size 1 } }")).to.deep.equal([
      "2+1",
      "3+1",
      "4+1",
    ]);
    expect(regions("cell c { for n in 5-5, 9, 1-2 { memory at n size 1 } }")).to.deep.equal([
      "5+1",
      "9+1",
      "1+1",
      "2+1",
    ]);
  });
});

describe("loops and conditions of the cell language", () => {
  it("give each round a variable, and each nested loop its own", () => {
    expect(regions("cell c { for n in 1-2 { for m in 1-2 { memory at n * 16 + m size 1 } } }")).to.deep.equal(
      ["11+1", "12+1", "21+1", "22+1"],
    );
    expect(regions("cell c { for n in 1-2 { for n in 5-6 { memory at n size 1 } } }")).to.deep.equal([
      "5+1",
      "6+1",
      "5+1",
      "6+1",
    ]);
    expect(
      regions(
        "cell c { for n in 1-2 { const a = n * 4K; memory ram at a size 1; memory at ram.end size 1 } }",
      ),
    ).to.deep.equal(["1000+1", "1001+1", "2000+1", "2001+1"]);
  });

  it("keep what a round names to that round", () => {
    expect(findingsIn("cell c { for n in 1-2 { const a = n }\nmemory at a size 1 }")).to.deep.equal([
      "jail-unknown-name: nothing is called `a` here",
    ]);
  });

  it("take the first branch whose condition holds", () => {
    const chosen = (a: string): readonly string[] =>
      regions(
        "option a = 0\ncell c { if a == 1 { memory at 1 size 1 } else if a == 2 { memory at 2 size 1 } else { memory at 3 size 1 } }",
        { a },
      );
    expect(chosen("1")).to.deep.equal(["1+1"]);
    expect(chosen("2")).to.deep.equal(["2+1"]);
    expect(chosen("3")).to.deep.equal(["3+1"]);
    expect(regions("cell c { if false { memory at 1 size 1 } }")).to.deep.equal([]);
  });

  it("know architecture and revision, and let a branch name things for the block", () => {
    expect(
      regions(
        "cell c { if architecture == x86 && revision >= 12 { memory ram at 1M size 1 }\nmemory at ram.end size 1 }",
      ),
    ).to.deep.equal(["100000+1", "100001+1"]);
  });

  it("make cells", () => {
    expect(
      Object.keys(regionsOf("if true { cell a { } }\nif false { cell b { } } else { cell d { } }")),
    ).to.deep.equal(["a", "d"]);
  });
});

describe("options of the cell language", () => {
  it("have the value of the command line, where that gives one", () => {
    const text = "option base = 1M\nconst twice = base * 2\ncell c { memory at twice size 1 }";
    expect(regions(text)).to.deep.equal(["200000+1"]);
    expect(regions(text, { base: "0x3000" })).to.deep.equal(["6000+1"]);
    expect(regions(text, { twice: "5" })).to.deep.equal(["200000+1"]);
  });
});

describe("fragments of the cell language", () => {
  it("take values in order, by name, and by default", () => {
    const text = (use: string): readonly string[] =>
      regions(
        `fragment ram(at, size = 4K, count = 1) { for n in 1 .. count { memory at at size size } }\ncell c { ${use} }`,
      );
    expect(text("use ram(1M)")).to.deep.equal(["100000+1000"]);
    expect(text("use ram(1M, 8K)")).to.deep.equal(["100000+2000"]);
    expect(text("use ram(1M, count = 2)")).to.deep.equal(["100000+1000", "100000+1000"]);
    expect(text("use ram(size = 8K, at = 2M)")).to.deep.equal(["200000+2000"]);
  });

  it("look names up where they are written, and what they are given where that is written", () => {
    const text =
      "const a = 1\nfragment f(x) { const b = 16; memory at a + b + x size 1 }\ncell c { const a = 100; const b = 256; use f(b) }";
    expect(regions(text)).to.deep.equal([`${(1 + 16 + 256).toString(16)}+1`]);
    expect(
      regions(
        "const step = 4K\nfragment f(size = step) { memory at 0 size size }\ncell c { const step = 8K; use f }",
      ),
    ).to.deep.equal(["0+1000"]);
  });

  it("take names of things, too", () => {
    expect(
      regions(
        "memory low at 1M size 1M\nfragment part(whole) { memory first 4K of whole }\ncell c { use part(low) }",
      ),
    ).to.deep.equal(["100000+1000"]);
  });

  it("use other fragments with their own parameters", () => {
    expect(
      regions(
        "fragment outer(n) { use inner(n + 1) }\nfragment inner(n) { memory at n size 1 }\ncell c { use outer(1); use outer(5) }",
      ),
    ).to.deep.equal(["2+1", "6+1"]);
  });

  it("keep what they name to themselves", () => {
    expect(
      regions(
        "fragment f(n) { memory ram at n size 1; memory at ram.end size 1 }\ncell c { use f(16); use f(32) }",
      ),
    ).to.deep.equal(["10+1", "11+1", "20+1", "21+1"]);
  });

  it("give way to what the block says itself", () => {
    const built = (text: string): Uint8Array =>
      compileText(`architecture x86\n${text}`).machine.cells[0]!.bytes;
    const own = built("cell c { cpus 2; flags aarch32 }");
    expect(
      built("fragment f { flags passive-commreg; cpus 1 }\ncell c { use f; cpus 2; flags aarch32 }"),
    ).to.deep.equal(own);
    expect(built("fragment f { cpus 1 }\ncell c { use f; flags aarch32 }")).to.not.deep.equal(own);
  });
});
