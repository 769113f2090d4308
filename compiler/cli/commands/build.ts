/**
 * $ cellc build configs/x86/qemu-x86.c -o out/
 * out/qemu-x86.cell  2344 bytes  r14.1
 */

import {
  type BuiltSource,
  builtMachine,
  builtOf,
  checkCollisions,
  describeOutput,
  type PlannedOutput,
  planOutputs,
  writeOutputs,
} from "../build-outputs.js";
import { checkOutput } from "../check-output.js";
import { type Command, formatOption, profileOption, quietOption } from "../command.js";
import { SourceCompiler } from "../compile-source.js";
import { type Context, exitTrouble } from "../context.js";
import { type DependencyOutput, dependencyOutputs } from "../dependency-outputs.js";
import { findJobs, type Job } from "../find-jobs.js";
import { SourceStore } from "../include-resolver.js";
import { isJail } from "../input-kind.js";
import type { LockOutput } from "../lock.js";
import { cliMessages } from "../messages.js";
import { outputLine } from "../output-line.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { Progress } from "../progress.js";
import { readingOptions, settingsFor } from "../settings.js";
import { checkOptions } from "../unknown-options.js";

export const buildCommand: Command = {
  name: "build",
  operands: "[FILE]...",
  minimumOperands: 0,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Compiles machines of the cell language (.jail), and C configs to the bytes that gcc and objcopy make of them. Without files, builds the project that the nearest cellc.yaml describes. Headers come from -I; where no -I directory has <jailhouse/cell-config.h>, from the built-in header of the profile (default: HEAD). All outputs are written, or none. Machines are checked as `cellc check` does, C configs each by itself; what is found there does not keep a C config from being written.",
  options: [
    {
      key: "output",
      flags: ["-o", "--output"],
      value: "PATH",
      help: "A file, a directory (existing, or ending in `/`), or `-` for standard output. Default: beside the input",
    },
    profileOption,
    ...readingOptions,
    { key: "depfile", flags: ["-MD", "-MMD"], help: "Also write a make dependency file, like gcc" },
    {
      key: "depfile-name",
      flags: ["-MF"],
      value: "FILE",
      help: "Its name, `-` for standard output (default: the output with the extension .d)",
    },
    { key: "depfile-phony", flags: ["-MP"], help: "With an empty rule for each header" },
    {
      key: "depfile-target",
      flags: ["-MT"],
      value: "TARGET",
      repeat: true,
      help: "Its target instead of the output, as it stands",
    },
    {
      key: "depfile-quoted-target",
      flags: ["-MQ"],
      value: "TARGET",
      repeat: true,
      help: "The same, with what is special to make quoted",
    },
    {
      key: "stdin-name",
      flags: ["--stdin-name"],
      value: "NAME",
      help: "What to call standard input (`-`) in messages",
    },
    {
      key: "strict",
      flags: ["--strict"],
      help: "Treat warnings as errors, and write nothing where the checks of a C config find an error",
    },
    {
      key: "no-check",
      flags: ["--no-check"],
      help: "Do not look for what the machine would refuse or get wrong, see `cellc check`",
    },
    formatOption(["text", "json"], "json: one object with outputs and diagnostics on standard output"),
    quietOption,
  ],
  examples: [
    {
      command: "cellc build machine.jail -o out/",
      explanation: "one file for each cell of the machine",
    },
    {
      command: "cellc build qemu-x86.c",
      explanation: "writes qemu-x86.cell beside the source, for the newest revision",
    },
    { command: "cellc build -p v0.12 configs/*.c -o out/", explanation: "for Jailhouse 0.12, all into out/" },
    {
      command: "cellc build -I include -I hypervisor/include root.c -o root.cell -MD",
      explanation: "with the headers of your own tree, and root.d for make",
    },
    { command: "generate | cellc build - -o - | ssh board 'cat > inmate.cell'", explanation: "in a pipe" },
  ],
  run: build,
};

const dependencyDetails = [
  ["depfile-name", "-MF"],
  ["depfile-phony", "-MP"],
  ["depfile-target", "-MT"],
  ["depfile-quoted-target", "-MQ"],
] as const;

async function build(args: ParsedArguments, context: Context): Promise<number> {
  const asJson = args.value("format") === "json";
  const toStdout = args.value("output") === "-";
  for (const [key, flag] of dependencyDetails) {
    if (args.has(key) && !args.has("depfile")) context.usage(`\`${flag}\` needs \`-MD\``, "add `-MD`");
  }
  if (args.value("depfile-name") === "-" && asJson && !toStdout)
    context.usage("`-MF -` and `--format json` cannot both have standard output", "name a file with `-MF`");
  if (args.value("depfile-name") === "-" && toStdout)
    context.usage("`-MF -` and `-o -` cannot both have standard output", "name a file for one of them");
  const hasTarget = args.has("depfile-target") || args.has("depfile-quoted-target");
  if (
    toStdout &&
    args.has("depfile") &&
    args.operands.includes("-") &&
    !args.has("stdin-name") &&
    !(args.has("depfile-name") && hasTarget)
  ) {
    context.usage(
      "a dependency file from standard input to standard output has no name and no target",
      "give it both with `-MF FILE` and `-MT TARGET`, or name the input with `--stdin-name NAME.c`",
    );
  }
  if (context.failed) return exitTrouble;
  const prepared = await prepare(args, context, toStdout);
  if (args.has("strict") && context.reporter.warnings > 0 && !context.failed) {
    context.reporter.report(cliMessages["strict-warnings"]({ count: context.reporter.warnings }));
  }
  const { outputs, dependencies, locks } = prepared ?? nothing;
  const done =
    prepared !== undefined && !context.failed && writeOutputs(outputs, dependencies, locks, args, context);
  if (asJson && !toStdout) {
    context.takeOverFindings();
    const { findingsToJson } = await import("../../diagnostics/json.js");
    const findings = findingsToJson(context.reporter.findings());
    const written = done ? outputs.map(describeOutput) : [];
    const locked = done && locks.length > 0 ? { locks: locks.map((lock) => lock.path) } : {};
    context.print(`${JSON.stringify({ ...findings, outputs: written, ...locked }, null, 2)}\n`);
  } else if (done && !toStdout && !args.has("quiet")) {
    const lines = outputs.map(describeOutput);
    context.print(
      lines.map(({ path: file, bytes, layout }) => outputLine(file, `${bytes} bytes  ${layout}`)).join(""),
    );
    context.print(locks.map((lock) => outputLine(lock.path)).join(""));
  }
  return 0;
}

interface Prepared {
  readonly outputs: readonly PlannedOutput[];
  readonly dependencies: readonly DependencyOutput[];
  readonly locks: readonly LockOutput[];
}

const nothing: Prepared = { outputs: [], dependencies: [], locks: [] };

/** Compiles everything and settles every path, before anything is written. */
async function prepare(
  args: ParsedArguments,
  context: Context,
  toStdout: boolean,
): Promise<Prepared | undefined> {
  const store = new SourceStore(context.host);
  const jobs = await findJobs(args, context, store, "build");
  if (jobs === undefined) return undefined;
  if (jobs.filter(({ input }) => input === "-").length > 1) {
    context.usage("standard input can be read only once");
    return undefined;
  }
  const compiler = new SourceCompiler(context, store, jobs.length);
  const progress = await Progress.start(context.io, jobs.length);
  const built: { readonly job: Job; readonly source: BuiltSource }[] = [];
  const options = new Set<string>();
  let onlyJail = true;
  const checks = args.has("no-check") ? undefined : await import("../check/check-built.js");
  for (const job of jobs) {
    progress.step(job.input);
    const settings = await settingsFor(args, job.project, context, store);
    if (settings === undefined) break;
    const source = compiler.open(job.input, args.value("stdin-name") ?? "<stdin>");
    if (source === undefined) continue;
    if (isJail(source.path, source.text)) {
      const { compileJail } = await import("../compile-jail.js");
      const machine = await compileJail(source, settings, job.project, context, store);
      for (const option of machine.options) options.add(option);
      checks?.checkMachine(machine, source, context);
      built.push({ job, source: builtMachine(source, machine, job.input === "-") });
      continue;
    }
    onlyJail = false;
    const compiled = await compiler.compile(source, settings);
    built.push({ job, source: builtOf(compiled, job.input === "-") });
    for (const object of compiled.configs) checkOutput(compiled.unit, object, context.reporter.report);
    checks?.checkCompiled(compiled, args.has("strict"), context);
    if (
      compiled.configs.length > 0 &&
      compiled.headerProfile === null &&
      args.has("profile") &&
      settings.chosenProfile !== null
    ) {
      const { checkHeaders } = await import("../match-headers.js");
      checkHeaders(compiled, settings.chosenProfile, context);
    }
  }
  progress.end();
  if (onlyJail && !context.failed) checkOptions(args, options, context);
  if (context.failed) return undefined;
  const outputs = built.flatMap(({ job, source }) =>
    planOutputs({ ...job, source, inputs: jobs.length }, args, context),
  );
  if (toStdout && outputs.length !== 1) {
    context.usage(`\`-o -\` can write one config, not ${outputs.length}`, "name a directory with `-o`");
    return undefined;
  }
  if (context.failed) return undefined;
  const dependencies = dependencyOutputs(outputs, args);
  // A name that was given to standard input is that of a file which an editor holds.
  const read = {
    sources: [...store.filesRead(), ...built.map(({ source }) => source.path)],
    locks: built.flatMap(({ source }) => source.readLock ?? []),
  };
  // A build to standard output leaves nothing behind, so it pins nothing either.
  const locks = toStdout ? [] : built.flatMap(({ source }) => source.lock ?? []);
  checkCollisions(outputs, dependencies, locks, read, context);
  return { outputs, dependencies, locks };
}
