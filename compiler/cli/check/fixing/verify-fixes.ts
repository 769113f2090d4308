/** An edit counts only where the edited sources are what was promised. */

import { isDeepStrictEqual } from "node:util";
import { changedModel } from "../../../check/apply-changes.js";
import type { CheckedConfig } from "../../../check/facts/checked-config.js";
import type { Change } from "../../../check/fix.js";
import type { Finding } from "../../../check/run.js";
import type { Diagnostic } from "../../../diagnostics/diagnostic.js";
import { applied } from "../../../support/text-edit.js";
import { withImplied } from "./implied-interrupts.js";
import type { PlannedFix } from "./plan-fix.js";
import { type FinalEdit, finalEdits, type PlannedEdit } from "./planned-edit.js";
import { sameButForPlaces } from "./same-but-for-places.js";
import type { State, Trials } from "./trial.js";

/** What the inputs come to with some fixes made. */
export interface Verified {
  readonly state: State;
  readonly edits: readonly FinalEdit[];
}

/**
 * Makes fixes together, and looks at what comes out: every config has changed by exactly what the fixes say, their
 * findings are gone, and there is no new error or warning.
 *
 * @param planned edits for the changes of all of the fixes
 * @returns undefined where that is not so
 */
export async function verifyFixes(
  before: State,
  fixes: readonly Pick<PlannedFix, "finding" | "changes">[],
  planned: readonly PlannedEdit[],
  trials: Trials,
): Promise<Verified | undefined> {
  const changes = fixes.flatMap((fix) => fix.changes);
  const tried = await tryChanges(before, changes, planned, trials);
  if (tried === undefined || !noneIsNew(before, tried.state)) return undefined;
  const findings = fixes.map(({ finding }) => finding);
  return areGone(findings, before, tried.state) ? tried : undefined;
}

/** The edited inputs, if they compile to what the changes say and nothing else; undefined otherwise. */
export async function tryChanges(
  before: State,
  changes: readonly Change[],
  planned: readonly PlannedEdit[],
  trials: Trials,
): Promise<Verified | undefined> {
  const edits = finalEdits(planned);
  if (edits === undefined || edits.length === 0) return undefined;
  const state = await trials.of(new Map([...before.texts, ...editedTexts(edits)]));
  return state !== undefined && modelsAreAsChanged(before, state, changes) ? { state, edits } : undefined;
}

/** New texts by the identity of their file. */
function editedTexts(edits: readonly FinalEdit[]): ReadonlyMap<string, string> {
  const files = new Map(edits.map(({ file }) => [file.identity!, file.text]));
  return new Map(
    [...files].map(([identity, text]) => {
      const own = edits.filter(({ file }) => file.identity === identity);
      return [
        identity,
        applied(
          text,
          own.map(({ edit }) => edit),
        ),
      ];
    }),
  );
}

function modelsAreAsChanged(before: State, after: State, changes: readonly Change[]): boolean {
  const old = configsOf(before);
  const changed = configsOf(after);
  return (
    old.length === changed.length &&
    old.every((config, index) => {
      const expected = changedModel(config, changes);
      if (expected === undefined) return false;
      const actual = changedModel(changed[index]!, []);
      const models = [withImplied(expected, config, changes, actual), actual] as const;
      const joins = changes.some(
        ({ kind, at }) => (kind === "join" || kind === "add") && at.config === config,
      );
      return joins ? sameButForPlaces(...models) : isDeepStrictEqual(...models);
    })
  );
}

function configsOf({ loadedSet }: State): readonly CheckedConfig[] {
  return [...loadedSet.loaded.keys()];
}

/** Findings are told apart by rule and config: their messages count elements, whose numbers may have changed. */
function noneIsNew(before: State, after: State): boolean {
  const known = counted(gravesOf(before));
  return [...counted(gravesOf(after))].every(([key, number]) => number <= (known.get(key) ?? 0));
}

function gravesOf(state: State): readonly string[] {
  const configs = configsOf(state);
  const { result, context } = state;
  const found = result.findings
    .filter(({ severity }) => severity !== "info")
    .map((finding) => `${finding.severity} ${keyOf(finding, configs)}`);
  const others: readonly Diagnostic[] = [...result.problems, ...context.reporter.findings().diagnostics];
  return [...found, ...others.filter(({ severity }) => severity !== "note").map(({ id }) => id)];
}

function areGone(findings: readonly Finding[], before: State, after: State): boolean {
  const told = (state: State, some: readonly Finding[]): ReadonlyMap<string, number> => {
    const configs = configsOf(state);
    return counted(some.map((finding) => `${keyOf(finding, configs)} ${finding.hit.message}`));
  };
  const was = told(before, before.result.findings);
  const is = told(after, after.result.findings);
  return [...told(before, findings)].every(
    ([key, number]) => (is.get(key) ?? 0) <= (was.get(key) ?? 0) - number,
  );
}

function keyOf({ rule, hit }: Finding, configs: readonly CheckedConfig[]): string {
  return `${rule.id} ${configs.indexOf(hit.at.config)}`;
}

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
