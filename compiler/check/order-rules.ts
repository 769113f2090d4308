import type { Rule } from "./define-rule.js";

/** Every rule behind those that explain it; otherwise in the given order. */
export function inOrderOfPrerequisites(rules: readonly Rule[]): readonly Rule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const ordered = new Set<Rule>();
  const place = (rule: Rule, path: readonly string[]): void => {
    if (ordered.has(rule)) return;
    if (path.includes(rule.id))
      throw new Error(`rules wait for each other: ${[...path, rule.id].join(", ")}`);
    for (const id of rule.after ?? []) {
      const earlier = byId.get(id);
      if (earlier !== undefined) place(earlier, [...path, rule.id]);
    }
    ordered.add(rule);
  };
  for (const rule of rules) place(rule, []);
  return [...ordered];
}
