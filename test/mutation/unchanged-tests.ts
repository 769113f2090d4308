import type { ModuleWorld } from "./module-world.js";
import { testsOf } from "./spec-tests.js";
import { withTimeLimit } from "./time-limit.js";

export interface KeyedTest {
  readonly spec: string;
  readonly title: string;
  readonly key: string;
  run(): unknown;
}

export function keyedTests(world: ModuleWorld, specs: readonly string[]): readonly KeyedTest[] {
  return specs.flatMap((spec) =>
    testsOf(world, spec).map(({ title, run }) => ({ spec, title, key: `${spec}: ${title}`, run })),
  );
}

/** Far beyond what any test takes. */
const limit = 300_000;

/** How the tests do where nothing is changed: each is run once, when it is first asked about. */
export class UnchangedTests {
  /** Those that fail. They cannot notice anything. */
  readonly failing: string[] = [];
  private readonly loaded = new Map<string, ReadonlyMap<string, KeyedTest>>();
  private readonly known = new Map<string, number | null>();

  constructor(private readonly world: ModuleWorld) {}

  /** Throws where one of them does not even load: a change that keeps it from loading would be noticed by nothing. */
  load(specs: readonly string[]): void {
    for (const spec of specs) {
      try {
        this.testsOf(spec);
      } catch (error) {
        throw new Error(`fails unchanged: ${spec}: ${error}`);
      }
    }
  }

  /** Milliseconds that a test takes; null where it fails, or does not end at once. */
  usual({ spec, key }: KeyedTest): number | null {
    let milliseconds = this.known.get(key);
    if (milliseconds === undefined) {
      milliseconds = this.measured(this.testsOf(spec).get(key));
      this.known.set(key, milliseconds);
    }
    return milliseconds;
  }

  private testsOf(spec: string): ReadonlyMap<string, KeyedTest> {
    const tests =
      this.loaded.get(spec) ?? new Map(keyedTests(this.world, [spec]).map((test) => [test.key, test]));
    this.loaded.set(spec, tests);
    return tests;
  }

  private measured(test: KeyedTest | undefined): number | null {
    if (test === undefined) return null;
    let result: unknown;
    const start = performance.now();
    const fails = (error: unknown): null => {
      this.failing.push(`${test.key}: ${error}`);
      return null;
    };
    try {
      withTimeLimit(limit, () => {
        result = test.run();
      });
    } catch (error) {
      return fails(error);
    }
    if (result instanceof Promise) {
      result.catch(fails);
      return null;
    }
    return Math.ceil(performance.now() - start);
  }
}
