import { expect } from "chai";
import { findProjectFile } from "../../../compiler/project/find-project.js";
import { expandGlob } from "../../../compiler/project/glob.js";
import { MemoryHost } from "../../../compiler/support/memory-host.js";

const host = new MemoryHost({
  "p/cellc.yaml": "",
  "p/a.c": "",
  "p/b.c": "",
  "p/b.h": "",
  "p/.hidden.c": "",
  "p/x86/c.c": "",
  "p/arm/deep/d.c": "",
  "p/node_modules/m/e.c": "",
  "p/.git/f.c": "",
});

describe("file patterns", () => {
  const cases = [
    ["a.c", ["a.c"]],
    ["./a.c", ["a.c"]],
    ["*.c", ["a.c", "b.c"]],
    ["?.h", ["b.h"]],
    ["x86/*", ["x86/c.c"]],
    ["*/*.c", ["x86/c.c"]],
    ["**/*.c", ["a.c", "arm/deep/d.c", "b.c", "x86/c.c"]],
    ["arm/**/d.c", ["arm/deep/d.c"]],
    ["arm/**", ["arm/deep/d.c"]],
    [".*.c", [".hidden.c"]],
    ["x86", []],
    ["none/*.c", []],
  ] as const;
  for (const [pattern, matches] of cases) {
    it(pattern, () => expect(expandGlob(host, "p", pattern)).to.deep.equal(matches));
  }

  it("matches a name full of stars without backtracking for ever", () => {
    const many = new MemoryHost({ [`p/${"a".repeat(200)}`]: "" });
    expect(expandGlob(many, "p", `${"*a".repeat(60)}b`)).to.deep.equal([]);
  });
});

describe("finding the project", () => {
  it("goes upwards from a directory to the nearest cellc.yaml", () => {
    expect(findProjectFile(host, "p/arm/deep")).to.equal("p/cellc.yaml");
    expect(findProjectFile(host, ".")).to.equal(undefined);
  });
});
