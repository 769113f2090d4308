/** An edit that grants an access, tried out: it counts only where the edited sources grant it and nothing else changes. */

import type { CheckedConfig } from "../../check/facts/checked-config.js";
import type { CheckedSet } from "../../check/facts/checked-set.js";
import { partitionsOf } from "../../check/reach/reach.js";
import type { Finding } from "../../check/run.js";
import { isGranted } from "../../diagnose/judge/granted.js";
import type { Offer } from "../../diagnose/judge/judgement.js";
import { FixPlanner } from "../check/fixing/plan-fix.js";
import type { FinalEdit } from "../check/fixing/planned-edit.js";
import type { State, Trials } from "../check/fixing/trial.js";
import { tryChanges } from "../check/fixing/verify-fixes.js";

export type TriedOffer =
  | {
      readonly kind: "made";
      readonly state: State;
      readonly edits: readonly FinalEdit[];
      /** What the rules find once it is made, and did not find before. */
      readonly warnings: readonly Finding[];
    }
  /** The edit would do what the rules call an error, or let cells reach each other. */
  | { readonly kind: "harmful"; readonly findings: readonly Finding[] }
  /** The source says it in a way that cannot be changed without knowing what was meant. */
  | { readonly kind: "impossible" }
  /** Enough others have been tried. */
  | { readonly kind: "untried" };

export async function tryOffer(
  before: State,
  offer: Offer,
  cell: CheckedConfig,
  trials: Trials,
): Promise<TriedOffer> {
  const planner = new FixPlanner(before.loadedSet);
  const place = [...before.loadedSet.loaded.keys()].indexOf(cell);
  for (const way of offer.ways) {
    const planned = planner.edits(way);
    const tried = planned === undefined ? undefined : await tryChanges(before, way, planned, trials);
    if (tried === undefined) continue;
    const { state, edits } = tried;
    const changed = [...state.loadedSet.loaded.keys()][place]!;
    const set = setWith(changed, state);
    if (!partitionsOf(set, set.cells).every((partition) => isGranted(offer.access, changed, partition)))
      continue;
    const fresh = newFindings(before, state);
    const harmful = fresh.filter(isHarmful);
    if (harmful.length > 0) return { kind: "harmful", findings: harmful };
    return { kind: "made", state, edits, warnings: fresh };
  }
  return { kind: "impossible" };
}

export function setWith(cell: CheckedConfig, { loadedSet }: Pick<State, "loadedSet">): CheckedSet {
  return loadedSet.sets.find(({ all }) => all.includes(cell))!;
}

const harmfulOutcomes: ReadonlySet<string> = new Set(["isolation", "crash", "hang"]);

/** What cells do to each other that cannot run at the same time, since they have a CPU in common, is only told. */
function isHarmful({ severity, consequence, hit }: Finding): boolean {
  const cells = (hit.between ?? []).filter(({ isRoot }) => !isRoot);
  const cpus = cells.flatMap((cell) => cell.cpus);
  if (new Set(cpus).size < cpus.length) return false;
  return severity === "error" || harmfulOutcomes.has(consequence.outcome);
}

/** Findings are told apart by rule and config: an edit may change their messages. */
function newFindings(before: State, after: State): readonly Finding[] {
  const known = new Map<string, number>();
  const count = (key: string, by: number): number => {
    const sum = (known.get(key) ?? 0) + by;
    known.set(key, sum);
    return sum;
  };
  for (const finding of before.result.findings) count(keyOf(finding, before), 1);
  return after.result.findings.filter(
    (finding) => finding.severity !== "info" && count(keyOf(finding, after), -1) < 0,
  );
}

function keyOf({ rule, hit }: Finding, { loadedSet }: State): string {
  return `${rule.id} ${[...loadedSet.loaded.keys()].indexOf(hit.at.config)}`;
}
