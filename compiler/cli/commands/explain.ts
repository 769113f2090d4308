/**
 * $ cellc explain profile-unknown
 * profile-unknown (error)
 *   there is no format profile `<name>`
 */

import { type Explanation, explanations } from "../../diagnostics/explain.js";
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
  ],
  run: explain,
};

function explain(args: ParsedArguments, context: Context): number {
  const all = explanations(diagnosticTables);
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

function text({ id, severity, message, why, help }: Explanation): string {
  const lines = [`${id} (${severity})`, `  ${message}`];
  if (why !== undefined) lines.push("", `Why it matters: ${why}`);
  if (help !== undefined) lines.push("", `What to do: ${help}`);
  return `${lines.join("\n")}\n`;
}
