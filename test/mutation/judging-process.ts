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
import { allSubjects, isAskedAbout, judgingSpecs, type Subject } from "./subjects.js";
import { TypeCheck } from "./type-check.js";
import { UnchangedTests } from "./unchanged-tests.js";
import type { Verdict } from "./verdict.js";

/** Changes of one file. */
export interface Job {
  readonly subject: Subject;
  readonly mutations: readonly Mutation[];
}

/** A verdict is about the next change of the job, in their order. */
export type Message =
  /** Changes can be judged now. */
  | { readonly kind: "ready" }
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  /** With the tests that fail unchanged: they cannot notice anything. */
  | { readonly kind: "done"; readonly failing: readonly string[] }
  /** The tests fail unchanged: nothing can be judged. */
  | { readonly kind: "failed"; readonly why: string };

interface Judge {
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

const unchanged = ready.then(({ world }) => new UnchangedTests(world));

async function judgeOf({ path, family, rule }: Subject): Promise<Judge> {
  const known = judges.get(path);
  if (known !== undefined) return known;
  const { graph, world } = await ready;
  const text = readFileSync(join(projectRoot, path), "utf8");
  const importing = graph.withImporters([path]);
  const judge =
    rule === null
      ? new EngineJudge(
          world,
          specs.filter((spec) => importing.has(spec) && isAskedAbout(spec, family)),
          path,
          text,
          await unchanged,
          family === "facts" ? rulesIn(importing) : null,
        )
      : await RuleJudge.of(world, path, text);
  judges.set(path, judge);
  return judge;
}

/** The ids of the rules among these modules. */
function rulesIn(paths: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(allSubjects().flatMap(({ path, rule }) => (rule !== null && paths.has(path) ? [rule] : [])));
}

function send(message: Message): void {
  process.send!(message);
}

process.on("message", async ({ subject, mutations }: Job) => {
  try {
    const judge = await judgeOf(subject);
    send({ kind: "ready" });
    const text = readFileSync(join(projectRoot, subject.path), "utf8");
    for (const mutation of mutations) {
      const verdict = await judge.judge(mutation);
      const isRejected =
        verdict.kind === "survived" && typeCheck.rejects(subject.path, mutated(text, mutation));
      send({ kind: "verdict", verdict: isRejected ? { kind: "invalid" } : verdict });
    }
    send({ kind: "done", failing: (await unchanged).failing });
  } catch (error) {
    send({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
  }
});
process.on("disconnect", () => process.exit());
