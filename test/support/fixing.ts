/** Changes of configs as edits of their sources, as `cellc check --fix` makes them. */

import type { CheckedConfig } from "../../compiler/check/facts/checked-config.js";
import type { CheckedSet } from "../../compiler/check/facts/checked-set.js";
import type { Change } from "../../compiler/check/fix.js";
import { FixPlanner } from "../../compiler/cli/check/fixing/plan-fix.js";
import { Trials } from "../../compiler/cli/check/fixing/trial.js";
import { tryChanges } from "../../compiler/cli/check/fixing/verify-fixes.js";
import { checkCommand, loadAndCheckInputs } from "../../compiler/cli/commands/check.js";
import { Context } from "../../compiler/cli/context.js";
import { parseArguments } from "../../compiler/cli/parse-arguments.js";
import { success } from "../../compiler/support/file-result.js";
import { MemoryHost } from "../../compiler/support/memory-host.js";

export interface Edited {
  /** All files of which the text has changed, by their names. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * @param files all of which are inputs but those in directories
 * @param changesOf what is to change
 * @returns undefined where no edit is offered
 */
export async function editedBy(
  files: Readonly<Record<string, string>>,
  changesOf: (set: CheckedSet) => readonly Change[],
): Promise<Edited | undefined> {
  const host = new MemoryHost(files);
  const context = new Context(host, {
    readStdin: () => success(new Uint8Array()),
    writeOut: () => success(undefined),
    writeError: () => {},
    environment: {},
    errorTerminal: () => Promise.resolve(undefined),
  });
  const inputs = Object.keys(files).filter((name) => !name.includes("/"));
  const parsed = parseArguments(checkCommand, inputs);
  if (!parsed.ok) throw new Error(parsed.mistake.message);
  const trials = new Trials(context, (within) =>
    loadAndCheckInputs(parsed.value, undefined, { deny: [], allow: [] }, within),
  );
  const state = await trials.of(new Map());
  if (state === undefined) throw new Error("the sources have mistakes");
  const changes = changesOf(state.loadedSet.sets[0]!);
  const planned = new FixPlanner(state.loadedSet).edits(changes);
  const tried = planned === undefined ? undefined : await tryChanges(state, changes, planned, trials);
  if (tried === undefined) return undefined;
  return {
    texts: Object.fromEntries(
      [...tried.state.texts].map(([file, text]) => [file.replace("/work/", ""), text]),
    ),
  };
}

export const set = (
  config: CheckedConfig,
  node: Change["at"]["node"],
  field: string,
  value: bigint,
): Change => ({
  kind: "set",
  at: { config, node, field },
  value,
});

export const flag = (
  config: CheckedConfig,
  node: Change["at"]["node"],
  name: string,
  on: boolean,
  field = "flags",
): Change => ({ kind: "flag", at: { config, node, field }, name, on });

export const remove = (config: CheckedConfig, node: Change["at"]["node"]): Change => ({
  kind: "remove",
  at: { config, node },
});

export const copy = (
  config: CheckedConfig,
  node: Change["at"]["node"],
  values: Readonly<Record<string, bigint>>,
  flags: readonly string[] = [],
): Change => ({ kind: "copy", at: { config, node }, values, flags });
