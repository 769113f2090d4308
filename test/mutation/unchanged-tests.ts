import type { ModuleGraph } from "./module-graph.js";
import { ModuleWorld } from "./module-world.js";
import { testsOf } from "./spec-tests.js";
import { withTimeLimit } from "./time-limit.js";

export interface KeyedTest {
  readonly key: string;
  run(): unknown;
}

export function keyedTests(world: ModuleWorld, specs: readonly string[]): readonly KeyedTest[] {
  return specs.flatMap((spec) =>
    testsOf(world, spec).map(({ title, run }) => ({ key: `${spec}: ${title}`, run })),
  );
}

/** How the tests of all specs do where nothing is changed. */
export interface UnchangedTests {
  /** Milliseconds that each test takes. Those that are not here fail, or do not end at once. */
  readonly usual: ReadonlyMap<string, number>;
  readonly failing: readonly string[];
}

/** Far beyond what any test takes. */
const limit = 300_000;

export async function runUnchanged(graph: ModuleGraph, specs: readonly string[]): Promise<UnchangedTests> {
  const usual = new Map<string, number>();
  const failing: string[] = [];
  for (const { key, run } of keyedTests(ModuleWorld.original(graph), specs)) {
    let result: unknown;
    const start = performance.now();
    try {
      withTimeLimit(limit, () => {
        result = run();
      });
      await result;
      if (!(result instanceof Promise)) usual.set(key, Math.ceil(performance.now() - start));
    } catch (error) {
      failing.push(`${key}: ${error}`);
    }
  }
  return { usual, failing };
}
