/** Makes all fixes that can be made, round by round: what one of them mends may bring another one within reach. */

import type { Finding } from "../../../check/run.js";
import type { SourceFile } from "../../../support/source.js";
import { FixPlanner, type PlannedFix } from "./plan-fix.js";
import { collide, isSame } from "./planned-edit.js";
import type { State, Trials } from "./trial.js";
import { type Verified, verifyFixes } from "./verify-fixes.js";

/** Each round mends something, and each fix that fails is tried once: the limits only guard against rules that disagree. */
const mostRounds = 100;
const mostTrials = 300;

/** More wait for the next round: each is compared with all others. */
const mostAtOnce = 500;

export interface MadeFix {
  /** Where its first change was, in the file as it was then. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
  readonly title: string;
}

export interface MadeFixes {
  readonly made: readonly MadeFix[];
  readonly state: State;
  /** Files as they were before the first fix. */
  readonly originals: readonly SourceFile[];
}

/** @param isShown false for findings that the user has not asked to see: they are left alone */
export async function makeFixes(
  first: State,
  trials: Trials,
  isShown: (finding: Finding) => boolean,
): Promise<MadeFixes> {
  const maker = new FixMaker(first, trials, isShown);
  let round = 0;
  while (round < mostRounds && (await maker.round())) round += 1;
  return { made: maker.made, state: maker.state, originals: [...maker.originals.values()] };
}

class FixMaker {
  readonly made: MadeFix[] = [];
  readonly originals = new Map<string, SourceFile>();
  /** Fixes that did not come out as they should. */
  private readonly failed = new Set<string>();
  /** What has failed may come out right with others made since. */
  private mayTryAgain = false;
  private trialsLeft = mostTrials;

  constructor(
    public state: State,
    private readonly trials: Trials,
    private readonly isShown: (finding: Finding) => boolean,
  ) {}

  /** False where nothing is left to do. */
  async round(): Promise<boolean> {
    const planner = new FixPlanner(this.state.loadedSet);
    const chosen = this.choose(planner);
    const known = this.failed.size;
    const best = await this.largest(chosen, planner);
    if (best === undefined) {
      // A finding whose first fix has failed may have another one.
      if (this.failed.size > known) return true;
      const again = this.mayTryAgain && known > 0;
      this.mayTryAgain = false;
      this.failed.clear();
      return again;
    }
    this.tell(best.fixes);
    this.mayTryAgain = true;
    for (const { file } of best.verified.edits)
      if (!this.originals.has(file.identity!)) this.originals.set(file.identity!, file);
    this.state = best.verified.state;
    return true;
  }

  /** An edit that mends several findings, as in a fragment that several cells use, is told once. */
  private tell(fixes: readonly PlannedFix[]): void {
    const told: PlannedFix[] = [];
    for (const fix of fixes) {
      if (told.some((other) => isOneEdit(fix, other))) continue;
      told.push(fix);
      this.made.push(madeFix(fix));
    }
  }

  /** One fix for a finding, and none that changes what another one changes. */
  private choose(planner: FixPlanner): readonly PlannedFix[] {
    const chosen: PlannedFix[] = [];
    const touched = new Set<object>();
    for (const finding of this.state.result.findings.filter(this.isShown)) {
      if (chosen.length === mostAtOnce) break;
      for (const fix of finding.fixes) {
        if (fix.changes.some(({ at }) => touched.has(at.node.origins))) continue;
        const planned = planner.plan(finding, fix);
        if (planned === undefined || this.failed.has(keyOf(planned))) continue;
        if (chosen.some(({ edits }) => collide(edits, planned.edits))) continue;
        chosen.push(planned);
        for (const { at } of fix.changes) touched.add(at.node.origins);
        break;
      }
    }
    return chosen;
  }

  /** As many of the fixes as come out right together: all, or those of each half. */
  private async largest(
    fixes: readonly PlannedFix[],
    planner: FixPlanner,
  ): Promise<{ readonly fixes: readonly PlannedFix[]; readonly verified: Verified } | undefined> {
    if (fixes.length === 0 || this.trialsLeft === 0) return undefined;
    this.trialsLeft -= 1;
    const planned = planner.edits(fixes.flatMap(({ changes }) => changes));
    const verified =
      planned === undefined ? undefined : await verifyFixes(this.state, fixes, planned, this.trials);
    if (verified !== undefined) return { fixes, verified };
    if (fixes.length === 1) {
      this.failed.add(keyOf(fixes[0]!));
      return undefined;
    }
    const middle = Math.ceil(fixes.length / 2);
    const one = await this.largest(fixes.slice(0, middle), planner);
    // The others come in the next round.
    return one ?? (await this.largest(fixes.slice(middle), planner));
  }
}

function isOneEdit(one: PlannedFix, other: PlannedFix): boolean {
  const { finding, fix, edits } = other;
  return (
    one.finding.rule === finding.rule &&
    one.fix.title === fix.title &&
    one.edits.length === edits.length &&
    one.edits.every((edit, index) => isSame(edit, edits[index]!))
  );
}

function madeFix({ finding, fix, edits }: PlannedFix): MadeFix {
  // The changes themselves come before what follows from them, such as lengths.
  const { file, edit } = edits[0]!;
  return {
    file: file.path,
    line: file.position(edit.start).line,
    rule: finding.rule.id,
    title: fix.title,
  };
}

function keyOf({ finding, fix }: PlannedFix): string {
  const { rule, hit } = finding;
  return JSON.stringify([rule.id, hit.at.config.title, hit.message, fix.title]);
}
