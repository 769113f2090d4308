/**
 * $ cellc expand machine.jail
 * 2 cells, r14.1
 * ...
 * $ cellc expand machine.jail --lock
 * machine.jail.lock
 */

import path from "node:path";
import { decodeText, encodeText } from "../../../schema/text.js";
import { lockPath } from "../../project/lock-file.js";
import { SourceFile } from "../../support/source.js";
import { type Command, formatOption, profileOption, quietOption } from "../command.js";
import { type CompiledJail, compileJail } from "../compile-jail.js";
import { type Context, exitSuccess } from "../context.js";
import { SourceStore } from "../include-resolver.js";
import { outputLine } from "../output-line.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { Projects, readingOptions, settingsFor } from "../settings.js";
import { type Expansion, expand } from "../show/expansion.js";
import { expansionText } from "../show/expansion-text.js";

const languageOptions: ReadonlySet<string> = new Set(["define", "undefine", "no-project"]);

export const expandCommand: Command = {
  name: "expand",
  operands: "FILE",
  minimumOperands: 1,
  maximumOperands: 1,
  description:
    "Shows what a machine of the cell language says once everything is said: what the compiler chose and why, what becomes of its links, and the lengths of all tables. `-` is standard input.",
  options: [
    {
      key: "lock",
      flags: ["--lock"],
      help: "Show nothing; write what was chosen to FILE.lock, which keeps it where it is",
    },
    profileOption,
    ...readingOptions
      .filter(({ key }) => languageOptions.has(key))
      .map((option) =>
        option.key === "define" ? { ...option, help: "Set an option of the machine" } : option,
      ),
    {
      key: "stdin-name",
      flags: ["--stdin-name"],
      value: "NAME",
      help: "What to call standard input (`-`) in messages; the lock file is that of NAME",
    },
    formatOption(["text", "json"], "json: one object with expansion and diagnostics on standard output"),
    { ...quietOption, help: "With --lock, no line about the file" },
  ],
  examples: [
    { command: "cellc expand machine.jail", explanation: "what was chosen, and why" },
    { command: "cellc expand machine.jail --lock", explanation: "pins it in machine.jail.lock" },
    { command: "cellc expand machine.jail -D board=b --format json", explanation: "for tools" },
  ],
  run: expandMachine,
};

async function expandMachine(args: ParsedArguments, context: Context): Promise<number> {
  const input = args.operands[0]!;
  const isLock = args.has("lock");
  if (isLock && input === "-") {
    context.usage("standard input has no lock file beside it", "name a file");
    return exitSuccess;
  }
  const machine = await compiled(input, args, context);
  const isGood = machine !== undefined && !context.failed;
  const isWritten = isGood && isLock && machine.newLock !== null && written(machine.newLock, context);
  if (args.value("format") === "json") {
    context.takeOverFindings();
    const { findingsToJson } = await import("../../diagnostics/json.js");
    const findings = findingsToJson(context.reporter.findings());
    const expansion: Expansion | null = isGood ? expand(machine) : null;
    const locks = isWritten ? [machine.newLock!.path] : [];
    context.print(`${JSON.stringify({ ...findings, expansion, locks }, null, 2)}\n`);
  } else if (isWritten && !args.has("quiet")) context.print(outputLine(machine.newLock!.path));
  else if (isGood && !isLock) {
    const lock = path.basename(lockPath(machine.files.at(-1)!.path));
    context.print(expansionText(expand(machine), lock));
  }
  return exitSuccess;
}

async function compiled(
  input: string,
  args: ParsedArguments,
  context: Context,
): Promise<CompiledJail | undefined> {
  const { host } = context;
  const store = new SourceStore(host);
  const isStdin = input === "-";
  const directory = isStdin ? "." : path.dirname(input);
  const project = args.has("no-project") ? undefined : await new Projects(context, store).of(directory);
  const settings = context.failed ? undefined : await settingsFor(args, project, context, store);
  if (settings === undefined) return undefined;
  const bytes = context.read(isStdin ? context.io.readStdin() : host.readBytes(input));
  if (bytes === undefined) return undefined;
  const name = isStdin ? (args.value("stdin-name") ?? "<stdin>") : input;
  const source = new SourceFile(name, decodeText(bytes), false, isStdin ? undefined : host.identity(input));
  return compileJail(source, settings, project, context, store);
}

function written({ path: file, text }: NonNullable<CompiledJail["newLock"]>, context: Context): boolean {
  return context.written(context.host.writeAtomically(file, encodeText(text)));
}
