/** The files that a build writes: their names, what speaks against them, their dependency files. */

import path from "node:path";
import type { ConfigObject } from "../c/unit.js";
import { at } from "../diagnostics/diagnostic.js";
import { shortPath } from "../project/find-project.js";
import type { Project } from "../project/project.js";
import type { SourceFile } from "../support/source.js";
import type { CompiledSource } from "./compile-source.js";
import type { Context } from "./context.js";
import { type DependencyRule, dependencyFile } from "./depfile.js";
import { cliMessages } from "./messages.js";
import { outputNames } from "./output-names.js";
import type { ParsedArguments } from "./parse-arguments.js";

/** Of a config what writing it needs: where each of its bytes comes from would fill the memory in a large tree. */
type BuiltConfig = Pick<ConfigObject, "name" | "section" | "bytes" | "span">;

/** What is left of a source once it is compiled and checked. */
export interface BuiltSource {
  readonly path: string;
  /** All that was read for it, built-in headers included. */
  readonly files: readonly SourceFile[];
  readonly configs: readonly BuiltConfig[];
  /** As in `CompiledSource`. */
  readonly headerProfile: string | null;
}

export function builtOf({ source, unit, configs, headerProfile }: CompiledSource): BuiltSource {
  return {
    path: source.path,
    files: unit.files,
    configs: configs.map(({ name, section, bytes, span }) => ({ name, section, bytes, span })),
    headerProfile,
  };
}

export interface PlannedOutput {
  readonly path: string;
  readonly config: BuiltConfig;
  readonly source: BuiltSource;
}

export interface BuiltInput {
  /** As the user wrote it; `-` for standard input. */
  readonly input: string;
  readonly project: Project | undefined;
  readonly source: BuiltSource;
  /** How many inputs the command has: several need a directory. */
  readonly inputs: number;
}

/** Where each object of a source goes; reports what cannot be. */
export function planOutputs(
  { input, project, source, inputs }: BuiltInput,
  args: ParsedArguments,
  context: Context,
): readonly PlannedOutput[] {
  const { configs } = source;
  const names = outputNames(configs, input === "-" ? source.path : input);
  const output = args.value("output");
  const plan = (file: (name: string) => string): readonly PlannedOutput[] =>
    configs.map((config, index) => ({ path: file(names[index]!), config, source }));

  if (output === "-") return plan(() => "-");
  if (output !== undefined) {
    if (isDirectoryName(output, context)) return plan((name) => path.join(output, name));
    if (inputs === 1 && configs.length === 1) return plan(() => output);
    const count = inputs === 1 ? configs.length : inputs;
    context.trouble(cliMessages["output-not-a-directory"]({ path: output, count }));
    return [];
  }
  if (project?.output !== undefined) {
    const directory = path.resolve(context.host.cwd(), project.root, project.output.value);
    return plan((name) => shortPath(context.host, path.join(directory, name)));
  }
  if (input === "-") {
    context.usage("standard input has no place beside it", "say where to write with `-o FILE` or `-o -`");
    return [];
  }
  return plan((name) => path.join(path.dirname(input), name));
}

function isDirectoryName(output: string, context: Context): boolean {
  return output.endsWith("/") || context.host.isDirectory(output);
}

/** No two outputs of one name, and none over a file that was read. */
export function checkCollisions(outputs: readonly PlannedOutput[], context: Context): void {
  const { host } = context;
  const read = outputs.flatMap(({ source }) => source.files).filter(({ builtin }) => !builtin);
  const inputs = new Set([...new Set(read.map(({ path: file }) => file))].map((file) => host.identity(file)));
  const taken = new Map<string, PlannedOutput>();
  for (const output of outputs) {
    const identity = host.identity(output.path);
    if (inputs.has(identity)) context.trouble(cliMessages["output-is-input"]({ path: output.path }));
    const other = taken.get(identity);
    if (other !== undefined) {
      const [first, second] = [other, output].map(describe) as [string, string];
      context.trouble(
        cliMessages["outputs-collide"]({ path: output.path, first, second }, at(output.config.span)),
      );
    }
    taken.set(identity, output);
  }
}

function describe({ config, source }: PlannedOutput): string {
  return `\`${config.name}\` of ${source.path}`;
}

/** All files of the command, or none of them; false where that failed, with the reason reported. */
export function writeOutputs(
  outputs: readonly PlannedOutput[],
  args: ParsedArguments,
  context: Context,
): boolean {
  const { host } = context;
  const toStdout = args.value("output") === "-";
  const files = toStdout ? [] : outputs.map((output) => ({ path: output.path, bytes: output.config.bytes }));
  const rules = args.has("depfile") ? dependencyFiles(outputs, args, toStdout) : [];
  for (const file of rules) if (file.path !== "-") files.push(file);
  // Only directories that were asked for as such are made: a mistyped `-o` must not grow a tree.
  const output = args.value("output");
  for (const directory of new Set(files.map((file) => path.dirname(file.path)))) {
    const wanted = output === undefined || output.endsWith("/");
    if (wanted && !context.written(host.makeDirectory(directory))) return false;
  }
  if (!context.written(host.writeAll(files))) return false;
  for (const file of rules) if (file.path === "-") context.print(file.bytes);
  return toStdout ? context.written(context.io.writeOut(outputs[0]!.config.bytes)) : true;
}

function dependencyFiles(
  outputs: readonly PlannedOutput[],
  args: ParsedArguments,
  toStdout: boolean,
): { readonly path: string; readonly bytes: Uint8Array }[] {
  const single = args.value("depfile-name");
  const given = args.all("depfile-target");
  const rules = new Map<string, DependencyRule[]>();
  for (const source of new Set(outputs.map((output) => output.source))) {
    const own = outputs.filter((output) => output.source === source).map((output) => output.path);
    const first = toStdout ? `${path.basename(source.path)}.cell` : own[0]!;
    const file = single ?? first.replace(/(\.[^./]*)?$/, ".d");
    const prerequisites = source.files.filter(({ builtin }) => !builtin).map((file) => file.path);
    const rule = { targets: given.length > 0 ? given : toStdout ? [first] : own, prerequisites };
    rules.set(file, [...(rules.get(file) ?? []), rule]);
  }
  const encoder = new TextEncoder();
  return [...rules].map(([file, list]) => ({
    path: file,
    bytes: encoder.encode(dependencyFile(list, args.has("depfile-phony"))),
  }));
}

/**
 * The profile of the built-in header, or the revision that the object itself states: finding the profile of the
 * user's own headers would mean laying out all of them.
 */
function layoutOf({ source, config }: PlannedOutput): string {
  if (source.headerProfile !== null) return source.headerProfile;
  const { bytes } = config;
  const signed = /^JH(SYS|CLL|CEL)/.test(String.fromCharCode(...bytes.subarray(0, 5)));
  return signed && bytes.length >= 8 ? `revision ${bytes[6]! + bytes[7]! * 256}` : "own headers";
}

export function describeOutput(output: PlannedOutput): {
  readonly path: string;
  readonly bytes: number;
  readonly layout: string;
} {
  return { path: output.path, bytes: output.config.bytes.length, layout: layoutOf(output) };
}
