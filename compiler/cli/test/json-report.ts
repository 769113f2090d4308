import { diagnosticToJson } from "../../diagnostics/json.js";
import { placeToJson } from "./place.js";
import type { CheckResult, ScenarioResult } from "./result.js";
import { hasFailed } from "./result.js";

/** What came of all scenarios, as plain data. */
export function testsToJson(results: readonly ScenarioResult[]): object {
  const checks = results.flatMap((each) => each.checks);
  const failed = checks.filter(({ problems }) => problems.length > 0).length;
  return {
    scenarios: results.map((result) => ({
      machine: result.machine,
      name: result.title,
      default: result.isDefault,
      cells: result.cells,
      passed: !hasFailed(result),
      milliseconds: Math.round(result.milliseconds),
      checks: result.checks.map(checkToJson),
      console: result.consoleLines,
    })),
    passed: checks.length - failed,
    failed,
  };
}

function checkToJson({ kind, text, place, tries, problems }: CheckResult): object {
  return {
    kind,
    text,
    ...(place === null ? {} : { place: placeToJson(place) }),
    tries,
    passed: problems.length === 0,
    problems: problems.map(diagnosticToJson),
  };
}
