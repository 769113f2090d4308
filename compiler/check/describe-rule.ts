import { type Consequence, consequenceText, type Outcome, type Step } from "./consequence.js";
import type { Rule, RuleScope } from "./define-rule.js";

/** What a rule says of itself, put into words once for `cellc explain`, the pages of docs/rules and SARIF. */

const scopes: Readonly<Record<RuleScope, string>> = {
  config: "each config by itself",
  root: "each cell with the system it runs on",
  set: "all cells with each other",
  board: "the configs with what is known about the board",
};

const outcomes: Readonly<Record<Outcome, string>> = {
  refused: "refused",
  crash: "the hypervisor crashes",
  hang: "everything hangs",
  parked: "a CPU is parked",
  isolation: "isolation is broken",
  ineffective: "not what the config says",
  harmless: "harmless",
};

const steps: Readonly<Record<Step, string>> = {
  enable: "`jailhouse enable`",
  create: "`jailhouse cell create`",
  load: "`jailhouse cell load`",
  start: "`jailhouse cell start`",
  run: "while the cells run",
  destroy: "`jailhouse cell destroy`",
  disable: "`jailhouse disable`",
};

/** `error`, `error, or warning on x86` */
export function severityOfRule({ severity, otherwise }: Rule): string {
  return otherwise === undefined ? severity : `${severity}, or ${otherwise}`;
}

/** `error · memory · each config by itself · x86` */
export function kindOfRule(rule: Rule): readonly string[] {
  const { family, scope, machines, only } = rule;
  return [
    severityOfRule(rule),
    family,
    scopes[scope],
    ...(only === undefined ? [] : [only === "system" ? "systems only" : "cells only"]),
    ...(machines === undefined ? [] : [machines.join(", ")]),
  ];
}

/** When it shows, what it comes to, and the sentences about it. */
export function consequencesOfRule({
  consequences,
}: Rule): readonly { readonly when: string; readonly what: string; readonly text: string }[] {
  return Object.values<Consequence>(consequences).map((consequence) => ({
    when: steps[consequence.step],
    what: outcomes[consequence.outcome],
    text: consequenceText(consequence),
  }));
}

/** For both kinds of sources. */
export function helpOfRule({ help, helpInLanguage }: Rule): string {
  return helpInLanguage === undefined ? help : `${help}. In the cell language: ${helpInLanguage}`;
}

/** Whether and how what it finds can be left as it is. */
export function allowingOfRule({ id, severity, deliberate }: Rule): string {
  if (severity === "error" && deliberate !== true)
    return "An error of this rule cannot be allowed: it is one whatever anybody intends.";
  return `Where it is meant so: \`allow ${id} in CELL because "..."\` in the cell language, \`/* cellc: allow ${id}: reason */\` in C.`;
}
