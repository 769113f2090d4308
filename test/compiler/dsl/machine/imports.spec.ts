import { expect } from "chai";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

const board = "memory uart at 0x1000 size 4K rw io\nfragment inmate(cpu) { cpus cpu; memory uart }\n";

describe("imports", () => {
  it("make the names of the other file known, and build its cells first", () => {
    const { machine, findings } = compileText(
      'import "board.jail"\narchitecture x86\ncell b { use inmate(2) }\n',
      {
        files: { "board.jail": `${board}cell a { use inmate(1) }\n` },
      },
    );
    expect(findings).to.deep.equal([]);
    expect(machine.cells.map(({ name }) => name)).to.deep.equal(["a", "b"]);
    expect(machine.files.map(({ path }) => path)).to.deep.equal(["board.jail", "main.jail"]);
  });

  it("reach through a file that only imports, and read a file once", () => {
    const { machine, findings } = compileText(
      'import "left.jail"\nimport "right.jail"\narchitecture x86\ncell b { use inmate(2) }\n',
      {
        files: {
          "left.jail": 'import "board.jail"\n',
          "right.jail": 'import "board.jail"\ncell a { use inmate(1) }\n',
          "board.jail": board,
        },
      },
    );
    expect(findings).to.deep.equal([]);
    expect(machine.files.map(({ path }) => path)).to.deep.equal([
      "board.jail",
      "left.jail",
      "right.jail",
      "main.jail",
    ]);
    expect(machine.cells.map(({ name }) => name)).to.deep.equal(["a", "b"]);
  });

  it("do not make the importer's names known to what it imports", () => {
    const { findings } = compileText('import "a.jail"\narchitecture x86\nconst here = 4K\n', {
      files: { "a.jail": "cell a { memory at 0 size here rw }\n" },
    });
    expect(findings.map(shown)).to.deep.equal(["a.jail:1:27 jail-unknown-name here"]);
  });

  it("let a file name anew what it imports", () => {
    const { machine, findings } = compileText(
      'import "a.jail"\narchitecture x86\nconst size = 8K\ncell b { memory at 0 size size rw }\n',
      { files: { "a.jail": "const size = 4K\n" } },
    );
    expect(findings).to.deep.equal([]);
    const [cell] = machine.cells;
    expect(
      new DataView(cell!.bytes.buffer, cell!.bytes.byteOffset).getBigUint64(0x70 - 0x10 + 16, true),
    ).to.be.a("bigint");
  });

  it("make no circle: the message shows all of it", () => {
    const { findings, machine } = compileText('import "a.jail"\narchitecture x86\ncell x { cpus 1 }\n', {
      files: { "a.jail": 'import "b.jail"\n', "b.jail": '\nimport "a.jail"\n' },
    });
    expect(findings.map(shown)).to.deep.equal(['b.jail:2:1 jail-import-cycle import "a.jail"']);
    expect(findings[0]!.message).to.contain("a.jail -> b.jail -> a.jail");
    expect(machine.cells).to.deep.equal([]);
  });

  it("of a file by itself are a circle, too", () => {
    const { findings } = compileText('architecture x86\nimport "main.jail"\ncell x { cpus 1 }\n');
    expect(findings.map(shown)).to.deep.equal(['main.jail:2:1 jail-import-cycle import "main.jail"']);
  });

  it("stay within the project, and tell why a file cannot be read", () => {
    const { findings } = compileText(
      'import "../x.jail"\nimport "none.jail"\nimport none\narchitecture x86\ncell x { cpus 1 }\n',
    );
    expect(findings.map(shown)).to.deep.equal([
      'main.jail:1:8 jail-import-outside "../x.jail"',
      'main.jail:2:8 jail-import-unreadable "none.jail"',
      "main.jail:3:1 jail-missing import none",
    ]);
    expect(findings[1]!.message).to.contain("there is no such file");
  });

  it("are followed in a chain, up to the number of files that a build reads", () => {
    const chain = (length: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length }, (_, index) => [
          `f${index}.jail`,
          index + 1 < length ? `import "f${index + 1}.jail"\n` : "const size = 4K\n",
        ]),
      );
    const text = 'import "f0.jail"\narchitecture x86\ncell x { memory at 0 size size rw }\n';
    expect(compileText(text, { files: chain(255) }).findings).to.deep.equal([]);
    const { findings } = compileText(text, { files: chain(256) });
    expect(findings.map(({ id }) => id)).to.include("jail-too-many-imports");
  });

  it("cannot be within a condition", () => {
    const { findings } = compileText('architecture x86\nif true { import "a.jail" }\ncell x { cpus 1 }\n', {
      files: { "a.jail": "const a = 1\n" },
    });
    expect(findings).to.have.length(1);
    expect(shown(findings[0]!)).to.match(/^main\.jail:2:11 jail-/);
  });

  it("bring in mistakes with the file in which they are", () => {
    const { findings } = compileText('import "a.jail"\narchitecture x86\n', {
      files: { "a.jail": "cell a {\n  memoy at 0 size 4K\n}\n" },
    });
    expect(findings.map(shown)).to.deep.equal(["a.jail:2:3 jail-unknown-word memoy"]);
  });
});
