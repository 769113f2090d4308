import { expect } from "chai";
import { baseConfigs } from "../../oracle/base-configs.js";
import type { RecordedCase, RecordedStep } from "../../oracle/recorded-case.js";
import { readRecords } from "../../oracle/recorded-maps.js";
import { readRunningCases } from "../../oracle/running-cases.js";
import { arm64Deviations } from "./arm64-deviations.js";
import { RunningCase, returnOf } from "./arm64-running.js";

/** Lines that the hypervisor prints when it is managed; others are those of inmates and of what they do wrong. */
const ofManagement = [
  /^(Initializing (Jailhouse|processors|unit)|Code location|Page pool usage|Activating|Shutting down|Adding|Removing|Shared memory|Created)/,
  /^( CPU \d+\.\.\. |FAILED$| Releasing CPU | "|Cell "|Started cell|Closing cell|Timeout expired|GIC: |ARM MMU500|ERROR: PVU)/,
  /^(FATAL: Unhandled HYP exception: synchronous abort from EL2|Hypervisor stack before exception Stopping)/,
];

/** How the recorder's hypervisor told of a fault of its own. */
const ofFault = /^(FATAL: Unhandled HYP exception|Hypervisor stack before exception)/;

/** Where an inmate says too much, the recording goes without the rest, and that of the hypervisor. */
const leftOut = /^\.\.\. \d+ more lines of the same kind$/;

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
    const reason = arm64Deviations.get(recorded.id.replace("running/", ""));
    const again = reason === undefined ? "" : ` (deviates: ${reason})`;
    it(`${recorded.id}: ${recorded.description}${again}`, () => {
      const playing = (): void => play(recorded, pools.get(recorded.id));
      if (reason === undefined) playing();
      else expect(playing).to.throw();
    });
  }
});

function play(recorded: RecordedCase, before: readonly number[] | undefined): void {
  const played = new RunningCase(recorded);
  const first = recorded.steps.find(({ name }) => name !== "run");
  const begins = first?.name === "enable" && (first.outcome !== "EBUSY" || first.console.length > 0);
  if (!begins) {
    played.begin(baseConfigs().get("qemu-arm64-linux-demo")!, before?.[0] === 145);
    if (before !== undefined) expect(played.pages, "pages before").to.deep.equal(before);
  }
  for (const [number, step] of recorded.steps.entries()) {
    const what = `step ${number}: ${step.what}`;
    const { result, lines } = played.play(step);
    const said = [...played.lost, ...lines];
    played.lost = [];
    if (result !== "not asked") compareResult(step, result, what);
    if (step.name !== "run") compareLines(step, said, linesOf(recorded, number), result, what);
    if (played.isOver || !hasReturned(step)) return;
  }
}

/** A start that has gone well has its lines with those of what follows. */
function linesOf({ steps }: RecordedCase, number: number): readonly string[] {
  const step = steps[number]!;
  const isSplit = step.name === "start" && step.outcome === "ok";
  return isSplit ? steps[number + 1]!.console : step.console;
}

/** Inmates print on the same line: what the hypervisor says can follow half a line of theirs. */
function unmixed(line: string): string {
  const place = line.search(/(Closing cell|Started cell|Cell) "|Timeout expired while/);
  return place < 0 ? line : line.slice(place);
}

function compareLines(
  { name }: RecordedStep,
  played: readonly string[],
  recorded: readonly string[],
  result: number | string,
  what: string,
): void {
  if (recorded.some((line) => leftOut.test(line))) return;
  const isFault = result === "hypervisor-page-fault" || name === "start";
  // While a CPU tells of its end, others are not heard.
  const isPanic = recorded.some((line) => line.startsWith("Parking CPU "));
  const isHeard = (line: string): boolean =>
    !(isFault && ofFault.test(line)) && !(isPanic && line.startsWith("Started cell"));
  expect(managed(played).filter(isHeard), what).to.deep.equal(managed(recorded.map(unmixed)).filter(isHeard));
}

/** Where the command did not come back, lines alone tell how far the hypervisor has come: Linux may have died afterwards. */
function hasReturned({ outcome }: RecordedStep): boolean {
  return returnOf(outcome) !== null || outcome === "refused" || outcome === "ignored";
}

function compareResult(step: RecordedStep, result: number | string, what: string): void {
  const value = returnOf(step.outcome);
  // The driver copies images when the hypervisor has done its part.
  const isOfDriver = step.name === "load" && result === 0 && step.outcome !== "EPERM";
  if (value !== null && !isOfDriver) expect(result, what).to.equal(value);
}

function managed(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => ofManagement.some((pattern) => pattern.test(line)));
}
