/** Which dependency files a build writes, and what is in them. */

import path from "node:path";
import type { BuiltSource, PlannedOutput } from "./build-outputs.js";
import { type DependencyRule, dependencyFile, escapedForMake } from "./depfile.js";
import type { ParsedArguments } from "./parse-arguments.js";

export interface DependencyOutput {
  /** `-` for standard output. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The source whose dependencies it lists, the first one where there are several. */
  readonly of: string;
}

/** Empty without `-MD`. */
export function dependencyOutputs(
  outputs: readonly PlannedOutput[],
  args: ParsedArguments,
): readonly DependencyOutput[] {
  if (!args.has("depfile")) return [];
  const toStdout = args.value("output") === "-";
  const single = args.value("depfile-name");
  const given = givenTargets(args);
  const files = new Map<string, { readonly of: string; readonly rules: DependencyRule[] }>();
  for (const source of new Set(outputs.map((output) => output.source))) {
    const own = outputs.filter((output) => output.source === source).map((output) => output.path);
    const targets = toStdout ? [`${path.basename(source.path)}.cell`] : own;
    const file = single ?? targets[0]!.replace(/(\.[^./]*)?$/, ".d");
    const rule = {
      targets: given.length > 0 ? given : targets.map(escapedForMake),
      ...prerequisites(source, !toStdout),
    };
    const known = files.get(file);
    if (known === undefined) files.set(file, { of: source.path, rules: [rule] });
    else known.rules.push(rule);
  }
  const encoder = new TextEncoder();
  return [...files].map(([file, { of, rules }]) => ({
    path: file,
    of,
    bytes: encoder.encode(dependencyFile(rules, args.has("depfile-phony"))),
  }));
}

/** `-MT` as it stands, so that it may hold variables of make; `-MQ` in such a way that make reads it as it stands. */
function givenTargets({ ordered }: ParsedArguments): readonly string[] {
  return ordered.flatMap(({ key, value }) => {
    if (key === "depfile-target") return [value];
    return key === "depfile-quoted-target" ? [escapedForMake(value)] : [];
  });
}

/** @param writesLocks the build writes the lock files that have changed, and those that were not there */
function prerequisites(
  { path: main, files, fromStdin, lock }: BuiltSource,
  writesLocks: boolean,
): Pick<DependencyRule, "source" | "headers"> {
  const read = files.filter((file) => !file.builtin && file.path !== main).map((file) => file.path);
  const written = writesLocks && lock !== null ? [lock.path] : [];
  return { source: fromStdin ? null : main, headers: [...new Set([...read, ...written])] };
}
