import type { Context } from "../context.js";
import type { ParsedArguments } from "../parse-arguments.js";
import type { CheckResult } from "./check-set.js";
import type { MadeFix } from "./fixing/make-fixes.js";
import type { Checked, LoadAndCheck } from "./fixing/trial.js";
import type { LoadedSet } from "./load-set.js";
import { diagnosticsOf } from "./sources-of-set.js";

/** With the fixes that can be offered: where there are none, what makes them is not loaded. */
export async function reportWithFixes(
  checked: Checked,
  args: ParsedArguments,
  context: Context,
  loadAndCheck: LoadAndCheck,
): Promise<void> {
  const { loadedSet, result } = checked;
  if (result.findings.every(({ fixes }) => fixes.length === 0))
    return reportChecked(result, loadedSet, args, context);
  const { offeredFixes } = await import("./fixing/offer-fixes.js");
  const fixes = await offeredFixes(checked, context, loadAndCheck);
  const diagnostics = diagnosticsOf(result.findings, loadedSet.loaded, fixes);
  return reportChecked({ ...result, diagnostics }, loadedSet, args, context);
}

/** Puts the findings where the command line wants them: text to standard error, other formats to standard output. */
export async function reportChecked(
  result: CheckResult,
  loadedSet: LoadedSet,
  args: ParsedArguments,
  context: Context,
  made: readonly MadeFix[] | null = null,
): Promise<void> {
  const { reporter } = context;
  const notes = result.diagnostics.filter(({ severity }) => severity === "note").length;
  reportFindings(result, args, context);
  const format = args.value("format") ?? "text";
  if (format === "json") {
    context.takeOverFindings();
    const { diagnosticToJson, findingsToJson } = await import("../../diagnostics/json.js");
    const suppressed = result.suppressed.map(({ diagnostic, reason }) => ({
      ...diagnosticToJson(diagnostic),
      reason,
    }));
    context.print(
      `${JSON.stringify({ ...findingsToJson(reporter.findings()), suppressed, ...(made === null ? {} : { fixed: made }) }, null, 2)}\n`,
    );
    return;
  }
  if (format === "sarif") {
    context.takeOverFindings();
    const { sarifText } = await import("./sarif-text.js");
    context.print(sarifText(result, loadedSet, context));
    return;
  }
  if (format === "github") {
    context.takeOverFindings();
    const { findingsToGithub } = await import("../../diagnostics/github.js");
    context.print(findingsToGithub(reporter.findings()));
    return;
  }
  if (args.has("quiet")) return;
  const hidden = args.has("info") ? 0 : notes;
  context.print(summary(loadedSet.set, reporter.errors, reporter.warnings, hidden, result.suppressed.length));
}

export function reportFindings(
  { problems, diagnostics }: CheckResult,
  args: ParsedArguments,
  { reporter }: Context,
): void {
  for (const problem of problems) reporter.report(problem);
  for (const diagnostic of diagnostics)
    if (diagnostic.severity !== "note" || args.has("info")) reporter.report(diagnostic);
}

/** `checked system "pc" and 2 cells: 1 error, 2 warnings` */
function summary(
  set: LoadedSet["set"],
  errors: number,
  warnings: number,
  hidden: number,
  allowed: number,
): string {
  const { system, cells } = set;
  const what = [
    ...(system === null ? [] : [`system ${JSON.stringify(system.cell.name)}`]),
    ...(cells.length === 0 ? [] : [counted(cells.length, "cell")]),
  ].join(" and ");
  const found = [
    ...(errors === 0 ? [] : [counted(errors, "error")]),
    ...(warnings === 0 ? [] : [counted(warnings, "warning")]),
  ].join(", ");
  const more = [
    ...(allowed === 0 ? [] : [`${counted(allowed, "finding")} allowed`]),
    ...(hidden === 0
      ? []
      : [`${counted(hidden, "note")} hidden, \`--info\` shows ${hidden === 1 ? "it" : "them"}`]),
  ].join("; ");
  return `checked ${what}: ${found === "" ? "nothing found" : found}${more === "" ? "" : ` (${more})`}\n`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
