import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { allRules } from "../../compiler/check/registry.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { writeHeaderTree } from "../support/header-tree.js";
import { withTempDir } from "../support/temp-dir.js";
import { type BackTestResult, backTest, backTestReport, isCaught } from "./back-test.js";
import { type BackTestRow, backTestFamilies, readBackTestRows, readExcludedRows } from "./back-test-rows.js";
import { runTool } from "./trees.js";

/** The runner itself; upstream's history, on which `npm run test:upstream` lets it loose, is no part of the tests. */
const example = readFileSync(resolve(import.meta.dirname, "../../../examples/c/pc-inmate.c"), "utf8");

describe("the table of mended mistakes", () => {
  const rows = readBackTestRows();

  it("has enough of them, from many commits and of every family", () => {
    expect(rows.length).to.be.at.least(55);
    expect(new Set(rows.map(({ commit }) => commit)).size).to.be.at.least(40);
    expect(new Set(rows.map(({ family }) => family))).to.deep.equal(new Set(backTestFamilies));
  });

  it("counts a mistake that a commit mends in many files four times at most", () => {
    const files = new Map<string, Set<string>>();
    for (const { commit, rule, file, others } of rows) {
      const key = `${commit} ${rule}`;
      const known = files.get(key) ?? new Set();
      const row = [file, ...others].join(" ");
      expect(known.has(row), `${key} ${row}`).to.equal(false);
      files.set(key, known.add(row));
    }
    for (const [key, { size }] of files) expect(size, key).to.be.at.most(4);
  });

  it("names configs, and another cell where cells run together", () => {
    for (const { file, others, together } of rows) {
      for (const each of [file, ...others])
        expect(each).to.match(/^configs\/([a-z0-9]+\/)?[a-zA-Z0-9-]+\.c$/);
      expect(others).not.to.include(file);
      if (together) expect(others.length, file).to.be.at.least(2);
    }
  });

  it("says of other commits why no rule can see what they mend", () => {
    const excluded = readExcludedRows();
    expect(excluded.length).to.be.at.least(40);
    const listed = new Set(rows.map(({ commit, file }) => `${commit} ${file}`));
    for (const { commit, file } of excluded) expect(listed.has(`${commit} ${file}`), commit).to.equal(false);
  });

  it("is refused where a line has another shape", () =>
    withTempDir((directory) => {
      const file = join(directory, "rows.tsv");
      const head = "commit\tfile\twith\ttogether\tfamily\trule\treason";
      const commit = "0123456789abcdef0123456789abcdef01234567";
      const good = [commit, "configs/a.c", "configs/b.c,configs/c.c", "yes", "cpu", "some-rule", "why"];
      const read = (...lines: readonly string[]): BackTestRow[] => {
        writeFileSync(file, `${lines.join("\n")}\n`);
        return readBackTestRows(file);
      };
      const changed = (index: number, text: string): string =>
        good.map((cell, at) => (at === index ? text : cell)).join("\t");
      expect(read(head, good.join("\t"), changed(2, "-"))).to.deep.equal([
        {
          commit,
          file: "configs/a.c",
          others: ["configs/b.c", "configs/c.c"],
          together: true,
          family: "cpu",
          rule: "some-rule",
          reason: "why",
        },
        {
          commit,
          file: "configs/a.c",
          others: [],
          together: true,
          family: "cpu",
          rule: "some-rule",
          reason: "why",
        },
      ]);
      expect(() => read("commit\tfile")).to.throw("rows.tsv:1: the columns are commit, file, with");
      expect(() => read(head, changed(0, "1234"))).to.throw("rows.tsv:2: no commit 1234");
      expect(() => read(head, good.join("\t"), changed(3, "maybe"))).to.throw(
        "rows.tsv:3: together is maybe",
      );
      expect(() => read(head, changed(4, "cpus"))).to.throw("rows.tsv:2: no family cpus");
      expect(() => read(head, changed(6, ""))).to.throw("rows.tsv:2: not 7 columns with text");
      expect(() => read(head, `${good.join("\t")}\tmore`)).to.throw("rows.tsv:2: not 7 columns with text");
    }));
});

describe("the back-test", () => {
  const sameCpu = example;
  const ownCpu = example.replace("{ 1 << 3 }", "{ 1 << 2 }");
  const misaligned = example.replace(".phys_start = 0x7a000000", ".phys_start = 0x7a000800");

  it("counts what a rule finds at a file before a commit and behind it", () =>
    withTempDir(async (directory) => {
      expect(new Set([sameCpu, ownCpu, misaligned]).size).to.equal(3);
      const repository = new Repository(join(directory, "upstream"));
      const file = "configs/x86/one.c";
      const other = "configs/two.c";
      repository.commit({ [file]: sameCpu, [other]: sameCpu });
      const mends = repository.commit({ [file]: ownCpu, [other]: misaligned });
      const row = (changes: Partial<BackTestRow>): BackTestRow => ({
        commit: mends,
        file,
        others: [other],
        together: true,
        family: "cpu",
        rule: "cpu-overlap-cells",
        reason: "the same CPU",
        ...changes,
      });
      const results: BackTestResult[] = [];
      const rows = [
        row({}),
        row({ rule: "mem-phys-misaligned", family: "memory" }),
        row({ rule: "mem-phys-misaligned", family: "memory", file: other, others: [] }),
        row({ rule: "no-such-rule" }),
      ];
      for await (const result of backTest(rows, repository.directory, allRules)) results.push(result);
      expect(results.map(({ found }) => found)).to.deep.equal([
        { before: 1, after: 0 },
        { before: 0, after: 0 },
        { before: 0, after: 1 },
        null,
      ]);
      expect(results.map(isCaught)).to.deep.equal([true, false, false, false]);
    }));

  it("leaves no tree behind, also where a config does not compile", () =>
    withTempDir(async (directory) => {
      const repository = new Repository(join(directory, "upstream"));
      repository.commit({ "configs/one.c": ownCpu });
      const breaks = repository.commit({ "configs/one.c": ownCpu.replace(".name", ".nam") });
      const row: BackTestRow = {
        commit: breaks,
        file: "configs/one.c",
        others: [],
        together: false,
        family: "cpu",
        rule: "cpu-overlap-cells",
        reason: "-",
      };
      const before = process.env.TMPDIR;
      const temporary = join(directory, "temporary");
      mkdirSync(temporary);
      process.env.TMPDIR = temporary;
      try {
        expect(await failureOf([row], repository.directory)).to.match(
          /^configs\/one\.c is not one config: .*nam/,
        );
        expect(await failureOf([{ ...row, file: "configs/three.c" }], repository.directory)).to.match(
          /^configs\/three\.c is not one config: /,
        );
        expect(await failureOf([{ ...row, commit: "0".repeat(40) }], repository.directory)).to.match(/^git /);
        expect(readdirSync(temporary)).to.deep.equal([]);
      } finally {
        if (before === undefined) delete process.env.TMPDIR;
        else process.env.TMPDIR = before;
      }
    }));

  it("reports what was missed, and each family", () => {
    const result = (family: BackTestRow["family"], found: BackTestResult["found"]): BackTestResult => ({
      row: {
        commit: "0123456789abcdef0123456789abcdef01234567",
        file: "configs/a.c",
        others: [],
        together: false,
        family,
        rule: "some-rule",
        reason: "why",
      },
      found,
    });
    const text = backTestReport([
      result("memory", { before: 2, after: 1 }),
      result("memory", { before: 1, after: 0 }),
      result("memory", { before: 1, after: 1 }),
      result("cpu", null),
    ]);
    expect(text.split("\n")).to.deep.equal([
      "01234567 configs/a.c: some-rule: 1 findings before, 1 after (why)",
      "01234567 configs/a.c: some-rule: there is no such rule (why)",
      "",
      "family                    caught        listed  silent after       no rule",
      "cpu                            0             1             0             1",
      "memory                         2             3             1             0",
      "",
      "2 caught of 4 listed",
      "",
    ]);
  });
});

async function failureOf(rows: readonly BackTestRow[], repository: string): Promise<string> {
  try {
    for await (const result of backTest(rows, repository, allRules)) expect(result.row).to.equal(rows[0]);
  } catch (error) {
    return (error as Error).message;
  }
  return "no failure";
}

/** Configs with the headers of HEAD. */
class Repository {
  constructor(readonly directory: string) {
    mkdirSync(directory);
    writeHeaderTree(resolveProfile("HEAD")!, join(directory, "include"));
    this.git("init", "--quiet");
  }

  /** The id of a commit in which these files have these texts. */
  commit(files: Readonly<Record<string, string>>): string {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(resolve(this.directory, path, ".."), { recursive: true });
      writeFileSync(join(this.directory, path), text);
    }
    this.git("add", ".");
    this.git("commit", "--quiet", "-m", "configs");
    return this.git("rev-parse", "HEAD").trim();
  }

  private git(...args: readonly string[]): string {
    return runTool("git", [
      "-C",
      this.directory,
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@localhost",
      ...args,
    ]);
  }
}
