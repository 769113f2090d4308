import { helpOfRule } from "../../check/describe-rule.js";
import { allRules } from "../../check/registry.js";
import { allExplanations } from "../../diagnostics/explain.js";
import type { Findings } from "../../diagnostics/reporter.js";
import { findingsToSarif, type RuleDescription } from "../../diagnostics/sarif.js";
import type { Context } from "../context.js";
import { diagnosticTables } from "../diagnostic-tables.js";
import { version } from "../version.js";
import type { CheckResult } from "./check-set.js";
import type { LoadedSet } from "./load-set.js";

/** All findings as a SARIF log, rules described as `cellc explain` does. */
export function sarifText(
  findings: Findings,
  suppressed: CheckResult["suppressed"],
  loaded: LoadedSet["loaded"],
  context: Context,
): string {
  const log = findingsToSarif(findings, {
    version,
    describe,
    suppressed,
    sourceRoot: context.host.cwd(),
    inputs: [...new Set([...loaded.values()].map(({ file }) => file))],
    executionSuccessful: !context.hasTrouble,
  });
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describe(id: string): RuleDescription | undefined {
  const rule = allRules.find((each) => each.id === id);
  if (rule !== undefined) {
    const { statement, explanation, severity, family } = rule;
    return {
      short: statement,
      full: explanation,
      help: helpOfRule(rule),
      level: severity === "info" ? "note" : severity,
      tags: [family],
    };
  }
  const explained = allExplanations(diagnosticTables).get(id);
  if (explained === undefined) return undefined;
  const { why, help, message, severity } = explained;
  return { short: why ?? message, level: severity, ...(help === undefined ? {} : { help }) };
}
