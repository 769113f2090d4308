/**
 * $ cellc explain c-missing-dot
 * c-missing-dot (error)
 *
 * For example, in
 *
 *   struct { int size; } config = { size = 1 };
 *
 *   error: `size =` names no member: the dot is missing
 */

import type { Rule } from "../../check/define-rule.js";
import { allRules } from "../../check/registry.js";
import { allExplanations, type Explanation } from "../../diagnostics/explain.js";
import { printable } from "../../diagnostics/render-text.js";
import { nearestName } from "../../support/nearest-name.js";
import { type Command, formatOption } from "../command.js";
import type { Context } from "../context.js";
import { diagnosticTables } from "../diagnostic-tables.js";
import { cliMessages } from "../messages.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { ruleText } from "../show/rule-text.js";

export const explainCommand: Command = {
  name: "explain",
  operands: "[ID]...",
  minimumOperands: 0,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Says what a diagnostic means, or a rule of `cellc check`: its id stands in brackets, as in `error[ID]: ...`. Without ID, lists all.",
  options: [formatOption(["text", "json"], "json: for tools")],
  examples: [
    { command: "cellc explain outputs-collide", explanation: "what `error[outputs-collide]` is about" },
    { command: "cellc explain --format json", explanation: "all of them, for tools" },
  ],
  run: explain,
};

function explain(args: ParsedArguments, context: Context): number {
  const entries = new Map<string, Entry>(allRules.map((rule) => [rule.id, entryOfRule(rule)]));
  for (const explanation of allExplanations(diagnosticTables).values())
    entries.set(explanation.id, entryOfDiagnostic(explanation));
  const asked = args.operands.map(bareId);
  for (const id of asked) {
    if (entries.has(id)) continue;
    context.trouble(cliMessages["diagnostic-unknown"]({ id, near: nearestName(id, entries.keys()) }));
  }
  if (context.failed) return 0;
  const sorted = [...entries.keys()].sort();
  const chosen = (asked.length === 0 ? sorted : asked).map((id) => entries.get(id)!);
  if (args.value("format") === "json") {
    const documents = chosen.map(({ document }) => document);
    context.print(`${JSON.stringify(asked.length === 1 ? documents[0] : documents, null, 2)}\n`);
  } else if (asked.length === 0) {
    const widest = Math.max(...sorted.map((id) => id.length));
    const lines = chosen.map(
      ({ id, severity, summary }) => `${id.padEnd(widest)}  ${severity.padEnd(7)}  ${summary}\n`,
    );
    context.print(lines.join(""));
  } else context.print(chosen.map(({ text }) => text()).join("\n"));
  return 0;
}

/** A diagnostic or a rule, as it is listed, shown and handed to tools. */
interface Entry {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly document: unknown;
  readonly text: () => string;
}

function entryOfDiagnostic(explanation: Explanation): Entry {
  const { id, severity, message } = explanation;
  return { id, severity, summary: message, document: explanation, text: () => text(explanation) };
}

function entryOfRule(rule: Rule): Entry {
  const { id, severity, statement } = rule;
  const { find, ...document } = rule;
  return { id, severity, summary: statement, document, text: () => ruleText(rule) };
}

/** `c-unclosed` of `error[c-unclosed]`, as it is copied from a message. */
function bareId(text: string): string {
  return /\[([\w-]+)\]/.exec(text)?.[1] ?? text;
}

function text({ id, severity, message, code, right, why, help }: Explanation): string {
  const lines = [`${id} (${severity})`, ""];
  if (code === undefined) lines.push(`For example: ${message}`);
  else lines.push("For example, in", "", ...indented(code), "", `  ${severity}: ${message}`);
  if (right !== undefined) lines.push("", "Right is, for example,", "", ...indented(right));
  return `${[...lines, "", `Why it matters: ${why}`, "", `What to do: ${help}`].join("\n")}\n`;
}

function indented(code: string): readonly string[] {
  return code.split("\n").map((line) => printable(`  ${line}`.replaceAll("\t", "    ")));
}
