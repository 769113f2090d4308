import { isExpected, makeAccess } from "../trace/make-access.js";
import type { Outcome as AccessOutcome, TraceStep } from "../trace/trace.js";
import type { Attempts } from "./attempts.js";
import type { Miss, Outcome, TrialRun } from "./request.js";
import type { TrialMachine } from "./trial-machine.js";

/** So many lines that come out otherwise are told; the trace ends then. */
const mostMisses = 8;

/**
 * Plays a trace on the CPUs of a cell, line by line: each line is done before the next one begins. After a line that is
 * denied the cell is started anew, so that the next one finds a CPU; the root cell goes on with what CPUs it has.
 */
export function playTrace({ cell, trace }: TrialRun, attempts: Attempts): Outcome {
  const misses: Miss[] = [];
  let tries = 0;
  const begin = attempts.machine.simulation.scheduler.now;
  for (const step of trace.steps) {
    tries += 1;
    const miss = playStep(step, cell, begin, attempts);
    if (miss === null) continue;
    misses.push({ ...miss, cell, tried: step.text, expected: expectedText(step.expected), line: step.line });
    if (misses.length === mostMisses) break;
  }
  return { tries, misses };
}

type Part = Pick<Miss, "happened" | "consoleLines">;

/** Null where it went as expected. */
function playStep(step: TraceStep, cell: number, begin: number, attempts: Attempts): Part | null {
  const { machine } = attempts;
  waitFor(step, begin, machine);
  const own = machine.cellAt(cell).cpus;
  const cpu = step.cpu ?? machine.cpuOf(cell);
  if (cpu === null) return { happened: "the cell has no CPU left that runs", consoleLines: [] };
  if (!own.has(cpu)) return { happened: `CPU ${cpu} is not one of the cell's`, consoleLines: [] };
  let outcome: AccessOutcome = { kind: "denied" };
  const course = machine.make(cpu, (guest) => {
    outcome = makeAccess(guest, step.access, machine.around);
  });
  const consoleLines = course.kind === "done" || course.kind === "waits" ? [] : course.consoleLines;
  if (course.kind === "parked") attempts.mend(cell);
  if (course.kind === "ended") {
    attempts.forget();
    return { happened: `the machine does not go on: ${course.reason}`, consoleLines };
  }
  if (course.kind === "waits") return { happened: `CPU ${cpu} does not run`, consoleLines };
  return isExpected(outcome, step.expected) ? null : { happened: happenedText(outcome), consoleLines };
}

/** A line that says when it begins. */
function waitFor({ time }: TraceStep, begin: number, machine: TrialMachine): void {
  const { simulation } = machine;
  const left = time === null ? 0 : begin + time - simulation.scheduler.now;
  if (left > 0) simulation.run(left);
}

function happenedText(outcome: AccessOutcome): string {
  switch (outcome.kind) {
    case "ok":
      return "goes through";
    case "denied":
      return "is denied";
    case "value":
      return `gives ${valueText(outcome.value)}`;
  }
}

function expectedText(outcome: AccessOutcome): string {
  switch (outcome.kind) {
    case "ok":
      return "to go through";
    case "denied":
      return "to be denied";
    case "value":
      return `to give ${valueText(outcome.value)}`;
  }
}

function valueText(value: bigint): string {
  return value < 0n ? `${value}` : `0x${value.toString(16)}`;
}
