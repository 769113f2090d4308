import { expect } from "chai";
import fc from "fast-check";
import { requireToolchain } from "../support/gcc.js";
import { type Candidate, compileWithCellc } from "./candidate.js";
import { describeProgram } from "./program.js";
import { anyCase, type DifferentialReport, firstDifference, runDifferential } from "./run.js";

/** Fixed, so that a failure is the fault of a change; `npm run test:long` looks at other seeds. */
const seed = 20240611;
const cases = 2400;

describe("random configs, compared with gcc", () => {
  let report: DifferentialReport;

  before(async function () {
    this.timeout(300_000);
    requireToolchain();
    report = await runDifferential({ cases, seed });
    process.stdout.write(`\n    seed ${seed}: ${report.agreed} agree, ${report.rejected} rejected by both\n`);
  });

  it("gives the same bytes for every object of every program", () => {
    expect(report.mismatches.map((mismatch) => mismatch.message).join("\n\n")).to.equal("");
  });

  it("compares at least 2,000 valid programs and 100 faulty ones", () => {
    expect(report.agreed).to.be.at.least(2000);
    expect(report.rejected).to.be.at.least(100);
  });

  it("exercises every feature in at least five programs", () => {
    const rare = [...report.features].filter(([, count]) => count < 5);
    expect(rare).to.deep.equal([]);
  });
});

describe("the comparison with gcc", () => {
  const compareFaulty = (
    shrinkSteps: number,
    fault: (answer: Candidate) => Candidate,
  ): Promise<DifferentialReport> =>
    runDifferential({
      cases: 100,
      seed: 1,
      show: shrinkSteps > 0 ? 1 : 100,
      shrinkSteps,
      compile: (program, headers) => {
        const answer = compileWithCellc(program, headers);
        return /\bunion\b/.test(program.main) ? fault(answer) : answer;
      },
    });

  before(requireToolchain);

  it("finds a compiler that gets one byte wrong, and shows a small program", async () => {
    const report = await compareFaulty(300, (answer) => {
      if (!answer.accepted) return answer;
      for (const object of answer.objects) object.bytes[object.bytes.length - 1]! ^= 1;
      return answer;
    });
    expect(report.mismatches.length).to.be.at.least(1);
    const { message } = report.mismatches[0]!;
    expect(message).to.match(/^seed 1, case \d+: .*first difference at byte \d+\n {2}gcc: .*\n {2}cellc: /);
    expect(message).to.match(/smallest program:\n[\s\S]*---- main\.c\n[\s\S]{0,1200}$/);
  }).timeout(300_000);

  it("finds a compiler that accepts everything, and one that rejects too much", async () => {
    const lenient = await compareFaulty(0, (answer) =>
      answer.accepted ? answer : { accepted: true, objects: [] },
    );
    expect(lenient.mismatches.map(({ message }) => message).join()).to.include(
      "cellc accepts what gcc rejects",
    );
    const strict = await compareFaulty(0, () => ({ accepted: false, errors: [] }));
    expect(strict.mismatches.map(({ message }) => message).join()).to.include(
      "cellc rejects what gcc accepts",
    );
  }).timeout(300_000);

  it("finds a compiler that puts objects elsewhere, and one that keeps what is not there", async () => {
    const elsewhere = await compareFaulty(0, (answer) =>
      answer.accepted
        ? { ...answer, objects: answer.objects.map((object) => ({ ...object, section: ".data.rel" })) }
        : answer,
    );
    expect(elsewhere.mismatches.map(({ message }) => message).join()).to.include("cellc's .data.rel");
    const keeping = await compareFaulty(0, (answer) =>
      answer.accepted ? { ...answer, objects: [...answer.objects, ...answer.objects.slice(0, 1)] } : answer,
    );
    expect(keeping.mismatches.map(({ message }) => message).join()).to.include("gcc has the objects");
  }).timeout(300_000);

  it("finds a compiler that crashes", async () => {
    const report = await compareFaulty(0, () => {
      throw new RangeError("too deep");
    });
    expect(report.mismatches[0]!.message).to.include("cellc throws: RangeError: too deep");
  }).timeout(300_000);
});

describe("the generator of random configs", () => {
  const describeAll = (seed: number): string[] =>
    fc.sample(anyCase, { seed, numRuns: 30 }).map((entry) => describeProgram(entry.program));

  it("makes the same programs from the same seed, others from another", () => {
    expect(describeAll(7)).to.deep.equal(describeAll(7));
    expect(describeAll(7)).not.to.deep.equal(describeAll(8));
  });

  it("replays the program of a path, as the report of a mismatch needs it", () => {
    const wanted = describeAll(7)[12]!;
    const seen: string[] = [];
    fc.check(
      fc.property(anyCase, (entry) => {
        seen.push(describeProgram(entry.program));
      }),
      { seed: 7, path: "12", numRuns: 1 },
    );
    expect(seen).to.deep.equal([wanted]);
  });

  it("shrinks to the smallest program that still shows a fault", () => {
    const result = fc.check(
      fc.property(anyCase, (entry) => !entry.program.main.includes("union")),
      { seed: 3, numRuns: 500 },
    );
    expect(result.failed).to.equal(true);
    expect(result.counterexample![0].program.main.length).to.be.lessThan(400);
  });
});

describe("the comparison of two byte strings", () => {
  it("names the first byte that differs", () => {
    const left = Uint8Array.of(1, 2, 3, 4);
    expect(firstDifference(left, Uint8Array.of(1, 2, 3, 4))).to.equal(null);
    expect(firstDifference(left, Uint8Array.of(1, 2, 9, 4))).to.match(
      /^first difference at byte 2\n.*01020304\n.*01020904$/,
    );
    expect(firstDifference(left, Uint8Array.of(1, 2, 3))).to.match(/^first difference at byte 3\n/);
  });
});
