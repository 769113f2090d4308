import type { Rule, RuleInputs, RuleScope } from "../../compiler/check/define-rule.js";

/** A rule that finds nothing, to be given what a test of the engine is about. */
export function sampleRule<Scope extends RuleScope = "config">(
  id: string,
  parts: Partial<Omit<Rule, "find" | "scope">> & {
    readonly scope?: Scope;
    find?(input: RuleInputs[Scope]): ReturnType<Rule["find"]>;
  } = {},
): Rule {
  return {
    id,
    family: "memory",
    title: "A rule",
    severity: "error",
    scope: "config",
    statement: "Nothing.",
    explanation: "Nothing.",
    consequences: {
      first: { step: "create", outcome: "refused", errno: "EINVAL", text: "The first." },
      second: { step: "run", outcome: "crash", text: "The second." },
    },
    help: "do nothing",
    sources: [],
    example: { wrong: "", right: "" },
    find: () => [],
    ...parts,
  } as unknown as Rule;
}
