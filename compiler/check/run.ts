import type { Origins } from "../ir/node.js";
import type { Consequence, Outcome } from "./consequence.js";
import type { Hit, Rule, RuleFix, RuleInputs, RuleScope, RuleSeverity } from "./define-rule.js";
import type { CheckedConfig, Machine } from "./facts/checked-config.js";
import type { CheckedSet } from "./facts/checked-set.js";
import { LimitedFindings } from "./limit-findings.js";
import { inOrderOfPrerequisites } from "./order-rules.js";
import type { Spot } from "./spot.js";

/** What a rule has found, with all that follows from the rule and from what runs together. */
export interface Finding {
  readonly rule: Rule;
  readonly hit: Hit;
  readonly severity: RuleSeverity;
  readonly consequence: Consequence;
  readonly fixes: readonly RuleFix[];
  /** It matters only if these cells run together, which nothing says: an error is a warning then. */
  readonly ifTogether: readonly CheckedConfig[] | null;
  /** Scenarios name these cells, and none names them together: only a note then. */
  readonly keptApart: boolean;
}

/**
 * Asks every rule, those that explain others first, and leaves out what they explain. Of very many findings of one rule in
 * one config few are told, whatever is quiet; those explain others all the same. Configs of machines that no rule
 * is about (other architectures) are looked at as far as the rules are for all machines, and those that may be for several
 * machines as far as the rules are for all of these.
 *
 * @param isAllowed findings that will not be told: they explain nothing
 */
export function runRules(
  rules: readonly Rule[],
  set: CheckedSet,
  isAllowed: (finding: Finding) => boolean = () => false,
): readonly Finding[] {
  const findings: Finding[] = [];
  const marks = new Map<string, Marks>();
  const unreadable = new Set<CheckedConfig>();
  let readable = set;
  const stopping = rules.filter(({ stops }) => stops !== undefined);
  const others = rules.filter(({ stops }) => stops === undefined);
  const explainers = new Set(rules.flatMap(({ after = [] }) => after));
  for (const rule of inOrderOfPrerequisites([...stopping, ...others])) {
    const own: Marks = new Map();
    const limited = new LimitedFindings();
    const explaining = (rule.after ?? []).flatMap((id) => marks.get(id) ?? []);
    if (readable.all.some((config) => unreadable.has(config))) readable = without(unreadable, readable);
    for (const hit of hitsOf(rule, readable)) {
      const finding = findingOf(rule, hit, set);
      const isQuiet = isAllowed(finding);
      if (!isQuiet && explainers.has(rule.id)) mark(own, finding);
      if (isIn(unreadable, hit) || isExplained(finding, explaining)) continue;
      if (isQuiet) limited.addQuiet(finding);
      else limited.add(finding);
      if (stopsAt(rule, hit)) unreadable.add(hit.at.config);
    }
    for (const finding of limited.all()) findings.push(finding);
    if (own.size > 0) marks.set(rule.id, own);
  }
  return findings;
}

/** True where nothing that is read from the config of this hit can be trusted. */
export function stopsAt({ stops, consequences }: Rule, { as = Object.keys(consequences)[0]! }: Hit): boolean {
  return stops === true || (stops?.includes(as) ?? false);
}

/** What the others have in common with a config that cannot be read is not known: it counts as not given. */
function without(unreadable: ReadonlySet<CheckedConfig>, set: CheckedSet): CheckedSet {
  const isReadable = (config: CheckedConfig): boolean => !unreadable.has(config);
  const { system, cells, all } = set;
  return {
    ...set,
    system: system !== null && isReadable(system) ? system : null,
    cells: cells.filter(isReadable),
    all: all.filter(isReadable),
  };
}

/** Nodes at which a rule has found something, told or not, and how grave it is there. */
type Marks = Map<Origins, Gravity>;

interface Gravity {
  /** As in `severities`, the highest. */
  readonly severity: number;
  /** The highest where the machine does not run as it is, or runs without isolation; -1 where there is none. */
  readonly decisive: number;
}

const severities: readonly RuleSeverity[] = ["info", "warning", "error"];
const error = severities.indexOf("error");
const decisiveOutcomes: ReadonlySet<Outcome> = new Set(["refused", "crash", "hang", "isolation"]);

/** Nodes may be very many: they share these. */
const gravities: readonly (readonly Gravity[])[] = severities.map((_, severity) =>
  [-1, ...severities.keys()].map((decisive) => ({ severity, decisive })),
);

function gravityOf(severity: number, decisive: number): Gravity {
  return gravities[severity]![decisive + 1]!;
}

function mark(marks: Marks, { hit, severity, consequence }: Finding): void {
  const grade = severities.indexOf(severity);
  const gravity = gravityOf(grade, decisiveOutcomes.has(consequence.outcome) ? grade : -1);
  markNode(marks, hit.at.node.origins, gravity);
  for (const { at } of hit.also ?? []) markNode(marks, at.node.origins, gravity);
}

function markNode(marks: Marks, node: Origins, { severity, decisive }: Gravity): void {
  const known = marks.get(node);
  const highest = Math.max(severity, known?.severity ?? -1);
  marks.set(node, gravityOf(highest, Math.max(decisive, known?.decisive ?? -1)));
}

function isIn(configs: ReadonlySet<CheckedConfig>, { at, also }: Hit): boolean {
  if (configs.size === 0) return false;
  return configs.has(at.config) || (also?.some((label) => configs.has(label.at.config)) ?? false);
}

/**
 * At the same node, or at the whole config that one of the nodes belongs to. An error is explained by errors only, and what
 * breaks isolation not by what merely has no effect.
 */
function isExplained({ hit, severity, consequence }: Finding, explaining: readonly Marks[]): boolean {
  if (explaining.length === 0) return false;
  const own = severities.indexOf(severity);
  const suffices = (gravity: Gravity | undefined): boolean => {
    if (gravity === undefined) return false;
    if (gravity.severity === error) return true;
    return severity !== "error" && (consequence.outcome !== "isolation" || gravity.decisive >= own);
  };
  const isExplainedAt = ({ node, config }: Spot): boolean =>
    explaining.some((marks) => suffices(marks.get(node.origins)) || suffices(marks.get(config.cell.origins)));
  return isExplainedAt(hit.at) || (hit.also?.some(({ at }) => isExplainedAt(at)) ?? false);
}

function hitsOf(rule: Rule, set: CheckedSet): Iterable<Hit> {
  const inputs = inputsOf[rule.scope](set) as Iterable<RuleInputs[RuleScope]>;
  return (function* () {
    for (const input of inputs) if (concerns(rule, input)) yield* rule.find(input);
  })();
}

const inputsOf: { readonly [Scope in RuleScope]: (set: CheckedSet) => readonly RuleInputs[Scope][] } = {
  config: (set) => set.all.map((config) => ({ config, set })),
  root: (set) => {
    const { system, cells } = set;
    return system === null ? [] : cells.map((cell) => ({ cell, system, set }));
  },
  set: (set) => [{ set }],
  board: (set) => (set.board === null ? [] : [{ board: set.board, set }]),
};

function concerns({ machines, only }: Rule, input: RuleInputs[RuleScope]): boolean {
  const config = "config" in input ? input.config : "cell" in input ? input.cell : undefined;
  if (config !== undefined && only !== undefined && (only === "system") !== config.isRoot) return false;
  if (machines === undefined) return true;
  const { system, cells } = input.set;
  const possible = machinesOf(config ?? system ?? cells[0], system);
  return possible.length > 0 && possible.every((machine) => machines.includes(machine));
}

/**
 * A cell of another machine than its system is told as that. What only one of the two machines has would follow from it, so
 * that it counts as one that may be for either.
 */
function machinesOf(config: CheckedConfig | undefined, system: CheckedConfig | null): readonly Machine[] {
  const machines = config?.machines ?? [];
  if (system === null || machines.length === 0) return machines;
  const common = machines.filter((machine) => system.mayBe(machine));
  return common.length > 0 ? common : [...machines, ...system.machines];
}

function findingOf(rule: Rule, hit: Hit, set: CheckedSet): Finding {
  const consequence = rule.consequences[hit.as ?? Object.keys(rule.consequences)[0]!]!;
  const severity = hit.severity ?? rule.severity;
  const { between, fixes = noFixes } = hit;
  const strangers = between === undefined ? [] : strangersAmong(between, set);
  const keptApart = strangers.length > 0 && strangers.every(([one, other]) => set.apart(one, other));
  return {
    rule,
    hit,
    severity: keptApart ? "info" : severity === "error" && strangers.length > 0 ? "warning" : severity,
    consequence,
    fixes,
    ifTogether: between !== undefined && strangers.length > 0 ? between : null,
    keptApart,
  };
}

const noFixes: readonly RuleFix[] = [];

/** Pairs that are not said to run together. */
function strangersAmong(
  cells: readonly CheckedConfig[],
  set: CheckedSet,
): readonly (readonly [CheckedConfig, CheckedConfig])[] {
  const pairs = cells.flatMap((one, index) => cells.slice(index + 1).map((other) => [one, other] as const));
  return pairs.filter(([one, other]) => !set.together(one, other));
}
