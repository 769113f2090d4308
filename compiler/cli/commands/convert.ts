/**
 * $ cellc convert inmate.cell --profile v0.12 -o inmate-0.12.cell
 * inmate-0.12.cell  484 bytes  r13.3
 * $ cellc convert inmate.cell -o inmate.c
 * inmate.c  2391 bytes  r14.1
 */

import path from "node:path";
import type { WireConfig } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import { atFile } from "../../diagnostics/diagnostic.js";
import { irToWire, type WireWritten } from "../../emit/ir-to-wire.js";
import { type Loss, pathInFile } from "../../emit/revise-losses.js";
import type { Architecture } from "../../ir/config.js";
import { architectureEvidence } from "../architecture-evidence.js";
import { type Command, formatOption, profileOption, quietOption } from "../command.js";
import { type Context, exitTrouble } from "../context.js";
import { contentOf, formatOfName, type OutputFormat, outputFormats } from "../convert-formats.js";
import { findProfile } from "../find-profile.js";
import { ConfigLoader } from "../load-config.js";
import { cliMessages } from "../messages.js";
import { outputLine } from "../output-line.js";
import { stem } from "../output-names.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { readingOptions } from "../settings.js";
import { lossValue } from "../show/loss-value.js";

export const convertCommand: Command = {
  name: "convert",
  operands: "FILE",
  minimumOperands: 1,
  maximumOperands: 1,
  description:
    "Writes a config (.cell, C, or a decoded document) as the .cell file of a revision, or as the C source or the document that gives the same bytes again. What the revision cannot express is listed, and nothing is written unless --allow-loss says that this is acceptable.",
  options: [
    { ...profileOption, help: "Revision to write; without it, that of the input" },
    {
      key: "output",
      flags: ["-o", "--output"],
      value: "PATH",
      help: "A file, a directory, or `-` for standard output. Default: the input's name with the extension of --to",
    },
    {
      key: "to",
      flags: ["--to"],
      value: "FORMAT",
      choices: outputFormats,
      help: "What to write: cell; c: a source for the headers of the revision; json, yaml: a document as `cellc decode` writes it. Default: by the extension of -o, else cell",
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
    { command: "cellc convert inmate.c --to yaml -o -", explanation: "as a document, to standard output" },
  ],
  run: convert,
};

async function convert(args: ParsedArguments, context: Context): Promise<number> {
  const input = args.operands[0]!;
  const from = optionalProfile(args.value("from"), context);
  const to = optionalProfile(args.value("profile"), context);
  if (context.failed) return exitTrouble;
  const loader = new ConfigLoader(args.replaced("profile", args.value("from")), context);
  const loaded = await loader.loadOne(input, from);
  // A file that could not be read in full must not become one that looks complete.
  if (loaded === undefined || context.failed) return exitTrouble;

  const format = (args.value("to") as OutputFormat | undefined) ?? formatOfName(args.value("output"));
  const output = outputPath(input, args.value("output"), format, context);
  if (output === undefined) return exitTrouble;
  const profile = to ?? loaded.config.profile;
  const written = inProfile(loaded.config, profile, args.value("architecture"), input, context);
  if (written === undefined) return 0;
  const { wire, losses } = written;
  if (!lossesAccepted(losses, loaded.config.profile, profile, input, args.has("allow-loss"), context))
    return 0;
  const bytes = await contentOf(wire, format);
  if (!(bytes instanceof Uint8Array)) {
    context.reporter.report(cliMessages["output-too-large"](bytes, atFile(input)));
    return 0;
  }
  if (output === "-") {
    context.written(context.io.writeOut(bytes));
    return 0;
  }
  const read = new Set([input, ...loader.filesRead()].map((file) => context.host.identity(file)));
  if (read.has(context.host.identity(output))) {
    context.trouble(cliMessages["output-is-input"]({ path: output }));
    return exitTrouble;
  }
  // A source or document of that name may be what people work on; a .cell file is always made from something.
  if (format !== "cell" && output !== args.value("output") && context.host.exists(output)) {
    context.trouble(cliMessages["output-exists"]({ path: output }));
    return exitTrouble;
  }
  if (context.written(context.host.writeAtomically(output, bytes)) && !args.has("quiet")) {
    context.print(outputLine(output, `${bytes.length} bytes  ${profile.id}`));
  }
  return 0;
}

function optionalProfile(name: string | undefined, context: Context): Profile | undefined {
  return name === undefined ? undefined : findProfile(name, context);
}

function outputPath(
  input: string,
  output: string | undefined,
  format: OutputFormat,
  context: Context,
): string | undefined {
  const { host } = context;
  const name = `${stem(input === "-" ? "config" : input)}.${format}`;
  if (output === undefined) {
    if (input !== "-") return path.join(path.dirname(input), name);
    context.usage("standard input has no place beside it", "say where to write with `-o FILE` or `-o -`");
    return undefined;
  }
  if (output === "-" || !(output.endsWith("/") || host.isDirectory(output))) return output;
  return context.written(host.makeDirectory(output)) ? path.join(output, name) : undefined;
}

/** Undefined where the architecture is missing or contradicted, which is reported. */
function inProfile(
  config: WireConfig,
  profile: Profile,
  given: string | undefined,
  input: string,
  { reporter }: Context,
): WireWritten | undefined {
  const place = atFile(input);
  const same = config.profile === profile;
  if (same && given === undefined) return { wire: config, losses: [] };
  const ir = wireToIr(config);
  if (given !== undefined) {
    const evidence = architectureEvidence(ir);
    if (evidence !== undefined && !evidence.allows.includes(given)) {
      reporter.report(cliMessages["architecture-contradicted"]({ given, because: evidence.because }, place));
      return undefined;
    }
    if (!profile.structs.get(headerName(config))!.fields.some(({ name }) => name === "architecture"))
      reporter.report(cliMessages["architecture-has-no-effect"]({ profile: profile.id }, place));
  }
  if (same) return { wire: config, losses: [] };
  const options = given === undefined ? {} : { architecture: given as Architecture };
  const written = irToWire(ir, profile, options);
  if (!written.losses.some(({ what, path: at }) => what === "not-said" && at === "architecture"))
    return written;
  reporter.report(cliMessages["architecture-unknown"]({ file: input, profile: profile.id }, place));
  return undefined;
}

function headerName({ kind }: WireConfig): string {
  return kind === "system" ? "jailhouse_system" : "jailhouse_cell_desc";
}

/** Lists what is lost; false where that must not be. */
function lossesAccepted(
  losses: readonly Loss[],
  from: Profile,
  profile: Profile,
  input: string,
  allowed: boolean,
  { reporter }: Context,
): boolean {
  for (const loss of losses) {
    const notes = loss.why === "" ? [] : [{ message: loss.why }];
    const args = { path: pathInFile(loss.path), value: lossValue(loss, from) };
    const { why: _, help: __, ...finding } = cliMessages["conversion-lost"](args, atFile(input), { notes });
    // The note says why; what to do about it is said once, at the end.
    reporter.report(finding);
  }
  if (losses.length === 0 || allowed) return true;
  const args = { count: losses.length, profile: profile.id };
  reporter.report(cliMessages["conversion-loses"](args, atFile(input)));
  return false;
}
