import type { Diagnostic, Place } from "../diagnostics/diagnostic.js";
import { nearestName } from "../support/nearest-name.js";
import type { Rule } from "./define-rule.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import type { CheckedSet } from "./facts/checked-set.js";
import { checkMessages } from "./messages.js";
import type { Finding } from "./run.js";

/** Somebody says that what a rule finds is meant so. */
export interface Allowance {
  readonly rule: string;
  readonly because: string;
  readonly place: Place;
  /** The cells it is about; null where it goes by the place of the finding, or is about all. */
  readonly cells: readonly CheckedConfig[] | null;
  /** True for a finding at a place that it speaks of. */
  covers(finding: Finding): boolean;
  /** True where what it is about was checked at all, so that finding nothing means something. */
  readonly isJudged: boolean;
}

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly allowance: Allowance;
}

export interface Suppression {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** What is wrong with the allowances. */
  readonly problems: readonly Diagnostic[];
}

/** Takes out what is allowed. An allowance that no finding needs is a finding itself. */
export function suppress(
  findings: readonly Finding[],
  allowances: readonly Allowance[],
  rules: readonly Rule[],
  set: CheckedSet,
): Suppression {
  const problems: Diagnostic[] = [];
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const used = new Set<Allowance>();
  const refused = new Set<Allowance>();
  const byRule = grouped(allowances);
  for (const allowance of allowances) {
    if (known.has(allowance.rule)) continue;
    const nearest = nearestName(allowance.rule, known.keys());
    problems.push(checkMessages["rule-unknown"]({ name: allowance.rule, nearest }, allowance.place));
  }
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const allowance = byRule.get(finding.rule.id)?.find((each) => concerns(each, finding));
    if (allowance === undefined) kept.push(finding);
    else if (canBeAllowed(finding)) {
      used.add(allowance);
      suppressed.push({ finding, allowance });
    } else {
      refused.add(allowance);
      kept.push(finding);
    }
  }
  for (const allowance of allowances) {
    const { rule, place, isJudged } = allowance;
    if (refused.has(allowance) || isNeverAllowed(known.get(rule)))
      problems.push(checkMessages["allow-impossible"]({ rule }, place));
    else if (isJudged && !used.has(allowance) && wasAsked(known.get(rule), set))
      problems.push(checkMessages["allow-stale"]({ rule }, place));
  }
  return { kept, suppressed, problems };
}

/** True for a finding that one of the exceptions takes back. */
export function isAllowed(finding: Finding, allowances: readonly Allowance[]): boolean {
  return (
    canBeAllowed(finding) &&
    allowances.some((each) => each.rule === finding.rule.id && concerns(each, finding))
  );
}

/** An error stands, unless its rule says that an engineer may want it so. */
export function canBeAllowed({ severity, rule }: Finding): boolean {
  return severity !== "error" || rule.deliberate === true;
}

/** Errors whatever they are about: those about several cells are warnings where the cells may be alternatives. */
function isNeverAllowed(rule: Rule | undefined): boolean {
  if (rule === undefined || rule.deliberate === true || rule.otherwise !== undefined) return false;
  return rule.severity === "error" && (rule.scope === "config" || rule.scope === "root");
}

/** A rule about several cells says nothing about one alone. */
function wasAsked(rule: Rule | undefined, { system, cells, all, board }: CheckedSet): boolean {
  switch (rule?.scope) {
    case undefined:
      return false;
    case "config":
      return true;
    case "root":
      return system !== null && cells.length > 0;
    case "set":
      return all.length > 1;
    case "board":
      return board !== null;
  }
}

function concerns({ cells, covers }: Allowance, finding: Finding): boolean {
  if (cells === null) return covers(finding);
  const { at, also = [], between = [] } = finding.hit;
  const concerned = [at.config, ...also.map((label) => label.at.config), ...between];
  return concerned.some((config) => cells.includes(config)) && covers(finding);
}

function grouped(allowances: readonly Allowance[]): ReadonlyMap<string, readonly Allowance[]> {
  const groups = new Map<string, Allowance[]>();
  for (const allowance of allowances) {
    const group = groups.get(allowance.rule);
    if (group === undefined) groups.set(allowance.rule, [allowance]);
    else group.push(allowance);
  }
  return groups;
}
