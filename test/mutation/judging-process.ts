/** Started by judging-pool.ts: judges the changes of one file after the other, and sends each verdict at once. */

import "../support/seed.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { EngineJudge } from "./judge-engine.js";
import { RuleJudge } from "./judge-rule.js";
import { ModuleGraph, projectRoot } from "./module-graph.js";
import { ModuleWorld } from "./module-world.js";
import { type Mutation, mutated } from "./mutation.js";
import { judgingSpecs, type Subject } from "./subjects.js";
import { TypeCheck } from "./type-check.js";
import { runUnchanged, type UnchangedTests } from "./unchanged-tests.js";
import type { Verdict } from "./verdict.js";

/** Changes of one file. */
export interface Job {
  readonly subject: Subject;
  readonly mutations: readonly Mutation[];
}

/** A verdict is about the next change of the job, in their order. */
export type Message =
  /** Changes can be judged now. */
  | { readonly kind: "ready"; readonly failing: readonly string[] }
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  | { readonly kind: "done" }
  /** The tests fail unchanged: nothing can be judged. */
  | { readonly kind: "failed"; readonly why: string };

interface Judge {
  /** Tests that fail unchanged: they cannot notice anything. */
  readonly failing?: readonly string[];
  judge(mutation: Mutation): Promise<Verdict>;
}

// That a law is broken is all that is asked, not by how small a value.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });

const specs = judgingSpecs();
const harness = ["test/support/checking.ts", "test/support/rule-cases.ts"];
const ready = ModuleGraph.of([...specs, ...harness]).then((graph) => ({
  graph,
  world: ModuleWorld.original(graph),
}));
const typeCheck = new TypeCheck();
const judges = new Map<string, Judge>();

let unchanged: Promise<UnchangedTests> | undefined;

/** All tests are run once unchanged, where changes of what rules share are to be judged. */
function unchangedTests(): Promise<UnchangedTests> {
  unchanged ??= ready.then(({ graph }) => runUnchanged(graph, specs));
  return unchanged;
}

async function judgeOf({ path, rule }: Subject): Promise<Judge> {
  const known = judges.get(path);
  if (known !== undefined) return known;
  const { graph, world } = await ready;
  const text = readFileSync(join(projectRoot, path), "utf8");
  const importing = graph.withImporters([path]);
  const judge =
    rule === null
      ? new EngineJudge(
          world,
          specs.filter((spec) => importing.has(spec)),
          path,
          text,
          await unchangedTests(),
        )
      : await RuleJudge.of(world, path, text);
  judges.set(path, judge);
  return judge;
}

function send(message: Message): void {
  process.send!(message);
}

process.on("message", async ({ subject, mutations }: Job) => {
  try {
    const judge = await judgeOf(subject);
    send({ kind: "ready", failing: judge.failing ?? [] });
    const text = readFileSync(join(projectRoot, subject.path), "utf8");
    for (const mutation of mutations) {
      const verdict = await judge.judge(mutation);
      const isRejected =
        verdict.kind === "survived" && typeCheck.rejects(subject.path, mutated(text, mutation));
      send({ kind: "verdict", verdict: isRejected ? { kind: "invalid" } : verdict });
    }
    send({ kind: "done" });
  } catch (error) {
    send({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
  }
});
process.on("disconnect", () => process.exit());
