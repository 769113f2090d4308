import type { Diagnostic, Report } from "../../diagnostics/diagnostic.js";
import type { Reporter } from "../../diagnostics/reporter.js";

/** Findings of the C reader by the rules that say the same of what it made, with what the machine does about it. */
const saidByReader: Readonly<Record<string, string>> = { "name-unterminated": "c-string-too-long" };

/** A finding in the place of what the reader of the source has said about the same mistake. */
export function reportOnce(finding: Diagnostic, report: Report, reporter: Reporter): void {
  const said = saidByReader[finding.id];
  if (said !== undefined && finding.primary !== undefined) reporter.withdraw(said, finding.primary.place);
  report(finding);
}
