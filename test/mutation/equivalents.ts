import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./module-graph.js";
import { changeText, type Mutation } from "./mutation.js";

/** A change that nothing can notice, with the reason. */
export interface Equivalent {
  readonly file: string;
  /** Without indentation. */
  readonly lineText: string;
  readonly change: string;
  readonly reason: string;
}

const path = "test/mutation/equivalent.tsv";

/** Four columns; the first line names them. Throws where a line has others. */
export function readEquivalents(): readonly Equivalent[] {
  return parseEquivalents(readFileSync(join(projectRoot, path), "utf8"));
}

export function parseEquivalents(text: string): readonly Equivalent[] {
  const [, ...lines] = text.trimEnd().split("\n");
  return lines.map((line) => {
    const [file, lineText, change, reason, ...more] = line.split("\t");
    if (file === undefined || lineText === undefined || change === undefined || !reason || more.length > 0)
      throw new Error(`${path}: no file, line, change and reason: ${line}`);
    return { file, lineText, change, reason };
  });
}

export function isEquivalent(mutation: Mutation, equivalents: readonly Equivalent[]): boolean {
  return equivalents.some((each) => matches(mutation, each));
}

/** Those that are no change of these files any more. */
export function staleEquivalents(
  mutations: readonly Mutation[],
  equivalents: readonly Equivalent[],
): readonly Equivalent[] {
  const files = new Set(mutations.map(({ file }) => file));
  return equivalents.filter(
    (each) => files.has(each.file) && !mutations.some((mutation) => matches(mutation, each)),
  );
}

function matches(mutation: Mutation, { file, lineText, change }: Equivalent): boolean {
  return mutation.file === file && mutation.lineText === lineText && changeText(mutation) === change;
}
