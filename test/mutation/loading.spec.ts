import { expect } from "chai";
import { EngineJudge } from "./judge-engine.js";
import { RuleJudge } from "./judge-rule.js";
import type { ModuleCode, ModuleGraph } from "./module-graph.js";
import { ModuleWorld } from "./module-world.js";
import type { Mutation } from "./mutation.js";
import { UnchangedTests } from "./unchanged-tests.js";

const path = "compiler/check/sample.ts";
const spec = "test/compiler/check/sample.spec.ts";
const text = "export const sample = 1;";
const wrong = { start: 22, end: 23, before: "1", replacement: "2" } as Mutation;

/** A module and its spec, which all depends on the module. */
function worldWith(codeOfSpec: ModuleCode): ModuleWorld {
  const original: ModuleCode = (_module, exports) => {
    Object.assign(exports, { sample: 1 });
  };
  return ModuleWorld.original({
    codeOf: (each: string) => (each === spec ? codeOfSpec : original),
    targetOf: () => path,
    withImporters: () => new Set([path, spec]),
  } as unknown as ModuleGraph);
}

function judgeOf(world: ModuleWorld, unchanged = new UnchangedTests(world)): EngineJudge {
  return new EngineJudge(world, [spec], path, text, unchanged, null);
}

const throwing: ModuleCode = () => {
  throw new Error("no such fixture");
};

describe("what does not load before anything is changed", () => {
  it("is no spec that judges, however often it is asked for", () => {
    const world = worldWith(throwing);
    const unchanged = new UnchangedTests(world);
    for (const _time of ["first", "second"])
      expect(() => judgeOf(world, unchanged)).to.throw(`fails unchanged: ${spec}: Error: no such fixture`);
  });

  it("is no rule that is judged", async () => {
    let error: unknown;
    await RuleJudge.of(worldWith(throwing), spec, text).catch((reason: unknown) => {
      error = reason;
    });
    expect(String(error)).to.match(/^Error: fails unchanged: /);
  });

  it("is told from what a change keeps from loading", async () => {
    const world = worldWith((_module, _exports, required) => {
      if (required("./sample.js").sample !== 1) throw new Error("another sample");
    });
    const verdict = await judgeOf(world).judge(wrong);
    expect(verdict).to.deep.equal({ kind: "killed", by: "loading: Error: another sample" });
    expect(await judgeOf(world).judge({ ...wrong, replacement: "1" })).to.deep.equal({ kind: "survived" });
  });
});
