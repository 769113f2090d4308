import type { Rule } from "../../compiler/check/define-rule.js";
import type * as Checking from "../support/checking.js";
import type * as RuleCases from "../support/rule-cases.js";
import { type Exports, type ModuleCode, moduleCode } from "./module-graph.js";
import type { ModuleWorld } from "./module-world.js";
import { type Mutation, mutated } from "./mutation.js";
import { withTimeLimit } from "./time-limit.js";
import type { Verdict } from "./verdict.js";

/** Far beyond what the cases of any rule take. */
const limit = 5000;

/** Judges changes of a rule by its own cases and its two examples. */
export class RuleJudge {
  private readonly checking: typeof Checking;
  private readonly cases: typeof RuleCases;
  private readonly allRules: readonly Rule[];
  private readonly rule: Rule;
  private readonly ownCases: readonly RuleCases.RuleCase[];

  private constructor(
    private readonly world: ModuleWorld,
    private readonly path: string,
    private readonly text: string,
  ) {
    this.checking = world.exportsOf("test/support/checking.ts") as unknown as typeof Checking;
    this.cases = world.exportsOf("test/support/rule-cases.ts") as unknown as typeof RuleCases;
    this.allRules = world.exportsOf("compiler/check/registry.ts").allRules as readonly Rule[];
    this.rule = ruleIn(world.exportsOf(path));
    this.ownCases = this.cases.readCases(this.rule);
  }

  /** Rejects where the rule does not load, or a case fails, unchanged. */
  static async of(world: ModuleWorld, path: string, text: string): Promise<RuleJudge> {
    const judge = RuleJudge.loaded(world, path, text);
    const verdict = judge.verdictOn(await moduleCode(path, text));
    if (verdict.kind !== "survived") throw new Error(`fails unchanged: ${JSON.stringify(verdict)}`);
    return judge;
  }

  private static loaded(world: ModuleWorld, path: string, text: string): RuleJudge {
    try {
      return new RuleJudge(world, path, text);
    } catch (error) {
      throw new Error(`fails unchanged: ${error}`);
    }
  }

  async judge(mutation: Mutation): Promise<Verdict> {
    const code = await moduleCode(this.path, mutated(this.text, mutation)).catch(() => null);
    return code === null ? { kind: "invalid" } : this.verdictOn(code);
  }

  private verdictOn(code: ModuleCode): Verdict {
    try {
      let failure: string | undefined;
      withTimeLimit(limit, () => {
        failure = this.firstFailure(ruleIn(this.world.with(this.path, code).exportsOf(this.path)));
      });
      return failure === undefined ? { kind: "survived" } : { kind: "killed", by: failure };
    } catch (error) {
      return { kind: "killed", by: String(error) };
    }
  }

  /** The title of the first case that would fail with this rule in place of its own. */
  private firstFailure(rule: Rule): string | undefined {
    const rules = this.allRules.map((each) => (each.id === this.rule.id ? rule : each));
    for (const each of this.ownCases) {
      const expected = (each.sections.get("findings") ?? "").trimEnd();
      if (this.cases.foundIn(each, rule, rules).trimEnd() !== expected) return each.title;
    }
    if (!this.findsIn("wrong", rule, rules)) return "the wrong example";
    return this.findsIn("right", rule, rules) ? "the right example" : undefined;
  }

  private findsIn(which: "wrong" | "right", rule: Rule, rules: readonly Rule[]): boolean {
    const { example } = this.rule;
    const setting = { ...example, together: example.together === true };
    const asked = this.cases.withPrerequisites(rule, rules);
    return this.checking.checkText(example[which], setting, asked).some((each) => each.rule.id === rule.id);
  }
}

function ruleIn(exports: Exports): Rule {
  const rule = Object.values(exports).find(
    (each) => typeof each === "object" && each !== null && "id" in each && "find" in each,
  );
  if (rule === undefined) throw new Error("no rule is exported");
  return rule as Rule;
}
