import { basename } from "node:path";
import type { Finding } from "../../check/run.js";
import type { Context } from "../context.js";
import type { ParsedArguments } from "../parse-arguments.js";
import type { CheckResult } from "./check-set.js";
import type { Checked, CheckedInputs } from "./check-sets.js";
import type { MadeFix } from "./fixing/make-fixes.js";
import type { LoadAndCheck } from "./fixing/trial.js";
import { reportOnce } from "./report-once.js";
import { diagnosticsOf } from "./sources-of-set.js";

/** With the fixes that can be offered: where there are none, what makes them is not loaded. */
export async function reportWithFixes(
  checked: Checked,
  args: ParsedArguments,
  context: Context,
  loadAndCheck: LoadAndCheck,
): Promise<void> {
  const { loadedSet, result } = checked;
  const shown = result.findings.filter(isShownWith(args));
  if (shown.every(({ fixes }) => fixes.length === 0)) return reportChecked(result, loadedSet, args, context);
  const { offeredFixes } = await import("./fixing/offer-fixes.js");
  const fixes = await offeredFixes(checked, shown, context, loadAndCheck);
  const diagnostics = diagnosticsOf(result.findings, loadedSet.loaded, fixes);
  return reportChecked({ ...result, diagnostics }, loadedSet, args, context);
}

/** Notes are for those who ask for them. */
export function isShownWith(args: ParsedArguments): (finding: Finding) => boolean {
  return ({ severity }) => severity !== "info" || args.has("info");
}

/** Puts the findings where the command line wants them: text to standard error, other formats to standard output. */
export async function reportChecked(
  result: CheckResult,
  loadedSet: CheckedInputs,
  args: ParsedArguments,
  context: Context,
  made: readonly MadeFix[] | null = null,
): Promise<void> {
  const { reporter } = context;
  const notes = result.diagnostics.filter(({ severity }) => severity === "note").length;
  reportFindings(result, args, context);
  const { suppressed } = result;
  if (await printedForTools({ suppressed, loaded: loadedSet.loaded, made }, args, context)) return;
  if (args.has("quiet")) return;
  const counts = [counted(reporter.errors, "error"), counted(reporter.warnings, "warning")];
  const [shown, hidden] = args.has("info") ? [notes, 0] : [0, notes];
  const found = [...counts, counted(shown, "note")].filter((each) => !each.startsWith("0 "));
  context.print(summary(loadedSet.sets, found, hidden, suppressed.length + result.leftOut));
}

/** Tools get their format also where there is nothing to check: what is wrong with the inputs is in it. */
export async function reportUnchecked(args: ParsedArguments, context: Context): Promise<void> {
  await printedForTools({ suppressed: [], loaded: new Map(), made: null }, args, context);
}

export interface ForTools {
  readonly suppressed: CheckResult["suppressed"];
  readonly loaded: CheckedInputs["loaded"];
  readonly made: readonly MadeFix[] | null;
}

/** False for text, which is shown otherwise. */
export async function printedForTools(
  { suppressed, loaded, made }: ForTools,
  args: ParsedArguments,
  context: Context,
): Promise<boolean> {
  const findings = context.reporter.findings();
  switch (args.value("format") ?? "text") {
    case "json": {
      const { diagnosticToJson, findingsToJson } = await import("../../diagnostics/json.js");
      const allowed = suppressed.map(({ diagnostic, reason }) => ({
        ...diagnosticToJson(diagnostic),
        reason,
      }));
      const fixed = made === null ? {} : { fixed: made };
      const document = { ...findingsToJson(findings), suppressed: allowed, ...fixed };
      context.print(`${JSON.stringify(document, null, 2)}\n`);
      break;
    }
    case "sarif": {
      const { sarifText } = await import("./sarif-text.js");
      context.print(sarifText(findings, suppressed, loaded, context));
      break;
    }
    case "github": {
      const { findingsToGithub } = await import("../../diagnostics/github.js");
      context.print(findingsToGithub(findings));
      break;
    }
    default:
      return false;
  }
  context.takeOverFindings();
  return true;
}

export function reportFindings(
  { problems, diagnostics }: CheckResult,
  args: ParsedArguments,
  { reporter }: Context,
): void {
  for (const problem of problems) reporter.report(problem);
  for (const diagnostic of diagnostics)
    if (diagnostic.severity !== "note" || args.has("info")) reportOnce(diagnostic, reporter.report, reporter);
}

/** `checked system "pc" and 2 cells: 1 error, 2 warnings` */
function summary(
  sets: CheckedInputs["sets"],
  found: readonly string[],
  hidden: number,
  allowed: number,
): string {
  const what = sets.map(machineText).join("; ");
  const more = [
    ...(allowed === 0 ? [] : [`${counted(allowed, "finding")} allowed`]),
    ...(hidden === 0
      ? []
      : [`${counted(hidden, "note")} hidden, \`--info\` shows ${hidden === 1 ? "it" : "them"}`]),
  ].join("; ");
  return `checked ${what}: ${found.length === 0 ? "nothing found" : found.join(", ")}${more === "" ? "" : ` (${more})`}\n`;
}

function machineText({ system, cells }: CheckedInputs["sets"][number]): string {
  return [
    ...(system === null ? [] : [`system ${JSON.stringify(system.cell.name || basename(system.facts.file))}`]),
    ...(cells.length === 0 ? [] : [counted(cells.length, "cell")]),
  ].join(" and ");
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
