import { expect } from "chai";
import { parseEquivalents, staleEquivalents } from "./equivalents.js";
import { sampled } from "./jobs.js";
import { changeText, type Mutation } from "./mutation.js";
import { mutationsOf } from "./mutations-of.js";
import { resultsPage, survivorText } from "./report.js";
import { figuresBy, figuresOf, isEnough, needlessEquivalents, survivors } from "./results.js";
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
    const total = figuresOf("all", all, equivalents);
    const page = resultsPage([{ ...total, name: "memory" }], [{ ...total, name: "logic" }], total);
    expect(page).to.contain("| memory | 3 | 2 | 66.7% | 1 |\n| all | 3 | 2 | 66.7% | 1 |\n");
    expect(page).to.contain("| logic | 3 | 2 | 66.7% | 1 |\n");
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
