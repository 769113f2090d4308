import type { Rule } from "../../check/define-rule.js";
import { allowingOfRule, consequencesOfRule, helpOfRule, kindOfRule } from "../../check/describe-rule.js";
import { printable } from "../../diagnostics/render-text.js";

/** A rule as `cellc explain` shows it. */
export function ruleText(rule: Rule): string {
  const { id, title, statement, explanation, example, sources } = rule;
  const happens = consequencesOfRule(rule).flatMap(({ when, what, text }) => [
    `  ${when}: ${what}`,
    `    ${text}`,
  ]);
  const board = example.board === undefined ? [] : ["", "on a board with", "", ...indented(example.board)];
  const lines = [
    `${id} (${kindOfRule(rule).join("; ")})`,
    "",
    `${title}. ${statement}`,
    "",
    explanation,
    "",
    "What happens otherwise:",
    "",
    ...happens,
    "",
    `Wrong is, for example${example.together === true ? ", where both cells run" : ""},`,
    "",
    ...indented(example.wrong),
    ...board,
    "",
    "Right is",
    "",
    ...indented(example.right),
    "",
    `What to do: ${helpOfRule(rule)}`,
    "",
    allowingOfRule(rule),
    "",
    `In upstream's code: ${sources.join(", ")}`,
  ];
  return `${lines.join("\n")}\n`;
}

function indented(code: string): readonly string[] {
  return code
    .trimEnd()
    .split("\n")
    .map((line) => printable(`  ${line}`));
}
