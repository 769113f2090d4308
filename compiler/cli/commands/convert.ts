/**
 * $ cellc convert inmate.cell --profile v0.12 -o inmate-0.12.cell
 * inmate-0.12.cell  484 bytes  r13.3
 * $ cellc convert inmate.cell -o inmate.c
 * inmate.c  2391 bytes  r14.1
 */

import path from "node:path";
import type { Profile } from "../../../schema/layout/types.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import { atFile } from "../../diagnostics/diagnostic.js";
import { cellMessages } from "../cell-messages.js";
import { type Command, formatOption, profileOption, quietOption } from "../command.js";
import { type Context, exitTrouble } from "../context.js";
import {
  type ConvertedConfig,
  contentOf,
  formatOfName,
  type OutputFormat,
  outputFormats,
} from "../convert-formats.js";
import { findProfile } from "../find-profile.js";
import { ConfigLoader, type LoadedConfig } from "../load-config.js";
import { cliMessages } from "../messages.js";
import { outputLine } from "../output-line.js";
import { stem } from "../output-names.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { revisedInput } from "../revise-input.js";
import { readingOptions } from "../settings.js";

export const convertCommand: Command = {
  name: "convert",
  operands: "FILE...",
  minimumOperands: 1,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Writes a config (.cell, C, cell language, or a decoded document) as the .cell file of a revision, or as the C source, the text of the cell language or the document that gives the same bytes again. Several configs for one .jail file become one machine: shared memory becomes links, and what the system names is granted by its name. What the revision cannot express is listed, and nothing is written unless --allow-loss says that this is acceptable.",
  options: [
    { ...profileOption, help: "Revision to write; without it, that of the input" },
    {
      key: "output",
      flags: ["-o", "--output"],
      value: "PATH",
      help: "A file, a directory, or `-` for standard output; several inputs go to a directory, or into one .jail file. Default: the input's name with the extension of --to",
    },
    {
      key: "to",
      flags: ["--to"],
      value: "FORMAT",
      choices: outputFormats,
      help: "What to write: cell; c: a source for the headers of the revision; jail: the cell language; json, yaml: a document as `cellc decode` writes it. Default: by the extension of -o, else cell",
    },
    { key: "from", flags: ["--from"], value: "NAME", help: "Read the input by this revision" },
    { key: "allow-loss", flags: ["--allow-loss"], help: "Write what can be expressed, and report the rest" },
    {
      key: "architecture",
      flags: ["--architecture"],
      value: "NAME",
      choices: ["x86", "arm", "arm64", "riscv64"],
      help: "What the config is for, where its revision does not say it (before 14) and that of --profile wants it: x86, arm, arm64, riscv64",
    },
    ...readingOptions,
    formatOption(["text", "json"], "json: diagnostics as one object on standard error"),
    quietOption,
  ],
  examples: [
    {
      command: "cellc convert inmate.cell -p v0.12 -o inmate-0.12.cell",
      explanation: "for an older hypervisor",
    },
    {
      command: "cellc convert inmate.json -o inmate.cell",
      explanation: "back from `cellc decode --format json`",
    },
    { command: "cellc convert inmate.cell -o inmate.c", explanation: "as a C source" },
    {
      command: "cellc convert old.c --from v0.8 -p HEAD --to c -o new/ --architecture x86",
      explanation: "a C source of an old revision as new/old.c of the newest one",
    },
    { command: "cellc convert inmate.c --to jail", explanation: "as inmate.jail, in the cell language" },
    {
      command: "cellc convert board.cell board-linux.cell -o machine.jail",
      explanation: "a system and its cell as one machine",
    },
    { command: "cellc convert inmate.c --to yaml -o -", explanation: "as a document, to standard output" },
  ],
  run: convert,
};

/** A config and the input that it is from. */
interface Part {
  readonly input: string;
  readonly loaded: LoadedConfig;
}

/** Configs that become one output. */
interface Group {
  readonly parts: readonly Part[];
  /** `-` for standard output. */
  readonly output: string;
}

interface Written {
  readonly output: string;
  /** What it is made of, for people. */
  readonly from: string;
  readonly bytes: Uint8Array;
  readonly profile: Profile;
}

async function convert(args: ParsedArguments, context: Context): Promise<number> {
  const from = optionalProfile(args.value("from"), context);
  const to = optionalProfile(args.value("profile"), context);
  if (context.failed) return exitTrouble;
  const loader = new ConfigLoader(args.replaced("profile", args.value("from")), context);
  const format = (args.value("to") as OutputFormat | undefined) ?? formatOfName(args.value("output"));
  const isMachine = goesIntoOneFile(args, format, context);
  if (isMachine === undefined) return exitTrouble;
  const loaded = new Map<string, readonly LoadedConfig[]>();
  for (const input of args.operands) {
    const configs = await loader.load(input, from);
    // A file that could not be read in full must not become one that looks complete.
    if (context.failed || configs.length === 0) return exitTrouble;
    loaded.set(input, configs);
  }
  const groups = isMachine
    ? [{ parts: [...loaded].flatMap(partsOf), output: args.value("output")! }]
    : [...loaded].flatMap((each) => groupsOf(partsOf(each), format, args, context));
  const written: Written[] = [];
  for (const { parts, output } of groups) {
    if (context.failed) return exitTrouble;
    const made = await contentOfGroup(parts, format, to, args, context);
    if (made !== undefined) written.push({ output, from: parts[0]!.loaded.name, ...made });
  }
  if (context.failed) return 0;
  const [first] = written;
  if (first?.output === "-") {
    context.written(context.io.writeOut(first.bytes));
    return 0;
  }
  if (!mayBeWritten(written, format, loader, args, context)) return exitTrouble;
  const outputs = written.map(({ output, bytes }) => ({ path: output, bytes }));
  if (context.written(context.host.writeAll(outputs)) && !args.has("quiet")) {
    for (const { output, bytes, profile } of written)
      context.print(outputLine(output, `${bytes.length} bytes  ${profile.id}`));
  }
  return 0;
}

function optionalProfile(name: string | undefined, context: Context): Profile | undefined {
  return name === undefined ? undefined : findProfile(name, context);
}

function isDirectory(output: string, { host }: Context): boolean {
  return output !== "-" && (output.endsWith("/") || host.isDirectory(output));
}

/** Whether all inputs become one machine; undefined where they cannot all go to the one output, which is reported. */
function goesIntoOneFile(args: ParsedArguments, format: OutputFormat, context: Context): boolean | undefined {
  const output = args.value("output");
  const count = args.operands.length;
  if (count === 1 || output === undefined || isDirectory(output, context)) return false;
  if (format === "jail") return true;
  if (output === "-") context.usage("several configs cannot all go to standard output");
  else context.trouble(cliMessages["output-not-a-directory"]({ path: output, count }));
  return undefined;
}

function partsOf([input, configs]: readonly [string, readonly LoadedConfig[]]): readonly Part[] {
  return configs.map((loaded) => ({ input, loaded }));
}

/** The outputs of one input: one for each of its configs, unless they are a machine of the language. */
function groupsOf(
  parts: readonly Part[],
  format: OutputFormat,
  args: ParsedArguments,
  context: Context,
): readonly Group[] {
  const output = args.value("output");
  const { input } = parts[0]!;
  if (parts.length === 1 || format === "jail") {
    const path = outputPath(input, input, output, format, context);
    return path === undefined ? [] : [{ parts, output: path }];
  }
  if (output !== undefined && !isDirectory(output, context)) {
    const names = parts.map(({ loaded }) => loaded.name);
    context.trouble(cellMessages["several-configs"]({ file: input, names }, atFile(input)));
    return [];
  }
  return parts.flatMap((part) => {
    const path = outputPath(input, part.loaded.part ?? input, output, format, context);
    return path === undefined ? [] : [{ parts: [part], output: path }];
  });
}

/** @param called what the output is called by: a path, or the name of a config */
function outputPath(
  input: string,
  called: string,
  output: string | undefined,
  format: OutputFormat,
  context: Context,
): string | undefined {
  const name = `${called === input ? stem(input === "-" ? "config" : input) : called}.${format}`;
  if (output === undefined) {
    if (input !== "-") return path.join(path.dirname(input), name);
    context.usage("standard input has no place beside it", "say where to write with `-o FILE` or `-o -`");
    return undefined;
  }
  if (!isDirectory(output, context)) return output;
  return context.written(context.host.makeDirectory(output)) ? path.join(output, name) : undefined;
}

/** Undefined where something is wrong, which was reported. */
async function contentOfGroup(
  parts: readonly Part[],
  format: OutputFormat,
  to: Profile | undefined,
  args: ParsedArguments,
  context: Context,
): Promise<Omit<Written, "output" | "from"> | undefined> {
  const configs: ConvertedConfig[] = [];
  for (const { input, loaded } of parts) {
    const { config, part, commentOf } = loaded;
    const wire = revisedInput(config, to ?? config.profile, input, args, context);
    if (wire === undefined) return undefined;
    const name = part ?? stem(input === "-" ? "config" : input);
    configs.push({ config: wire, stem: name, ...(commentOf === undefined ? {} : { commentOf }) });
  }
  const { profile } = configs[0]!.config;
  const place = atFile(parts[0]!.input);
  const others = new Set(configs.map(({ config }) => config.profile.id));
  if (others.size > 1) {
    context.reporter.report(cliMessages["machine-of-several-revisions"]({ profiles: [...others] }, place));
    return undefined;
  }
  const systems = configs.filter(({ config }) => config.kind === "system").map((each) => each.stem);
  if (systems.length > 1) {
    context.reporter.report(cliMessages["machine-of-several-systems"]({ systems }, place));
    return undefined;
  }
  const architectures = architecturesOf(configs);
  if (architectures.length > 1) {
    context.reporter.report(cliMessages["machine-of-several-architectures"]({ architectures }, place));
    return undefined;
  }
  const bytes = await contentOf(configs, format);
  if (bytes instanceof Uint8Array) return { bytes, profile };
  context.reporter.report(cliMessages["output-too-large"](bytes, place));
  return undefined;
}

/**
 * Those that configs say by name, each once. Cells of 32-bit ARM are at home on arm64: what they say counts only where
 * nothing else of the machine is of arm64.
 */
function architecturesOf(configs: readonly ConvertedConfig[]): readonly string[] {
  const said = configs.flatMap(({ config }) => {
    const { architecture } = wireToIr(config);
    return typeof architecture === "string" ? [{ architecture, isCell: config.kind === "cell" }] : [];
  });
  const hasArm64 = said.some(({ architecture }) => architecture === "arm64");
  const counted = said.filter(({ architecture, isCell }) => !(hasArm64 && isCell && architecture === "arm"));
  return [...new Set(counted.map(({ architecture }) => architecture))];
}

/** False where an output would take away what somebody needs, which is reported. */
function mayBeWritten(
  written: readonly Written[],
  format: OutputFormat,
  loader: ConfigLoader,
  args: ParsedArguments,
  context: Context,
): boolean {
  const { host } = context;
  const read = new Set([...args.operands, ...loader.filesRead()].map((file) => host.identity(file)));
  const taken = new Map<string, number>();
  for (const [index, { output }] of written.entries()) {
    const identity = host.identity(output);
    if (read.has(identity)) {
      context.trouble(cliMessages["output-is-input"]({ path: output }));
      return false;
    }
    // A source or document of that name may be what people work on; a .cell file is always made from something.
    if (format !== "cell" && output !== args.value("output") && host.exists(output)) {
      context.trouble(cliMessages["output-exists"]({ path: output }));
      return false;
    }
    const other = taken.get(identity);
    if (other !== undefined) {
      const [first, second] = [written[other]!.from, written[index]!.from];
      context.trouble(cliMessages["outputs-collide"]({ path: output, first, second }));
      return false;
    }
    taken.set(identity, index);
  }
  return true;
}
