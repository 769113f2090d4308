import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { toC } from "../../compiler/decompile/to-c/to-c.js";
import { encode } from "../../schema/codec/encode.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { cell } from "../support/convert-config.js";
import { gccToCell } from "../support/gcc.js";
import { writeHeaderTree } from "../support/header-tree.js";
import { jailOf, lossThroughJail } from "../support/jail-round-trip.js";
import { profileNamed } from "../support/random-config.js";
import { withTempDir } from "../support/temp-dir.js";
import { sampleOf, throughC, throughGcc } from "./c-output.js";
import { checkRow, checks } from "./checks.js";
import { type ExpectedRow, readExpectedRows } from "./expected.js";
import { ExtractedTrees, runTool } from "./trees.js";

/** The runner itself; upstream's tree, on which `npm run test:upstream` lets it loose, is no part of the tests. */
const example = resolve(import.meta.dirname, "../../../examples/c/pc-inmate.c");

describe("the runner for upstream's configs", () => {
  it("reads 630 expected figures of eleven versions", () => {
    const rows = readExpectedRows();
    expect(rows.length).to.equal(630);
    expect(new Set(rows.map((row) => row.commit)).size).to.equal(11);
    for (const row of rows) {
      expect(row.commit).to.match(/^[0-9a-f]{40}$/);
      expect(row.sha256).to.match(/^[0-9a-f]{64}$/);
      expect(row.size).to.be.within(100, 100_000);
      expect(row.path).to.match(/^configs\/.*\.c$/);
    }
  });

  it("knows a profile for every released version in the table", () => {
    const tags = new Set(readExpectedRows().map((row) => row.tag));
    expect([...tags].filter((tag) => resolveProfile(tag) === undefined)).to.deep.equal(["rev13-first"]);
  });

  it("passes a config that agrees, and finds other bytes, sizes and kinds", () =>
    withTempDir(async (directory) => {
      const trees = new ExtractedTrees(directory);
      try {
        const row = makeRepository(directory);
        const tree = trees.extract(row.commit);
        const failed = async (changes: Partial<ExpectedRow>): Promise<string[]> => {
          const verdicts = await checkRow({ ...row, ...changes }, tree);
          return verdicts.filter((verdict) => !verdict.passed).map((verdict) => verdict.check);
        };
        expect((await checkRow(row, tree)).length).to.equal(4);
        const whole = await checkRow(row, tree, { throughC: true, throughGcc: true, throughJail: true });
        expect(whole.map(({ check, passed }) => (passed ? check : `${check} failed`))).to.deep.equal(checks);
        expect(await failed({})).to.deep.equal([]);
        expect(await failed({ sha256: "0".repeat(64) })).to.deep.equal(["own headers", "built-in headers"]);
        expect(await failed({ size: row.size + 1 })).to.deep.equal(["own headers", "built-in headers"]);
        expect(await failed({ kind: "system" })).to.deep.equal(["detection"]);
        expect(await failed({ revision: 13 })).to.deep.equal(["detection"]);
        expect(await failed({ tag: "v0.12" })).to.include("built-in headers");
        expect(() => trees.extract("0".repeat(40))).to.throw("git");
      } finally {
        trees.remove();
      }
    }));
});

describe("the check of upstream's configs as C", () => {
  const profile = profileNamed("HEAD");
  const config = cell("HEAD", { cell: { name: "a" }, tables: { mem_regions: [{ size: 0x1000n }] } });

  it("finds other bytes, other sizes, and sources that do not compile", async () => {
    const bytes = encode(config);
    const faults: readonly (readonly [from: string, to: string, why: RegExp])[] = [
      ["0x1000", "0x1001", /^byte \d+ is 1, not 0$/],
      ["mem_regions[1]", "mem_regions[2]", /^\d+ bytes instead of \d+$/],
      [".size", ".sise", /sise/],
    ];
    for (const through of [throughC, throughGcc]) {
      expect(await through(bytes, profile)).to.equal(null);
      for (const [from, to, why] of faults)
        expect(await through(bytes, profile, (each) => toC(each).replace(from, to))).to.match(why);
    }
  });

  it("asks gcc for as many configs as it is told, the same ones for the same seed", () => {
    const rows = Array.from({ length: 100 }, (_, index) => index);
    expect(sampleOf(rows, 60, 1).size).to.equal(60);
    expect([...sampleOf(rows, 60, 1)]).to.deep.equal([...sampleOf(rows, 60, 1)]);
    expect([...sampleOf(rows, 60, 1)]).not.to.deep.equal([...sampleOf(rows, 60, 2)]);
    expect(sampleOf(rows, 0, 1).size).to.equal(0);
    expect(sampleOf(rows.slice(0, 3), 60, 1).size).to.equal(3);
  });
});

describe("the check of upstream's configs in the cell language", () => {
  it("finds other bytes, missing cells, another layout, and texts that do not compile", () => {
    const config = cell("HEAD", { cell: { name: "a" }, tables: { mem_regions: [{ size: 0x1000n }] } });
    const inputs = [{ config, stem: "a" }];
    const faults: readonly (readonly [from: string | RegExp, to: string, why: RegExp])[] = [
      ["size 4K", "size 8K", /^\d+ bytes instead of \d+; byte \d+ is 32, not 16$/m],
      ["cell a {", "cell b {}\n\ncell a {", /^2 cells of 1$/m],
      ["size 4K", "size  4K", /^not in the formatter's layout$/m],
      ["memory", "memori", /^line \d+: `cell` knows no `memori`$/m],
    ];
    expect(lossThroughJail(inputs)).to.equal(null);
    for (const [from, to, why] of faults)
      expect(lossThroughJail(inputs, (all) => jailOf(all).replace(from, to))).to.match(why);
  });
});

/** A repository with one config and its headers, and the row that describes it. */
function makeRepository(directory: string): ExpectedRow {
  const include = join(directory, "include");
  writeHeaderTree(resolveProfile("HEAD")!, include);
  mkdirSync(join(directory, "configs"));
  const path = "configs/inmate.c";
  writeFileSync(join(directory, path), readFileSync(example));
  const git = (...args: readonly string[]): string =>
    runTool("git", ["-C", directory, "-c", "user.name=t", "-c", "user.email=t@localhost", ...args]);
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "one config");
  const cell = join(directory, "expected.cell");
  gccToCell(join(directory, path), cell, [`-I${include}`]);
  const bytes = readFileSync(cell);
  return {
    tag: "HEAD",
    commit: git("rev-parse", "HEAD").trim(),
    revision: 14,
    kind: "cell",
    path,
    includeDirectories: ["include"],
    defines: [],
    size: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}
