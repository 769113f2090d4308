import { readAcceptCases } from "./accept-cases.js";
import type { RecordedCase } from "./recorded-case.js";
import { readRunningCases } from "./running-cases.js";

let known: readonly RecordedCase[] | undefined;

/** All recorded cases, those of `accept` first, each in the order of its recording. */
export function recordedCases(): readonly RecordedCase[] {
  known ??= [...readAcceptCases(), ...readRunningCases()];
  return known;
}
