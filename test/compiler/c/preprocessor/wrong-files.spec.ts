import { expect } from "chai";
import { compileC } from "../../../../compiler/c/compile.js";
import type { IncludeResolver } from "../../../../compiler/c/unit.js";
import type { Diagnostic } from "../../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { decodeText, encodeText } from "../../../../schema/text.js";
import { preprocessText } from "./support.js";

/** Findings of a whole compilation, with headers by their path below one of the directories. */
function compile(
  text: string,
  headers: Readonly<Record<string, string>> = {},
  directories = [""],
): readonly Diagnostic[] {
  const files = new Map(
    Object.entries(headers).map(([path, content]) => [path, new SourceFile(path, content)]),
  );
  const includes: IncludeResolver = {
    resolve: (name) =>
      directories.map((directory) => files.get(directory + name)).find((file) => file !== undefined),
    searched: () => directories,
    leftOut: (name) => (name.startsWith("jailhouse/") ? "the built-in ones were left out" : undefined),
  };
  const findings: Diagnostic[] = [];
  const unit = compileC(new SourceFile("demo.c", text), {
    target: "aarch64",
    macros: [],
    forcedIncludes: [],
    includes,
    report: (finding) => findings.push(finding),
  });
  if (findings.some(({ id }) => id.startsWith("c-include"))) expect(unit.objects).to.deep.equal([]);
  return findings;
}

describe("a missing header", () => {
  it("ends the compilation, and all that are missing are named", () => {
    const text = `#include <jailhouse/types.h>
      #include "no.h"
      #if MISSING(3)
      #error follow-up
      #endif
      struct jailhouse_cell_desc config = { .a = NOPE`;
    expect(compile(text).map(({ id, message }) => [id, message])).to.deep.equal([
      ["c-include-not-found", 'cannot find the header "jailhouse/types.h"'],
      ["c-include-not-found", 'cannot find the header "no.h"'],
    ]);
  });

  const tree = {
    "tree/include/jailhouse/cell-config.h": "#include <jailhouse/types.h>\n#include <asm/cell.h>\n__u8 x;",
  };

  it("is found a place in the tree whose config header is used", () => {
    const findings = compile("#include <jailhouse/cell-config.h>\n__u8 config = 1;", tree, ["tree/include/"]);
    expect(findings.map(({ help }) => help)).to.deep.equal([
      "<jailhouse/types.h> lives in hypervisor/include of a Jailhouse tree (<asm/...> in hypervisor/arch/ARCH/include): add `-I tree/hypervisor/include`",
      "<asm/...> lives in hypervisor/arch/ARCH/include of a Jailhouse tree: add `-I tree/hypervisor/arch/arm64/include`",
    ]);
  });

  it("says where it was looked for, and where not", () => {
    const [finding] = compile("#include <jailhouse/cell-config.h>", tree, ["tree/include/"]);
    expect(finding!.notes.map(({ message }) => message)).to.include.members([
      "searched in this order: tree/include/",
      "the built-in ones were left out",
    ]);
  });

  it("is offered the name of one that is there", () => {
    const [finding] = compile("#include <jailhouse/cellconfig.h>", tree, ["tree/include/"]);
    expect(finding!.help).to.equal("did you mean <jailhouse/cell-config.h>?");
    expect(compile("#include <linux/typs.h>")[0]!.help).to.equal("did you mean <linux/types.h>?");
    expect(compile("#include <jailhouse/cellconfig.h>")[0]!.help).to.match(/--profile/);
  });
});

describe("a file that is no C", () => {
  it("is told by its UTF-16", () => {
    const text = "int config = 1;\n";
    const bigEndian = Buffer.from(text, "utf16le").swap16();
    for (const bytes of [
      Buffer.from(`\ufeff${text}`, "utf16le"),
      Buffer.from(text, "utf16le"),
      bigEndian,
      Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian]),
    ]) {
      expect(compile(decodeText(bytes)).map(({ id }) => id)).to.deep.equal(["c-utf-16"]);
    }
  });

  it("is told by how the cell language begins", () => {
    for (const text of [
      "// a board\narchitecture x86\ncell h { cpus 1 }\n",
      'import "lib.jail"\nsystem x { use pc() }\n',
      "/* two */ system pc {\n",
      "ioports com2 0x2f8-0x2ff // nobody's\n",
      "memory ram at 0x1000 size 4K\n",
    ]) {
      const [finding, ...others] = compile(text);
      expect([finding?.id, finding?.help], text).to.deep.equal([
        "c-cell-language",
        "give the file the ending `.jail`",
      ]);
      expect(others).to.deep.equal([]);
    }
    for (const text of [
      "struct cell { int a; } x;",
      "typedef int cell;\ncell a = 1;",
      "cell a = { 1 };",
      "cell(a) {",
    ])
      expect(compile(text).map(({ id }) => id)).to.not.include("c-cell-language");
  });

  it("is told by the magic word of a .cell", () => {
    for (const magic of ["JHCELL", "JHSYST", "JHSYS", "JHCLL"]) {
      const bytes = Uint8Array.from([...encodeText(magic), 0, 0, 14, 0, 1, 2, 0xff]);
      const [finding, ...others] = compile(decodeText(bytes));
      expect([finding!.id, finding!.help]).to.deep.equal(["c-binary-config", "use `cellc decode`"]);
      expect(others).to.deep.equal([]);
    }
    expect(compile("int JHCELL = 1;\nint JHSYST = JHCELL + 1;").map(({ id }) => id)).not.to.include(
      "c-binary-config",
    );
  });

  it("is told by the marks of a merge, in a header as well", () => {
    const text = "int config[] = {\n<<<<<<< HEAD\n1,\n||||||| base\n3,\n=======\n2,\n>>>>>>> theirs\n};\n";
    for (const findings of [compile(text), compile('#include "a.h"\nint x = NOPE;', { "a.h": text })]) {
      expect(findings.map(({ id, secondary }) => [id, secondary.length])).to.deep.equal([
        ["c-merge-conflict", 3],
      ]);
    }
  });

  it("may speak of merges in comments, and shift by shifts", () => {
    expect(compile("/*\n<<<<<<< HEAD\n*/\nint config = 1;")).to.deep.equal([]);
    expect(compile("int config = 1 // <<<<<<< x\n<< 3;")).to.deep.equal([]);
  });
});

describe("what preprocessing says of its end", () => {
  for (const [text, outcome] of [
    ["int a;", "complete"],
    ["#define F(x) x\nF(1, 2)", "complete"],
    ["#define F(x) x\nF(1", "stopped"],
    ["/*", "stopped"],
    ["#if 1\na", "stopped"],
    ["#include <no.h>\na", "fatal"],
  ] as const) {
    it(`is ${outcome} for ${JSON.stringify(text)}`, () => {
      expect(preprocessText(text).outcome).to.equal(outcome);
    });
  }

  it("stops at a limit", () => {
    const text = "#define A 1 1 1 1\nA A A A";
    expect(preprocessText(text, { limits: { expandedTokens: 5 } }).outcome).to.equal("stopped");
  });
});
