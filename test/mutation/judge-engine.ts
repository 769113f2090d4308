import { basename } from "node:path";
import { moduleCode } from "./module-graph.js";
import type { ModuleWorld } from "./module-world.js";
import { type Mutation, mutated } from "./mutation.js";
import { withTimeLimit } from "./time-limit.js";
import { type KeyedTest, keyedTests, type UnchangedTests } from "./unchanged-tests.js";
import type { Verdict } from "./verdict.js";

/** What each test may take longer than it does unchanged. */
const slack = 5000;

/** Its groups are called `rule ID`. */
const specOfRules = "test/compiler/check/rules.spec.ts";

/**
 * Judges changes of what rules share, by the specs of compiler/check. The cases of all rules are among them; facts are
 * judged by those of the rules that import them, directly or not.
 */
export class EngineJudge {
  private readonly specs: readonly string[];
  /** How many changes each test has noticed: the successful ones are asked first. */
  private readonly successes = new Map<string, number>();

  /**
   * Throws where a spec does not load unchanged.
   * @param specs that import the module, directly or not
   */
  constructor(
    private readonly world: ModuleWorld,
    specs: readonly string[],
    private readonly path: string,
    private readonly text: string,
    private readonly unchanged: UnchangedTests,
    /** Ids of the rules whose cases are asked; null for all. */
    private readonly rules: ReadonlySet<string> | null,
  ) {
    // Its own ones first; the cases of all rules take more time than all others.
    const own = specs.filter((spec) => basename(spec).startsWith(basename(path, ".ts")));
    const others = specs.filter((spec) => !own.includes(spec) && spec !== specOfRules);
    this.specs = [...own, ...others, ...specs.filter((spec) => spec === specOfRules)];
    unchanged.load(this.specs);
  }

  async judge(mutation: Mutation): Promise<Verdict> {
    const code = await moduleCode(this.path, mutated(this.text, mutation)).catch(() => null);
    return code === null ? { kind: "invalid" } : this.verdictOn(this.world.with(this.path, code));
  }

  private verdictOn(world: ModuleWorld): Verdict {
    let tests: readonly KeyedTest[] = [];
    try {
      withTimeLimit(slack, () => {
        tests = keyedTests(world, this.specs).filter((test) => this.isAsked(test));
      });
    } catch (error) {
      return { kind: "killed", by: `loading: ${error}` };
    }
    const rank = ({ key }: KeyedTest): number => this.successes.get(key) ?? 0;
    for (const test of [...tests].sort((one, other) => rank(other) - rank(one))) {
      const { key, run } = test;
      const usual = this.unchanged.usual(test);
      if (usual === null) continue;
      try {
        withTimeLimit(slack + 20 * usual, run);
      } catch (error) {
        this.successes.set(key, (this.successes.get(key) ?? 0) + 1);
        return { kind: "killed", by: `${key}: ${error}` };
      }
    }
    return { kind: "survived" };
  }

  private isAsked({ spec, title }: KeyedTest): boolean {
    if (this.rules === null || spec !== specOfRules) return true;
    const rule = /^rule ([^:]+): /.exec(title)?.[1];
    return rule === undefined || this.rules.has(rule);
  }
}
