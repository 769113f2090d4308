import { checkMessages } from "../../check/messages.js";
import { allRules } from "../../check/registry.js";
import { type Finding, runRules } from "../../check/run.js";
import { canBeAllowed, isAllowed, suppress } from "../../check/suppress.js";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.js";
import { nearestName } from "../../support/nearest-name.js";
import type { Context } from "../context.js";
import { failedAssertions } from "./decide-assertions.js";
import type { LoadedSet } from "./load-set.js";
import { diagnosticsOf } from "./sources-of-set.js";

export interface Choices {
  /** Rules whose findings are errors, whatever they are otherwise; `warnings`: all warnings. */
  readonly deny: readonly string[];
  /** Rules whose findings are left out. */
  readonly allow: readonly string[];
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly {
    readonly diagnostic: Diagnostic;
    readonly reason: string;
    readonly place: Place;
  }[];
  /** How many findings `--allow` took out. */
  readonly leftOut: number;
  /** What is wrong with exceptions in the sources, and assertions that do not hold. */
  readonly problems: readonly Diagnostic[];
}

/** Every rule over the set, without what the sources and the command line allow. */
export function checkSet(loadedSet: LoadedSet, { deny, allow }: Choices): CheckResult {
  const { set, loaded, allowances } = loadedSet;
  const isLeftOut = (finding: Finding): boolean => allow.includes(finding.rule.id) && canBeAllowed(finding);
  const isQuiet = (finding: Finding): boolean => isLeftOut(finding) || isAllowed(finding, allowances);
  const all = runRules(allRules, set, isQuiet);
  const found = all.filter((finding) => !isLeftOut(finding));
  const { kept, suppressed, problems } = suppress(found, allowances, allRules, set);
  const findings = kept.map((finding) =>
    isDenied(finding, deny) ? { ...finding, severity: "error" as const } : finding,
  );
  const hidden = diagnosticsOf(
    suppressed.map(({ finding }) => finding),
    loaded,
  );
  return {
    findings,
    diagnostics: diagnosticsOf(findings, loaded),
    suppressed: hidden.map((diagnostic, index) => {
      const { because, place } = suppressed[index]!.allowance;
      return { diagnostic, reason: because, place };
    }),
    leftOut: all.length - found.length,
    problems: [...problems, ...failedAssertions(loadedSet)],
  };
}

/** What says that a config is not what its bytes are read as: nothing that follows from them is an answer. */
export function misreadings({ set, loaded }: LoadedSet): readonly Diagnostic[] {
  const rules = allRules.filter(({ id, stops }) => stops !== undefined || id === "fmt-revision");
  return diagnosticsOf(runRules(rules, set), loaded);
}

function isDenied({ rule, severity }: Finding, deny: readonly string[]): boolean {
  return deny.includes(rule.id) || (severity === "warning" && deny.includes("warnings"));
}

function unknownRule(name: string, known: Iterable<string>): Diagnostic {
  const help = name.includes(",") ? { help: "name one rule, and repeat the option for each other" } : {};
  return checkMessages["rule-unknown"]({ name, nearest: nearestName(name, known) }, undefined, help);
}

/** False where a rule is named that there is none of, or one that must not be allowed: that was reported. */
export function checkChoices({ deny, allow }: Choices, context: Context): boolean {
  const known = new Map(allRules.map((rule) => [rule.id, rule]));
  let good = true;
  const trouble = (diagnostic: Diagnostic): void => {
    context.trouble(diagnostic);
    good = false;
  };
  for (const name of [...deny.filter((each) => each !== "warnings"), ...allow]) {
    if (!known.has(name)) trouble(unknownRule(name, known.keys()));
  }
  for (const name of allow) {
    const rule = known.get(name);
    if (rule?.severity === "error" && rule.deliberate !== true)
      trouble(checkMessages["allow-impossible"]({ rule: name }));
  }
  for (const name of new Set(allow)) {
    if (!deny.includes(name)) continue;
    context.usage(`\`--allow\` and \`--deny\` both name \`${name}\``, "leave out one of them");
    good = false;
  }
  return good;
}
