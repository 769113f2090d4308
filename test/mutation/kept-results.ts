/** The last result of each family: `kept-results.tsv`, and the page that shows it. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./module-graph.js";
import { resultsPage } from "./report.js";
import type { Figures } from "./results.js";
import { allSubjects } from "./subjects.js";

const file = "test/mutation/kept-results.tsv";
export const page = "docs/rule-mutations.md";
const head = "family\tmutants\tkilled\tequivalent\n";

export function readKept(): readonly Figures[] {
  return parseKept(readFileSync(join(projectRoot, file), "utf8"));
}

/** Throws where a line is not a name and three numbers. */
export function parseKept(text: string): readonly Figures[] {
  const [, ...lines] = text.trimEnd().split("\n");
  return lines.map((line) => {
    const [, name, mutants, killed, equivalent] = /^(\S+)\t(\d+)\t(\d+)\t(\d+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`${file}: no family and three numbers: ${line}`);
    return { name, mutants: Number(mutants), killed: Number(killed), equivalent: Number(equivalent) };
  });
}

export function keptText(families: readonly Figures[]): string {
  const rows = families.map(({ name, mutants, killed, equivalent }) =>
    [name, mutants, killed, equivalent].join("\t"),
  );
  return `${head}${rows.map((row) => `${row}\n`).join("")}`;
}

/** What was kept, with the families that were judged again. */
export function renewed(kept: readonly Figures[], judged: readonly Figures[]): readonly Figures[] {
  const again = new Set(judged.map(({ name }) => name));
  return [...kept.filter(({ name }) => !again.has(name)), ...judged].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
}

export function keepResults(judged: readonly Figures[]): void {
  const families = renewed(readKept(), judged);
  writeFileSync(join(projectRoot, file), keptText(families));
  writeFileSync(join(projectRoot, page), resultsPage(families, unmeasured(families)));
}

/** Families without a result. */
export function unmeasured(kept: readonly Figures[]): readonly string[] {
  const names = new Set(kept.map(({ name }) => name));
  const families = new Set(allSubjects().map(({ family }) => family));
  return [...families].filter((family) => !names.has(family)).sort();
}
