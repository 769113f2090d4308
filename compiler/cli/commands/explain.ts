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

import { allExplanations, type Explanation } from "../../diagnostics/explain.js";
import { printable } from "../../diagnostics/render-text.js";
import { nearestName } from "../../support/nearest-name.js";
import { type Command, formatOption } from "../command.js";
import type { Context } from "../context.js";
import { diagnosticTables } from "../diagnostic-tables.js";
import { cliMessages } from "../messages.js";
import type { ParsedArguments } from "../parse-arguments.js";

export const explainCommand: Command = {
  name: "explain",
  operands: "[ID]...",
  minimumOperands: 0,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Says what a diagnostic means: its id stands in brackets, as in `error[ID]: ...`. Without ID, lists all.",
  options: [formatOption(["text", "json"], "json: for tools")],
  examples: [
    { command: "cellc explain outputs-collide", explanation: "what `error[outputs-collide]` is about" },
    { command: "cellc explain --format json", explanation: "all of them, for tools" },
  ],
  run: explain,
};

function explain(args: ParsedArguments, context: Context): number {
  const all = allExplanations(diagnosticTables);
  const asked = args.operands.map(bareId);
  for (const id of asked) {
    if (all.has(id)) continue;
    context.trouble(cliMessages["diagnostic-unknown"]({ id, near: nearestName(id, all.keys()) }));
  }
  if (context.failed) return 0;
  const chosen = asked.length === 0 ? [...all.values()] : asked.map((id) => all.get(id)!);
  if (args.value("format") === "json") {
    context.print(`${JSON.stringify(asked.length === 1 ? chosen[0] : chosen, null, 2)}\n`);
  } else if (asked.length === 0) {
    const widest = Math.max(...chosen.map(({ id }) => id.length));
    const lines = chosen.map(
      ({ id, severity, message }) => `${id.padEnd(widest)}  ${severity.padEnd(7)}  ${message}\n`,
    );
    context.print(lines.join(""));
  } else context.print(chosen.map(text).join("\n"));
  return 0;
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
