import { basename } from "node:path";
import { moduleCode } from "./module-graph.js";
import type { ModuleWorld } from "./module-world.js";
import { type Mutation, mutated } from "./mutation.js";
import { withTimeLimit } from "./time-limit.js";
import { type KeyedTest, keyedTests, type UnchangedTests } from "./unchanged-tests.js";
import type { Verdict } from "./verdict.js";

/** What each test may take longer than it does unchanged. */
const slack = 5000;

/** Judges changes of what all rules share, by all specs of compiler/check: the cases of all rules are among them. */
export class EngineJudge {
  private readonly specs: readonly string[];
  /** How many changes each test has noticed: the successful ones are asked first. */
  private readonly successes = new Map<string, number>();

  /** @param specs that import the module, directly or not */
  constructor(
    private readonly world: ModuleWorld,
    specs: readonly string[],
    private readonly path: string,
    private readonly text: string,
    private readonly unchanged: UnchangedTests,
  ) {
    const own = specs.filter((spec) => basename(spec).startsWith(basename(path, ".ts")));
    this.specs = [...own, ...specs.filter((spec) => !own.includes(spec))];
  }

  get failing(): readonly string[] {
    return this.unchanged.failing;
  }

  async judge(mutation: Mutation): Promise<Verdict> {
    const code = await moduleCode(this.path, mutated(this.text, mutation)).catch(() => null);
    return code === null ? { kind: "invalid" } : this.verdictOn(this.world.with(this.path, code));
  }

  private verdictOn(world: ModuleWorld): Verdict {
    const { usual } = this.unchanged;
    let tests: readonly KeyedTest[] = [];
    try {
      withTimeLimit(slack, () => {
        tests = keyedTests(world, this.specs).filter(({ key }) => usual.has(key));
      });
    } catch (error) {
      return { kind: "killed", by: `loading: ${error}` };
    }
    const rank = ({ key }: KeyedTest): number => this.successes.get(key) ?? 0;
    for (const { key, run } of [...tests].sort((one, other) => rank(other) - rank(one))) {
      try {
        withTimeLimit(slack + 20 * usual.get(key)!, run);
      } catch (error) {
        this.successes.set(key, (this.successes.get(key) ?? 0) + 1);
        return { kind: "killed", by: `${key}: ${error}` };
      }
    }
    return { kind: "survived" };
  }
}
