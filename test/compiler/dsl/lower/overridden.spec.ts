import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import { toJson } from "../../../../schema/codec/json.js";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

interface Decoded {
  readonly header: Record<string, unknown>;
  readonly tables: Record<string, unknown>;
}

/** A cell of a machine without findings, as its bytes are read. */
function built(text: string, index = 0): Decoded {
  const { machine, findings } = compileText(text);
  expect(findings.map(shown)).to.deep.equal([]);
  const { bytes, kind } = machine.cells[index]!;
  return toJson(decode(bytes, machine.profile, { kind }).config!) as unknown as Decoded;
}

describe("what a block says itself", () => {
  it("replaces facts of the system that its fragments say, for all cells", () => {
    const text = `fragment board() { gic v3 { gicd 0x1000 }; files "f-*"; pages 64K }
system m {
  architecture arm64
  use board()
  gic v2 { gicd 0x2000 }
  files "own-*"
  pages 4K
}
cell c { interrupts 33 }
cell d { }
link k at 1M { device 00:01.0; peers c, d }`;
    const { machine } = compileText(text);
    expect(machine.cells.map(({ fileName }) => fileName)).to.deep.equal(["m", "own-c", "own-d"]);
    const { tables } = built(text, 1);
    expect((tables.irqchips as readonly { address: string }[])[0]!.address).to.equal("0x2000");
    expect((tables.mem_regions as readonly { size: string }[])[0]!.size).to.equal("0x1000");
  });

  it("replaces what fragments within its fragments say, and the nearer of those win", () => {
    const fragments = "fragment i() { cpus 1 }\nfragment o() { use i(); cpus 2 }\narchitecture x86\n";
    const cpus = (block: string): unknown => built(`${fragments}cell c { ${block} }`).tables.cpus;
    expect(cpus("use i()")).to.equal("0200000000000000");
    expect(cpus("use o()")).to.equal("0400000000000000");
    expect(cpus("use o(); cpus 3")).to.equal("0800000000000000");
    expect(compileText(`${fragments}cell c { use i(); use i() }`).findings.map(({ id }) => id)).to.deep.equal(
      ["jail-only-once"],
    );
  });

  it("replaces what its fragments say in blocks of lines, and of raw fields", () => {
    const gic = built(
      "fragment at(n) { gicd n }\nsystem m { architecture arm64; gic v3 { gicd 0x1000; use at(0x2000) } }",
    );
    expect(gic.header.platform_info).to.have.nested.property("arm.gicd_base", "0x1000");
    const id = built("fragment f(n) { id = n }\narchitecture x86\ncell c { id = 7; use f(8) }");
    expect(id.header.id).to.equal(7);
  });
});

describe("raw statements", () => {
  const cell = (lines: string): string => `architecture x86\ncell c {\n${lines}\n}`;

  it("of whole tables win over lines, wherever they stand", () => {
    expect(built(cell('cpus = "0f"; cpus 0-5')).tables.cpus).to.equal("0f");
    expect(built(cell('cpus 0-5; cpus = "0f"')).tables.cpus).to.equal("0f");
  });

  it("of one field or table can stand only once", () => {
    const of = (lines: string): readonly string[] => compileText(cell(lines)).findings.map(shown);
    expect(of('trailing = "00"\ntrailing = "01"')).to.deep.equal(["main.jail:4:1 jail-only-once trailing"]);
    expect(of('cpus = "0f"\ncpus = "1f"')).to.deep.equal(["main.jail:4:1 jail-only-once cpus"]);
    expect(of("console.address = 1\nconsole.size = 1\nconsole.address = 2")).to.deep.equal([
      "main.jail:5:1 jail-only-once console.address",
    ]);
    expect(of("memory at 0 size 4K r { flags = 1; flags = 2 }")).to.deep.equal([
      "main.jail:3:36 jail-only-once flags",
    ]);
  });

  it("are kept for each of many empty regions", () => {
    const { tables } = built(cell("memory empty times 8000 { size = 4K }"));
    const sizes = (tables.mem_regions as readonly { size: string }[]).map(({ size }) => size);
    expect(sizes).to.deep.equal(Array.from({ length: 8000 }, () => "0x1000"));
  });
});
