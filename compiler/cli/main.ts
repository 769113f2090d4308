/** The command line as a function: everything it touches is handed in. */

import type { ColourChoice } from "../diagnostics/render-colour.js";
import type { Host } from "../support/host.js";
import { nearestName } from "../support/nearest-name.js";
import { commandList } from "./command-list.js";
import { Context, exitSuccess, exitTrouble } from "./context.js";
import type { Io } from "./io.js";
import { parseArguments } from "./parse-arguments.js";
import { version } from "./version.js";

/**
 * Runs one command.
 *
 * @param argv what follows the program's name
 * @returns the exit status: 0 success, 1 findings in the input, 2 wrong usage or files that cannot be read or written
 */
export async function run(argv: readonly string[], host: Host, io: Io): Promise<number> {
  const [name, ...rest] = argv;
  const context = new Context(host, io);
  if (name === "--version" || name === "-V") {
    context.print(`cellc ${version}\n`);
    return finish(context, "text", "auto", exitSuccess);
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    return help(name === undefined, rest[0], context);
  }
  const entry = commandList.find((each) => each.name === name);
  if (entry === undefined) return unknownCommand(name, context);

  const command = await entry.load();
  const parsed = parseArguments(command, rest);
  if (!parsed.ok) {
    context.usage(parsed.mistake.message, parsed.mistake.help);
    return finish(context, asksForJson(rest) ? "json" : "text", "auto", exitTrouble);
  }
  const args = standardOutput.has(parsed.value.value("output") ?? "")
    ? parsed.value.replaced("output", "-")
    : parsed.value;
  if (args.has("help")) {
    const { commandHelp } = await import("./help.js");
    context.print(commandHelp(command));
    return finish(context, "text", "auto", exitSuccess);
  }
  const status = await command.run(args, context);
  const colour = (args.value("color") ?? "auto") as ColourChoice;
  return finish(context, args.value("format") === "json" ? "json" : "text", colour, status);
}

/** Names of standard output as a file: what is said about the outputs must not be written among their bytes. */
const standardOutput: ReadonlySet<string> = new Set(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]);

/** A tool that asks for JSON gets it also where the rest of its command line is wrong. */
function asksForJson(argv: readonly string[]): boolean {
  const at = argv.indexOf("--format");
  return argv.includes("--format=json") || (at >= 0 && argv[at + 1] === "json");
}

async function finish(
  context: Context,
  format: "text" | "json",
  colour: ColourChoice,
  status: number,
): Promise<number> {
  await context.showFindings(format, colour);
  return context.exitStatus(status);
}

async function help(asMistake: boolean, topic: string | undefined, context: Context): Promise<number> {
  const { commandHelp, overview } = await import("./help.js");
  if (asMistake) {
    context.io.writeError(overview());
    return exitTrouble;
  }
  if (topic === undefined) {
    context.print(overview());
    return finish(context, "text", "auto", exitSuccess);
  }
  const entry = commandList.find((each) => each.name === topic);
  if (entry === undefined) return unknownCommand(topic, context);
  context.print(commandHelp(await entry.load()));
  return finish(context, "text", "auto", exitSuccess);
}

function unknownCommand(name: string, context: Context): Promise<number> {
  const isOption = name.startsWith("-");
  const near = nearestName(name, isOption ? ["--help", "--version"] : commandList.map((each) => each.name));
  const what = isOption ? "option" : "command";
  const help = near === undefined ? "`cellc --help` lists the commands" : `did you mean \`cellc ${near}\`?`;
  context.usage(`unknown ${what} \`${name}\``, help);
  return finish(context, "text", "auto", exitTrouble);
}
