/** What is changed: the sources of the rules, and of what all rules share. */

import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { projectRoot } from "./module-graph.js";

const folder = "compiler/check";

/** Beside the families of rules, as in compiler/codegen/rule-registry.ts. */
const shared: ReadonlySet<string> = new Set(["facts", "reach"]);

/** Generated, or texts for readers and nothing else. */
const notChanged: ReadonlySet<string> = new Set(["registry.ts", "explanations.ts"]);

/** Files of the folder itself. */
export const engine = "engine";

export interface Subject {
  /** From the root of the project. */
  readonly path: string;
  /** A family of rules, a folder of what they share, or {@link engine}. */
  readonly family: string;
  /** The id of the rule; null for what rules share. */
  readonly rule: string | null;
}

/** All of them, those that rules share first: they take the most time. */
export function allSubjects(): readonly Subject[] {
  const paths = readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts") && !notChanged.has(name))
    .sort();
  const subjects = paths.map((name): Subject => {
    const family = name.includes("/") ? name.slice(0, name.indexOf("/")) : engine;
    const isRule = family !== engine && !shared.has(family);
    return { path: `${folder}/${name}`, family, rule: isRule ? basename(name, ".ts") : null };
  });
  return [...subjects.filter(({ rule }) => rule === null), ...subjects.filter(({ rule }) => rule !== null)];
}

/** Recorded page tables and port bitmaps: what cells reach is judged by them, too. */
const recordedReach = ["test/oracle/memory-map.spec.ts", "test/oracle/x86-pio.spec.ts"];

/** The specs that judge what rules share, of all families. */
export function judgingSpecs(): readonly string[] {
  const specs = "test/compiler/check";
  const found = readdirSync(join(projectRoot, specs), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".spec.ts"))
    .map((name) => `${specs}/${name.replaceAll("\\", "/")}`)
    .sort();
  return [...found, ...recordedReach];
}

export function isAskedAbout(spec: string, family: string): boolean {
  return family === "reach" || !recordedReach.includes(spec);
}
