/**
 * $ cellc fmt --check machine.jail cells/*.jail
 * cells/inmate.jail
 * $ cellc fmt cells/inmate.jail
 * cells/inmate.jail
 */

import { decodeText, encodeText } from "../../../schema/text.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { format } from "../../dsl/format/format.js";
import { SourceFile } from "../../support/source.js";
import { type Command, formatOption, quietOption } from "../command.js";
import { type Context, exitFindings, exitSuccess } from "../context.js";
import { outputLine } from "../output-line.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { reportWithRemedies } from "../report-with-remedies.js";

export const fmtCommand: Command = {
  name: "fmt",
  operands: "FILE...",
  minimumOperands: 1,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Writes files of the cell language in their canonical form: one statement a line, what belongs together in columns. Words and comments stay as they are, so the bytes of a build never change. `-` formats standard input to standard output. A file with mistakes is refused, and then no file is written.",
  options: [
    {
      key: "check",
      flags: ["--check"],
      help: "Write nothing; list the files that would change, with exit status 1 if there are any",
    },
    {
      key: "stdin-name",
      flags: ["--stdin-name"],
      value: "NAME",
      help: "What to call standard input (`-`) in messages",
    },
    formatOption(["text", "json"], "json: one object with files and diagnostics on standard output"),
    { ...quietOption, help: "No line per file" },
  ],
  examples: [
    { command: "cellc fmt machine.jail", explanation: "rewrites the file, if it is not canonical yet" },
    { command: "cellc fmt --check *.jail", explanation: "for CI: fails and lists what is not canonical" },
    { command: "cellc fmt - < machine.jail", explanation: "for editors: the text to standard output" },
  ],
  run: fmt,
};

interface Formatted {
  /** As it was given; the name of standard input for `-`. */
  readonly path: string;
  readonly text: string;
  readonly changed: boolean;
}

async function fmt(args: ParsedArguments, context: Context): Promise<number> {
  const inputs = [...new Set(args.operands)];
  const fromStdin = inputs.includes("-");
  if (fromStdin && args.operands.length > 1) {
    context.usage("standard input is formatted alone", "name either `-` or files");
    return exitSuccess;
  }
  const findings: Diagnostic[] = [];
  const files = inputs.flatMap((input) => formattedFile(input, args, context, findings) ?? []);
  await reportWithRemedies(findings, context);
  const changed = files.filter((file) => file.changed);
  const isCheck = args.has("check");
  const done = !context.failed && (isCheck || fromStdin || written(changed, context));
  await show(files, done, args, context);
  return isCheck && changed.length > 0 ? exitFindings : exitSuccess;
}

/** @param findings takes what is wrong with the text */
function formattedFile(
  input: string,
  args: ParsedArguments,
  context: Context,
  findings: Diagnostic[],
): Formatted | undefined {
  const path = input === "-" ? (args.value("stdin-name") ?? "<stdin>") : input;
  const bytes = context.read(input === "-" ? context.io.readStdin() : context.host.readBytes(input));
  if (bytes === undefined) return undefined;
  const before = decodeText(bytes);
  const text = format(new SourceFile(path, before), (finding) => findings.push(finding));
  return text === undefined ? undefined : { path, text, changed: text !== before };
}

/** All or none, each in one step. */
function written(files: readonly Formatted[], context: Context): boolean {
  const outputs = files.map(({ path, text }) => ({ path, bytes: encodeText(text), isSource: true as const }));
  return context.written(
    context.host.writeAll(outputs),
    "allow writing, as with `chmod +w`, or take the text from standard output: `cellc fmt - < FILE`",
  );
}

async function show(
  files: readonly Formatted[],
  done: boolean,
  args: ParsedArguments,
  context: Context,
): Promise<void> {
  const toStdout = args.operands[0] === "-" && !args.has("check");
  if (args.value("format") === "json") {
    context.takeOverFindings();
    const { findingsToJson } = await import("../../diagnostics/json.js");
    const told = files.map(({ path, text, changed }) => ({ path, changed, ...(toStdout ? { text } : {}) }));
    const findings = findingsToJson(context.reporter.findings());
    context.print(`${JSON.stringify({ ...findings, files: done ? told : [] }, null, 2)}\n`);
  } else if (done && toStdout) context.print(encodeText(files.map(({ text }) => text).join("")));
  else if (done && !args.has("quiet")) {
    const lines = files.filter(({ changed }) => changed).map(({ path }) => outputLine(path));
    context.print(lines.join(""));
  }
}
