import type { Diagnostic, SourcePlace } from "../../diagnostics/diagnostic.js";

/** One thing that a scenario was asked. */
export interface CheckResult {
  readonly kind: "life" | "assert" | "expect" | "run";
  /** As it is written, in one line; of what is not written, what it is. */
  readonly text: string;
  /** Null for what is not written. */
  readonly place: SourcePlace | null;
  /** Accesses that were tried. */
  readonly tries: number;
  /** Empty where it came out as it should. */
  readonly problems: readonly Diagnostic[];
}

/** What came of a scenario. */
export interface ScenarioResult {
  /** Of the system, as its source calls it. */
  readonly machine: string;
  readonly title: string;
  /** It stands in for scenarios that the machine does not have. */
  readonly isDefault: boolean;
  readonly cells: readonly string[];
  readonly checks: readonly CheckResult[];
  /** The last lines of the hypervisor's console, where something went wrong. */
  readonly consoleLines: readonly string[];
  readonly milliseconds: number;
}

export function hasFailed({ checks }: ScenarioResult): boolean {
  return checks.some(({ problems }) => problems.length > 0);
}
