import type { RuleFix } from "../../../check/define-rule.js";
import type { Finding } from "../../../check/run.js";
import type { Fix } from "../../../diagnostics/diagnostic.js";
import type { Context } from "../../context.js";
import type { Checked } from "../check-sets.js";
import { FixPlanner } from "./plan-fix.js";
import type { FinalEdit } from "./planned-edit.js";
import { type LoadAndCheck, type State, Trials } from "./trial.js";
import { verifyFixes } from "./verify-fixes.js";

/**
 * Each fix is tried out by itself, which compiles the whole set again. A report ends there at some point: these limits
 * keep it to a few seconds.
 */
const mostTrials = 40;
const mostBytes = 512 * 1024;

/** The fixes of a report as edits, as far as they can be made. */
export async function offeredFixes(
  checked: Checked,
  shown: readonly Finding[],
  context: Context,
  loadAndCheck: LoadAndCheck,
): Promise<ReadonlyMap<RuleFix, Fix>> {
  const offered = new Map<RuleFix, Fix>();
  const { loadedSet } = checked;
  const planner = new FixPlanner(loadedSet);
  const trials = new Trials(context, loadAndCheck);
  const state: State = { ...checked, texts: new Map(), context };
  const bytes = [...loadedSet.loaded.values()].reduce((sum, config) => sum + config.bytes.length, 0);
  let left = Math.min(mostTrials, Math.floor(mostBytes / Math.max(bytes, 1)));
  for (const finding of shown) {
    for (const fix of finding.fixes) {
      const planned = left > 0 ? planner.plan(finding, fix) : undefined;
      if (planned === undefined) continue;
      left -= 1;
      const verified = await verifyFixes(state, [planned], planned.edits, trials);
      if (verified !== undefined) offered.set(fix, { title: fix.title, edits: spanned(verified.edits) });
    }
  }
  return offered;
}

function spanned(edits: readonly FinalEdit[]): Fix["edits"] {
  return edits
    .toSorted((one, other) => one.edit.start - other.edit.start)
    .map(({ file, edit: { start, end, newText } }) => ({ span: { file, start, end }, newText }));
}
