/** The files that a build writes: their names, what speaks against them, their dependency files. */

import path from "node:path";
import { encodeText } from "../../schema/text.js";
import type { ConfigObject } from "../c/unit.js";
import { at, type Place } from "../diagnostics/diagnostic.js";
import { shortPath } from "../project/find-project.js";
import type { Project } from "../project/project.js";
import type { SourceFile } from "../support/source.js";
import type { CompiledJail } from "./compile-jail.js";
import type { CompiledSource } from "./compile-source.js";
import type { Context } from "./context.js";
import type { DependencyOutput } from "./dependency-outputs.js";
import type { LockOutput } from "./lock.js";
import { cliMessages } from "./messages.js";
import { outputNames, stem } from "./output-names.js";
import type { ParsedArguments } from "./parse-arguments.js";
import { statedRevision } from "./stated-revision.js";

/** Of a config what writing it needs: where each of its bytes comes from would fill the memory in a large tree. */
type BuiltConfig = Pick<ConfigObject, "name" | "section" | "bytes" | "span">;

/** What is left of a source once it is compiled and checked. */
export interface BuiltSource {
  readonly path: string;
  /** It came from standard input: its path is no file. */
  readonly fromStdin: boolean;
  /** All that was read for it, built-in headers included. */
  readonly files: readonly SourceFile[];
  readonly configs: readonly BuiltConfig[];
  /** What has changed of its lock file. */
  readonly lock: LockOutput | null;
  /** Path of its lock file, where there is one. */
  readonly readLock: string | null;
  /** As in `CompiledSource`. */
  readonly headerProfile: string | null;
}

export function builtOf(
  { source, unit, configs, headerProfile }: CompiledSource,
  fromStdin: boolean,
): BuiltSource {
  return {
    path: source.path,
    fromStdin,
    files: unit.files,
    configs: configs.map(({ name, section, bytes, span }) => ({ name, section, bytes, span })),
    lock: null,
    readLock: null,
    headerProfile,
  };
}

/** A machine of the cell language: each cell names its own file. */
export function builtMachine(source: SourceFile, machine: CompiledJail, fromStdin: boolean): BuiltSource {
  const { cells, files, profile, lock, newLock } = machine;
  return {
    path: source.path,
    fromStdin,
    // The source first, as for C. Other places in the lock file give other bytes.
    files: [...[...files].reverse(), ...(lock === null ? [] : [lock])],
    // What a pipe is called is no file that the lock could lie beside.
    lock: fromStdin ? null : newLock,
    readLock: lock?.path ?? null,
    configs: cells.map(({ fileName, bytes, span }) => ({
      name: fileName,
      section: `.cell.${fileName}`,
      bytes,
      span,
    })),
    headerProfile: profile.id,
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

  /** Standard input gives its configs no name, unless they are in sections that do. */
  const isNamed = (directory: string): boolean => {
    if (!source.fromStdin || args.has("stdin-name") || !names.includes(`${stem(source.path)}.cell`))
      return true;
    const slashed = directory.endsWith("/") ? directory : `${directory}/`;
    context.usage(
      `standard input has no name for the file in \`${slashed}\``,
      `say \`-o ${slashed}NAME.cell\`, or give it a name with \`--stdin-name NAME.c\``,
    );
    return false;
  };

  if (output === "-") return plan(() => "-");
  if (output !== undefined) {
    if (isDirectoryName(output, context)) {
      return isNamed(output) ? plan((name) => path.join(output, name)) : [];
    }
    if (inputs === 1 && configs.length === 1) return plan(() => output);
    const count = inputs === 1 ? configs.length : inputs;
    context.trouble(cliMessages["output-not-a-directory"]({ path: output, count }));
    return [];
  }
  if (project?.output !== undefined) {
    const directory = path.resolve(context.host.cwd(), project.root, project.output.value);
    if (!isNamed(project.output.value)) return [];
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

/** A file to be written. */
interface Target {
  readonly path: string;
  /** What will be in it, for people. */
  readonly content: string;
  readonly place: Place | undefined;
  readonly isLock?: boolean;
}

/**
 * No two files of one name, and none over a file that was read.
 *
 * @param read paths of everything that the command read; a lock file is replaced by itself, and by nothing else
 */
export function checkCollisions(
  outputs: readonly PlannedOutput[],
  dependencies: readonly DependencyOutput[],
  locks: readonly LockOutput[],
  read: { readonly sources: readonly string[]; readonly locks: readonly string[] },
  context: Context,
): void {
  const { host } = context;
  const identities = (files: readonly string[]) =>
    new Set([...new Set(files)].map((file) => host.identity(file)));
  const sources = identities(read.sources);
  const readLocks = identities(read.locks);
  const taken = new Map<string, Target>();
  const targets = [
    ...outputs.map(
      (output): Target => ({
        path: output.path,
        content: `\`${output.config.name}\` of ${output.source.path}`,
        place: at(output.config.span),
      }),
    ),
    ...dependencies.map(
      ({ path: file, of }): Target => ({
        path: file,
        content: `the dependency file of ${of}`,
        place: undefined,
      }),
    ),
    ...locks.map(
      ({ path: file }): Target => ({ path: file, content: "a lock file", place: undefined, isLock: true }),
    ),
  ];
  for (const target of targets) {
    // What is written to a device or a pipe takes nothing away.
    if (target.path === "-" || host.kind(target.path) === "special") continue;
    const identity = host.identity(target.path);
    const isInput = sources.has(identity) || (target.isLock !== true && readLocks.has(identity));
    if (isInput) context.trouble(cliMessages["output-is-input"]({ path: target.path }));
    const other = taken.get(identity);
    if (other !== undefined) {
      const args = { path: target.path, first: other.content, second: target.content };
      context.trouble(cliMessages["outputs-collide"](args, target.place));
    }
    taken.set(identity, target);
  }
}

/** All files of the command, or none of them; false where that failed, with the reason reported. */
export function writeOutputs(
  outputs: readonly PlannedOutput[],
  dependencies: readonly DependencyOutput[],
  locks: readonly LockOutput[],
  args: ParsedArguments,
  context: Context,
): boolean {
  const { host } = context;
  const toStdout = args.value("output") === "-";
  const files = toStdout ? [] : outputs.map((output) => ({ path: output.path, bytes: output.config.bytes }));
  for (const file of dependencies) if (file.path !== "-") files.push(file);
  // Only directories that were asked for as such are made: a mistyped `-o` must not grow a tree.
  const output = args.value("output");
  for (const directory of new Set(files.map((file) => path.dirname(file.path)))) {
    const wanted = output === undefined || output.endsWith("/");
    if (wanted && !context.written(host.makeDirectory(directory))) return false;
  }
  // Locks are written first: to make, outputs must not look older than what they depend on.
  const pinned = locks.map(({ path: file, text }) => ({ path: file, bytes: encodeText(text) }));
  if (!context.written(host.writeAll([...pinned, ...files]))) return false;
  for (const file of dependencies) if (file.path === "-") context.print(file.bytes);
  return toStdout ? context.written(context.io.writeOut(outputs[0]!.config.bytes)) : true;
}

/**
 * The profile of the built-in header, or the revision that the object itself states: finding the profile of the
 * user's own headers would mean laying out all of them.
 */
function layoutOf({ source, config }: PlannedOutput): string {
  if (source.headerProfile !== null) return source.headerProfile;
  const revision = statedRevision(config.bytes);
  return revision === null ? "own headers" : `revision ${revision}`;
}

export function describeOutput(output: PlannedOutput): {
  readonly path: string;
  readonly bytes: number;
  readonly layout: string;
} {
  return { path: output.path, bytes: output.config.bytes.length, layout: layoutOf(output) };
}
