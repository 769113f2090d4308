import { spawnSync } from "node:child_process";
import { projectRoot } from "./module-graph.js";
import { allSubjects, type Subject } from "./subjects.js";

/**
 * What was changed since the history parted from `reference`, committed or not: sources themselves, and rules of which
 * the cases were. Null where git does not know.
 */
export function changedSubjects(reference: string): readonly Subject[] | null {
  const base = git("merge-base", reference, "HEAD");
  if (base === null) return null;
  const changed = git("diff", "--name-only", base.trim());
  const added = git("ls-files", "--others", "--exclude-standard");
  if (changed === null || added === null) return null;
  return touchedSubjects(allSubjects(), `${changed}\n${added}`.split("\n"));
}

/** @param paths from the root of the project */
export function touchedSubjects(subjects: readonly Subject[], paths: readonly string[]): readonly Subject[] {
  const touched = new Set(paths);
  return subjects.filter(
    ({ path, family, rule }) =>
      touched.has(path) || (rule !== null && touched.has(`test/fixtures/rules/${family}/${rule}.txt`)),
  );
}

function git(...words: readonly string[]): string | null {
  const result = spawnSync("git", words, { cwd: projectRoot, encoding: "utf8" });
  return result.status === 0 ? result.stdout : null;
}
