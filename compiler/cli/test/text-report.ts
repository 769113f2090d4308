import type { CheckResult, ScenarioResult } from "./result.js";

/** A scenario with its lines; what went wrong is told by findings. */
export function scenarioText(result: ScenarioResult, showsTime: boolean): string {
  const { machine, title, isDefault, cells, checks, milliseconds } = result;
  const what = isDefault ? title : `scenario ${title}${cells.length === 0 ? "" : `: ${cells.join(", ")}`}`;
  const time = showsTime ? ` (${(milliseconds / 1000).toFixed(2)} s)` : "";
  return [`${machine}, ${what}${time}`, ...checks.map(checkText), ""].join("\n");
}

function checkText({ text, tries, problems }: CheckResult): string {
  const count = tries === 0 ? "" : ` (${tries} ${tries === 1 ? "try" : "tries"})`;
  return `  ${problems.length === 0 ? "ok  " : "FAIL"}  ${text}${count}`;
}

/** `3 scenarios, 12 checks: 11 passed, 1 failed` */
export function summaryText(results: readonly ScenarioResult[]): string {
  const checks = results.flatMap((each) => each.checks);
  const failed = checks.filter(({ problems }) => problems.length > 0).length;
  const what = results.every(({ isDefault }) => isDefault) ? "default scenario" : "scenario";
  const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? "" : "s"}`;
  const passed = checks.length - failed;
  return `${counted(results.length, what)}, ${counted(checks.length, "check")}: ${passed} passed, ${failed} failed\n`;
}
