import type { ModuleWorld } from "./module-world.js";

export interface SpecTest {
  readonly title: string;
  run(): unknown;
}

type Body = () => unknown;

/** Loads a spec and gives its tests, those of groups within groups included. */
export function testsOf(world: ModuleWorld, path: string): readonly SpecTest[] {
  const tests: SpecTest[] = [];
  const groups: string[] = [];
  const preparations: Body[] = [];
  const describe = (title: string, body: Body): void => {
    groups.push(title);
    body();
    groups.pop();
  };
  const it = (title: string, run: Body): void => {
    tests.push({ title: [...groups, title].join(": "), run: () => run.call({ timeout: () => undefined }) });
  };
  world.exportsOf(path, { describe, it, before: (body: Body) => preparations.push(body) });
  for (const prepare of preparations) prepare.call({ timeout: () => undefined });
  return tests;
}
