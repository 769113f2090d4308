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
  operands: "[ID]",
  minimumOperands: 0,
  maximumOperands: 1,
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
  const [id] = args.operands;
  const chosen = id === undefined ? [...all.values()] : [all.get(id)].filter((found) => found !== undefined);
  if (id !== undefined && chosen.length === 0) {
    context.trouble(cliMessages["diagnostic-unknown"]({ id, near: nearestName(id, all.keys()) }));
    return 0;
  }
  if (args.value("format") === "json") {
    context.print(`${JSON.stringify(id === undefined ? chosen : chosen[0], null, 2)}\n`);
  } else if (id === undefined) {
    const widest = Math.max(...chosen.map((each) => each.id.length));
    context.print(
      chosen
        .map((each) => `${each.id.padEnd(widest)}  ${each.severity.padEnd(7)}  ${each.message}\n`)
        .join(""),
    );
  } else context.print(chosen.map(text).join(""));
  return 0;
}

function text({ id, severity, message, code, why, help }: Explanation): string {
  const lines = [`${id} (${severity})`, ""];
  if (code === undefined) lines.push(`For example: ${message}`);
  else lines.push("For example, in", "", ...indented(code), "", `  ${severity}: ${message}`);
  return `${[...lines, "", `Why it matters: ${why}`, "", `What to do: ${help}`].join("\n")}\n`;
}

function indented(code: string): readonly string[] {
  return code.split("\n").map((line) => printable(`  ${line}`.replaceAll("\t", "    ")));
}
