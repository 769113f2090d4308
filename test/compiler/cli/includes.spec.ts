import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { preprocess } from "../../../compiler/c/preprocessor/preprocess.js";
import { FileIncludes, SourceStore } from "../../../compiler/cli/include-resolver.js";
import { nodeHost } from "../../../compiler/support/host.js";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { cellc } from "../../support/cli-runner.js";
import { withTempDir } from "../../support/temp-dir.js";

interface Tree {
  readonly files: Readonly<Record<string, string>>;
  /** Link to target. */
  readonly links?: Readonly<Record<string, string>>;
}

/** Spellings of the tokens of `main`, by cellc and by gcc, in a directory with these files. */
function bothWays(tree: Tree, main: string, directories: readonly string[]): Promise<string[][]> {
  return withTempDir((root) => {
    for (const [name, text] of Object.entries(tree.files)) {
      mkdirSync(path.dirname(`${root}/${name}`), { recursive: true });
      writeFileSync(`${root}/${name}`, text);
    }
    for (const [link, target] of Object.entries(tree.links ?? {})) {
      mkdirSync(path.dirname(`${root}/${link}`), { recursive: true });
      symlinkSync(target, `${root}/${link}`);
    }
    const searched = directories.map((directory) => `${root}/${directory}`);
    const store = new SourceStore(nodeHost);
    const file = store.read(`${root}/${main}`);
    if (!(file instanceof SourceFile)) throw new Error(file.detail);
    const problems: string[] = [];
    const { tokens } = preprocess(file, {
      target: "x86_64",
      macros: [],
      forcedIncludes: [],
      includes: new FileIncludes(store, searched, "HEAD"),
      report: ({ message }) => problems.push(message),
    });
    const flags = searched.map((directory) => `-I${directory}`);
    const gcc = spawnSync("gcc", ["-E", "-P", "-std=gnu17", ...flags, file.path], { encoding: "utf8" });
    const own = tokens.slice(0, -1).map(({ text }) => text);
    return [[...own, ...problems], gcc.stdout.split(/\s+/).filter((text) => text !== "")].map((list) =>
      list.map((text) => text.replaceAll(root, "")),
    );
  });
}

describe("paths of headers, as gcc forms them", () => {
  const cases: readonly (readonly [
    what: string,
    tree: Tree,
    main: string,
    directories: string[],
    expected: string,
  ])[] = [
    [
      "looks behind a symbolic link to a directory, where `..` is another place",
      {
        files: {
          "real/val.h": "right __FILE__",
          "val.h": "wrong",
          "real/deep/x": "",
          "a.c": "#include <val.h>",
        },
        links: { link: "real/deep" },
      },
      "a.c",
      ["link/.."],
      'right "/link/../val.h"',
    ],
    [
      "looks beside the name by which a header was reached, not beside the file that it is",
      {
        files: {
          "A/h.h": '#include "val.h"\n',
          "A/val.h": "one",
          "B/val.h": "two",
          "a.c": '#include "A/h.h"\n#include "B/h.h"\n',
        },
        links: { "B/h.h": "../A/h.h" },
      },
      "a.c",
      [],
      "one two",
    ],
    [
      "keeps `#pragma once` to one file, whatever its names are",
      {
        files: { "A/h.h": "#pragma once\nfirst __FILE__", "a.c": '#include "B/h.h"\n#include "A/h.h"\n' },
        links: { "B/h.h": "../A/h.h" },
      },
      "a.c",
      [],
      'first "/B/h.h"',
    ],
    [
      "joins directory and name without tidying",
      {
        files: {
          "inc/h.h": '__FILE__\n#include "sub/../k.h"\n',
          "inc/k.h": "__FILE__",
          "inc/sub/x": "",
          "a.c": "#include <./h.h>",
        },
      },
      "a.c",
      ["inc/"],
      '"/inc/./h.h" "/inc/./sub/../k.h"',
    ],
    [
      "knows the directory that a header lies in, with two slashes as well",
      { files: { "inc/h.h": "__FILE__", "inc/a.c": '#include "h.h"' } },
      "inc//a.c",
      [],
      '"/inc//h.h"',
    ],
  ];
  for (const [what, tree, main, directories, expected] of cases) {
    it(what, async () => {
      const [own, gcc] = await bothWays(tree, main, directories);
      expect(gcc!.join(" ")).to.equal(expected);
      expect(own).to.deep.equal(gcc);
    });
  }
});

describe("origin of the config header", () => {
  const own = "#define OWN 1\ntypedef unsigned char __u8;\nstruct jailhouse_cell_desc { __u8 a; };\n";
  const local = '#include "jailhouse/cell-config.h"\nstruct jailhouse_cell_desc config = { 1 };\n';
  const plain = `#include <jailhouse/cell-config.h>
struct jailhouse_cell_desc config = {
  .signature = JAILHOUSE_CELL_DESC_SIGNATURE, .revision = JAILHOUSE_CONFIG_REVISION,
};
`;
  const files = { "own/a.c": local, "own/jailhouse/cell-config.h": own, "plain/b.c": plain };

  it("is decided for each input by itself, whatever comes before it", async () => {
    for (const inputs of [
      ["own/a.c", "plain/b.c"],
      ["plain/b.c", "own/a.c"],
    ]) {
      const host = new MemoryHost(files);
      const { status, error } = await cellc(["build", "--no-check", ...inputs], host);
      expect({ status, error }).to.deep.equal({ status: 0, error: "" });
      expect(host.get("own/a.cell")).to.have.length(1);
      expect(host.get("plain/b.cell")!.length).to.be.greaterThan(50);
    }
  });

  it("does not change after a header of the other origin was read", async () => {
    const source = `#include <jailhouse/types.h>\n${local}`;
    const { status, error } = await cellc(["build", "--no-check", "own/a.c"], {
      ...files,
      "own/a.c": source,
    });
    expect(status).to.equal(1);
    expect(error).to.contain("<jailhouse/types.h> came from the built-in headers");
    expect(error).to.contain("headers of two revisions must not be mixed");
  });
});

describe("-D and -U", () => {
  const source = (value: string): string => `unsigned char config[] = { ${value} };\n`;
  async function bytesOf(value: string, flags: readonly string[], project?: string): Promise<string> {
    const files = { "a.c": source(value), ...(project === undefined ? {} : { "cellc.yaml": project }) };
    const { bytes, error } = await cellc(["build", "--no-check", "a.c", "-o", "-", ...flags], files);
    expect(error).to.equal("");
    return Buffer.from(bytes).toString("hex");
  }

  it("count in their order, macros with parameters too", async () => {
    expect(await bytesOf("F(2)", ["-DF(x)=x+1"])).to.equal("03");
    expect(await bytesOf("F(2)", ["-DF(x)=x+1", "-UF", "-DF(x)=x+2"])).to.equal("04");
    expect(await bytesOf("F + 1", ["-DF(x)=x", "-UF", "-DF=6"])).to.equal("07");
    expect(await bytesOf("linux + 1", ["-Ulinux", "-Dlinux=4"])).to.equal("05");
  });

  it("stand over those of the project", async () => {
    const project = "defines: { A: 3, B: 4 }\n";
    expect(await bytesOf("A, B", [], project)).to.equal("0304");
    expect(await bytesOf("A, B", ["-DA=5"], project)).to.equal("0504");
    expect(await bytesOf("A(9), B", ["-DA(x)=x"], project)).to.equal("0904");
    expect(await bytesOf("\n#ifdef A\n1\n#else\n2\n#endif\n", ["-UA"], project)).to.equal("02");
  });
});
