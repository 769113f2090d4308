import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parseEquivalents, readEquivalents, staleEquivalents } from "./equivalents.js";
import { jobsOf, sampled } from "./jobs.js";
import { keptText, page, parseKept, readKept, renewed, unmeasured } from "./kept-results.js";
import { projectRoot } from "./module-graph.js";
import { changeText, type Mutation } from "./mutation.js";
import { mutationsOf } from "./mutations-of.js";
import { resultsPage, survivorText } from "./report.js";
import { figuresBy, figuresOf, isEnough, needlessEquivalents, survivors } from "./results.js";
import { allSubjects } from "./subjects.js";
import type { Judgement, Verdict } from "./verdict.js";

const mutations = mutationsOf("a.ts", "const a = b < c;\nconst d = e && f;\n", new Set());
const killed: Verdict = { kind: "killed", by: "a case" };
const survived: Verdict = { kind: "survived" };
const judged = (...verdicts: readonly Verdict[]): readonly Judgement[] =>
  verdicts.map((verdict, index) => ({ mutation: mutations[index]!, verdict }));
const listed = (mutation: Mutation): string =>
  ["a.ts", mutation.lineText, changeText(mutation), "it is so"].join("\t");
const equivalents = parseEquivalents(`file\tline\tchange\treason\n${listed(mutations[1]!)}\n`);
const all = judged(killed, survived, { kind: "invalid" }, survived, killed);

describe("the results of mutation tests", () => {
  it("count what can be noticed, and what was", () => {
    expect(figuresOf("all", all, [])).to.deep.equal({ name: "all", mutants: 4, killed: 2, equivalent: 0 });
    expect(figuresOf("all", all, equivalents)).to.deep.equal({
      name: "all",
      mutants: 3,
      killed: 2,
      equivalent: 1,
    });
  });

  it("are grouped", () => {
    expect(figuresBy(all, [], ({ kind }) => kind)).to.deep.equal([
      { name: "comparison", mutants: 2, killed: 1, equivalent: 0 },
      { name: "logic", mutants: 2, killed: 1, equivalent: 0 },
    ]);
  });

  it("are enough from nine of ten on", () => {
    const figures = { name: "a", equivalent: 0 };
    expect(isEnough({ ...figures, mutants: 20, killed: 18 })).to.equal(true);
    expect(isEnough({ ...figures, mutants: 20, killed: 17 })).to.equal(false);
    expect(isEnough({ ...figures, mutants: 0, killed: 0 })).to.equal(true);
  });

  it("name the survivors, but not those that are listed", () => {
    expect(survivors(all, equivalents).map(survivorText)).to.deep.equal([
      "a.ts:2:11: logic: `e && f` -> `(f)`\n",
    ]);
  });

  it("tell entries of the list that are wrong", () => {
    expect(needlessEquivalents(judged(killed, killed), equivalents)).to.deep.equal([mutations[1]]);
    expect(needlessEquivalents(all, equivalents)).to.deep.equal([]);
    expect(staleEquivalents(mutations, equivalents)).to.deep.equal([]);
    expect(staleEquivalents(mutations.slice(2), equivalents)).to.deep.equal(equivalents);
    expect(() => parseEquivalents("file\na.ts\tline\tchange\n")).to.throw("no file, line, change and reason");
  });

  it("fill a page", () => {
    const figures = { mutants: 3, killed: 2, equivalent: 1 };
    const families = [
      { ...figures, name: "memory" },
      { ...figures, name: "pci", killed: 3 },
    ];
    const rows =
      "| memory | 3 | 2 | 66.7% | 1 |\n| pci | 3 | 3 | 100.0% | 1 |\n| all | 6 | 5 | 83.3% | 2 |\n";
    expect(resultsPage(families, [])).to.satisfy((text: string) => text.endsWith(rows));
    const unknown = "| cpu | not measured as a whole | | | |\n";
    expect(resultsPage(families, ["cpu"])).to.satisfy((text: string) => text.endsWith(rows + unknown));
  });
});

describe("the list of equivalent changes", () => {
  it("is about changes that there are", () => {
    const all = jobsOf(allSubjects()).flatMap((job) => job.mutations);
    const listed = readEquivalents();
    const files = new Set(allSubjects().map(({ path }) => path));
    expect(listed.filter(({ file }) => !files.has(file))).to.deep.equal([]);
    expect(staleEquivalents(all, listed)).to.deep.equal([]);
  });
});

describe("the results that are kept", () => {
  const figures = (name: string, killed: number) => ({ name, mutants: 9, killed, equivalent: 1 });

  it("are read as they were written", () => {
    const families = [figures("cpu", 8), figures("hypervisor-memory", 9)];
    expect(parseKept(keptText(families))).to.deep.equal(families);
    expect(() => parseKept("family\ncpu\t1\t2\n")).to.throw("no family and three numbers: cpu\t1\t2");
  });

  it("are renewed family by family", () => {
    const kept = [figures("cpu", 7), figures("pci", 7)];
    expect(renewed(kept, [figures("memory", 9), figures("cpu", 9)])).to.deep.equal([
      figures("cpu", 9),
      figures("memory", 9),
      figures("pci", 7),
    ]);
  });

  it("are enough in every family, and those on the page", () => {
    const kept = readKept();
    const families = new Set(allSubjects().map(({ family }) => family));
    expect(kept.map(({ name }) => name)).to.have.members([...families]);
    expect(kept.filter((each) => !isEnough(each))).to.deep.equal([]);
    expect(readFileSync(join(projectRoot, page), "utf8")).to.equal(resultsPage(kept, unmeasured(kept)));
  });
});

describe("a sample of mutants", () => {
  const jobs = [
    { subject: { path: "a.ts", family: "facts", rule: null }, mutations: mutations.slice(0, 2) },
    { subject: { path: "b.ts", family: "cpu", rule: "b" }, mutations: mutations.slice(2) },
  ];

  it("is the same for the same seed, and as large as it is asked for", () => {
    const one = sampled(jobs, 3, 7);
    expect(one.flatMap((job) => job.mutations)).to.have.length(3);
    expect(sampled(jobs, 3, 7)).to.deep.equal(one);
    const others = [1, 2, 3, 4, 5, 6].map((seed) => JSON.stringify(sampled(jobs, 3, seed)));
    expect(new Set(others).size).to.be.greaterThan(1);
  });

  it("is all of a few", () => {
    expect(sampled(jobs, 100, 1)).to.deep.equal(jobs);
  });
});
