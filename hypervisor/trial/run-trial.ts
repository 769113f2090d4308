import { Attempts, NotReady } from "./attempts.js";
import { judgeExpectation, judgePolicy } from "./judge.js";
import { playTrace } from "./play-trace.js";
import type { Outcome, TrialRequest } from "./request.js";
import { type StepFailure, TrialMachine, type TrialSetup } from "./trial-machine.js";

/** What came of a scenario. */
export interface TrialReport {
  /** Why it did not get as far as its accesses; the outcomes are those of what was tried by then. */
  readonly failure: StepFailure | null;
  /** In the order of the request. */
  readonly policies: readonly Outcome[];
  readonly expectations: readonly Outcome[];
  readonly runs: readonly Outcome[];
  /** What the hypervisor has printed last, where something went wrong. */
  readonly consoleLines: readonly string[];
}

/** Lines of the console that are told in the end. */
const toldLines = 20;

/**
 * Runs a scenario: enables the hypervisor with the bytes of the system, creates the cells, loads and starts each in its turn,
 * and tries what is asked for. Traces come first, on cells as they have been started.
 */
export function runTrial(setup: TrialSetup, request: TrialRequest): TrialReport {
  const attempts = new Attempts(setup);
  const [policies, expectations, runs]: [Outcome[], Outcome[], Outcome[]] = [[], [], []];
  const report = (failure: StepFailure | null): TrialReport => {
    const isWrong = [...policies, ...expectations, ...runs].some(({ misses }) => misses.length > 0);
    const consoleLines = failure?.consoleLines ?? (isWrong ? attempts.lastLines(toldLines) : []);
    return { failure, policies, expectations, runs, consoleLines };
  };
  try {
    void attempts.machine;
    for (const run of request.runs) {
      runs.push(playTrace(run, attempts));
    }
    for (const expectation of request.expectations)
      expectations.push(judgeExpectation(expectation, attempts));
    for (const policy of request.policies) policies.push(judgePolicy(policy, attempts));
    return report(null);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    return report(error.failure);
  }
}

/** Creates, loads, starts and destroys all cells of a setup, and switches the hypervisor off again. @returns what fails first */
export function runLife(setup: TrialSetup): StepFailure | null {
  const machine = new TrialMachine(setup);
  let failure = machine.prepare();
  for (const index of setup.cells.keys()) failure ??= machine.destroy(index);
  return failure ?? machine.disable();
}
