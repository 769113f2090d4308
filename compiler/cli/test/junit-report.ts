import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { placeToJson } from "./place.js";
import type { CheckResult, ScenarioResult } from "./result.js";

/** As build servers read it: a suite for each scenario, a case for each of its lines. */
export function testsToJunit(results: readonly ScenarioResult[]): string {
  const suites = results.flatMap(suiteLines);
  const counts = countsOf(results.flatMap(({ checks }) => checks));
  const time = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cellc" ${counts} time="${seconds(time)}">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteLines({
  machine,
  title,
  checks,
  consoleLines,
  milliseconds,
}: ScenarioResult): readonly string[] {
  const name = escaped(`${machine}, ${title}`);
  return [
    `  <testsuite name="${name}" ${countsOf(checks)} errors="0" time="${seconds(milliseconds)}">`,
    ...checks.flatMap((check) => caseLines(check, name)),
    ...(consoleLines.length === 0
      ? []
      : [`    <system-out>${escaped(consoleLines.join("\n"))}</system-out>`]),
    "  </testsuite>",
  ];
}

function caseLines({ text, place, problems }: CheckResult, suite: string): readonly string[] {
  const at = place === null ? null : placeToJson(place);
  const where = at === null ? "" : ` file="${escaped(at.file)}" line="${at.line}"`;
  const head = `    <testcase classname="${suite}" name="${escaped(text)}"${where}`;
  if (problems.length === 0) return [`${head}/>`];
  return [`${head}>`, ...problems.map(failureLine), "    </testcase>"];
}

function failureLine({ id, message, notes, help }: Diagnostic): string {
  const rest = [...notes.map((note) => note.message), ...(help === undefined ? [] : [`help: ${help}`])];
  return `      <failure type="${id}" message="${escaped(message)}">${escaped(rest.join("\n"))}</failure>`;
}

function countsOf(checks: readonly CheckResult[]): string {
  const failed = checks.filter(({ problems }) => problems.length > 0).length;
  return `tests="${checks.length}" failures="${failed}"`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML has no place for is left out: controls, single halves of pairs, and the last two code points of the plane. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"]/g, (each) => entities[each]!)
    .replaceAll("\r", "&#13;");
}
