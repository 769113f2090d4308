import { expect } from "chai";
import { changedSubjects, touchedSubjects } from "./changed-subjects.js";
import { readEquivalents } from "./equivalents.js";
import { jobsOf, sampled } from "./jobs.js";
import { judgeAll } from "./judging-pool.js";
import { survivorText } from "./report.js";
import { figuresOf, isEnough, survivors } from "./results.js";
import { allSubjects, type Subject } from "./subjects.js";

/** So many mutants take two processors about half a minute, however much was changed; those of what rules share take longer each. */
const ofRules = 400;
const ofShared = 24;
const seed = Number(process.env.CELLC_SEED ?? 20261123);

/** What was changed against the main branch; everything where that is not known, or nothing was changed. */
function chosen(): readonly Subject[] {
  for (const reference of ["origin/main", "main"]) {
    const changed = changedSubjects(reference);
    if (changed !== null && changed.length > 0) return changed;
  }
  return allSubjects();
}

describe("mutants of rules that were changed", () => {
  it("are noticed by the tests, nine of ten at least", async () => {
    const subjects = chosen();
    const jobs = [
      ...sampled(jobsOf(subjects.filter(({ rule }) => rule === null)), ofShared, seed),
      ...sampled(jobsOf(subjects.filter(({ rule }) => rule !== null)), ofRules, seed),
    ];
    const { judgements, failures } = await judgeAll(jobs);
    const equivalents = readEquivalents();
    expect(failures).to.deep.equal([]);
    expect(judgements).to.have.length(jobs.flatMap(({ mutations }) => mutations).length);
    const left = survivors(judgements, equivalents).map(survivorText).join("");
    expect(isEnough(figuresOf("all", judgements, equivalents)), left).to.equal(true);
  }).timeout(600_000);

  it("are those of sources and of cases", () => {
    const subjects = [
      { path: "compiler/check/cpu/cpu-none.ts", family: "cpu", rule: "cpu-none" },
      { path: "compiler/check/cpu/cpu-all.ts", family: "cpu", rule: "cpu-all" },
      { path: "compiler/check/facts/cpus.ts", family: "facts", rule: null },
    ];
    const touched = (...paths: readonly string[]): readonly string[] =>
      touchedSubjects(subjects, paths).map(({ path }) => path.slice("compiler/check/".length));
    expect(touched("compiler/check/cpu/cpu-none.ts", "README.md")).to.deep.equal(["cpu/cpu-none.ts"]);
    expect(touched("test/fixtures/rules/cpu/cpu-all.txt")).to.deep.equal(["cpu/cpu-all.ts"]);
    expect(touched("compiler/check/facts/cpus.ts")).to.deep.equal(["facts/cpus.ts"]);
    expect(touched("")).to.deep.equal([]);
  });

  it("are not known without a common history", () => {
    expect(changedSubjects("no-such-branch")).to.equal(null);
  });
});

describe("judging mutants", () => {
  it("notices a changed condition, and that a change of nothing is not noticed", async () => {
    const subject = allSubjects().find(({ rule }) => rule === "mem-phys-misaligned")!;
    const [job] = jobsOf([subject]);
    const skip = job!.mutations.find(({ before }) => before === "continue;")!;
    const same = { ...skip, start: skip.end, replacement: " " };
    const broken = { ...skip, replacement: "(" };
    const endless = { ...skip, replacement: "for (;;);" };
    const { judgements, failures } = await judgeAll([{ subject, mutations: [skip, same, broken, endless] }]);
    expect(failures).to.deep.equal([]);
    expect(judgements.map(({ verdict }) => verdict.kind)).to.deep.equal([
      "killed",
      "survived",
      "invalid",
      "killed",
    ]);
  }).timeout(600_000);

  it("judges what rules share by their specs, types besides", async () => {
    const subject = allSubjects().find(({ path }) => path === "compiler/check/suppress.ts")!;
    const mutations = jobsOf([subject]).flatMap((job) => job.mutations);
    const skip = mutations.find(({ before }) => before === "kept.push(finding);")!;
    const same = { ...skip, start: skip.end, replacement: " " };
    const illTyped = { ...skip, start: 0, end: 0, replacement: "const unused: number = '';" };
    const { judgements } = await judgeAll([{ subject, mutations: [skip, same, illTyped] }]);
    expect(judgements.map(({ verdict }) => verdict.kind)).to.deep.equal(["killed", "survived", "invalid"]);
  }).timeout(600_000);
});
