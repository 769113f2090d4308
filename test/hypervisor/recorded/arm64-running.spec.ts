import { expect } from "chai";
import { baseConfigs } from "../../oracle/base-configs.js";
import type { RecordedCase, RecordedStep } from "../../oracle/recorded-case.js";
import { readRecords } from "../../oracle/recorded-maps.js";
import { readRunningCases } from "../../oracle/running-cases.js";
import { RunningCase, valueOf } from "./arm64-running.js";

/** Lines that the hypervisor prints when it is managed; others are those of inmates and of what they do wrong. */
const ofManagement = [
  /^(Initializing|Code location|Page pool usage|Activating|Shutting down|Adding|Removing|Shared memory|Created)/,
  /^( CPU \d+\.\.\. |FAILED$| Releasing CPU | "|Cell "|Started cell|Closing cell|Timeout expired|GIC: |ARM MMU500|ERROR: PVU)/,
  /^(FATAL: Unhandled HYP exception: synchronous abort from EL2|Hypervisor stack before exception Stopping)/,
];

interface PoolRecord {
  readonly set: string;
  readonly id: string;
  readonly pool_before?: readonly number[];
}

describe("lines of ARM64 as the hypervisor was recorded running", () => {
  const pools = new Map(
    readRecords<PoolRecord>("running").map(({ set, id, pool_before }) => [
      `running/${set}/${id}`,
      pool_before,
    ]),
  );
  const cases = readRunningCases().filter(({ machine }) => machine.cpu === "Arm");

  it("covers all cases of Arm", () => {
    expect(cases).to.have.length(326);
  });

  for (const recorded of cases) {
    it(`${recorded.id}: ${recorded.description}`, () => {
      play(recorded, pools.get(recorded.id));
    });
  }
});

function play(recorded: RecordedCase, before: readonly number[] | undefined): void {
  const played = new RunningCase(recorded);
  const begins = recorded.steps.some(({ name }) => name === "enable");
  if (!begins) {
    played.begin(baseConfigs().get("qemu-arm64-inmate-demo")!, before?.[0] === 145);
    if (before !== undefined) expect(played.pages, "pages before").to.deep.equal(before);
  }
  for (const [number, step] of recorded.steps.entries()) {
    const what = `step ${number}: ${step.what}`;
    const { result, lines } = played.play(step);
    const said = [...played.lost, ...lines];
    played.lost = [];
    if (result !== "not asked") compareResult(step, result, what);
    if (step.name !== "run") expect(managed(said), what).to.deep.equal(managed(linesOf(recorded, number)));
    if (played.isOver) return;
  }
}

/** A start that has gone well has its lines with those of what follows. */
function linesOf({ steps }: RecordedCase, number: number): readonly string[] {
  const step = steps[number]!;
  const isSplit = step.name === "start" && step.outcome === "ok";
  return isSplit ? steps[number + 1]!.console : step.console;
}

function compareResult({ outcome }: RecordedStep, result: number | string, what: string): void {
  const value = valueOf(outcome);
  if (value !== null) expect(result, what).to.equal(value);
  else expect(result, what).to.be.a("string");
}

function managed(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => ofManagement.some((pattern) => pattern.test(line)));
}
