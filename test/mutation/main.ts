/**
 * `npm run test:mutation [-- --rule ID... | --family NAME... | --file PATH... | --changed-since REF] [--show-survivors]
 * [--write]`: changes the sources of compiler/check one place at a time and sees that a test fails. Status 1 where a family
 * stays below the required share, where tests fail unchanged, or where one listed as equivalent is killed. With
 * `--file` the figures are those of each file. `--write` keeps the figures of the families that were judged, in
 * kept-results.tsv and docs/rule-mutations.md. Nothing is written besides.
 */

import { type Request, requestOf } from "./arguments.js";
import { readEquivalents } from "./equivalents.js";
import { judgeAll } from "./judging-pool.js";
import { keepResults } from "./kept-results.js";
import { changeText } from "./mutation.js";
import { figuresText, survivorText } from "./report.js";
import { figuresBy, figuresOf, isEnough, needlessEquivalents, survivors } from "./results.js";

async function main({ subjects, jobs, ofFiles, showsSurvivors, writes }: Request): Promise<boolean> {
  const mutations = jobs.flatMap((job) => job.mutations);
  const equivalents = readEquivalents();
  const start = process.hrtime.bigint();
  const { judgements, failures } = await judgeAll(jobs, progress(mutations.length));
  const seconds = Number((process.hrtime.bigint() - start) / 1_000_000_000n);
  process.stdout.write(`${judgements.length} mutants of ${subjects.length} files in ${seconds} s\n\n`);

  const familyOf = new Map(subjects.map(({ path, family }) => [path, ofFiles ? path : family]));
  const families = figuresBy(judgements, equivalents, ({ file }) => familyOf.get(file)!);
  const kinds = figuresBy(judgements, equivalents, ({ kind }) => kind);
  const total = figuresOf("all", judgements, equivalents);
  const left = survivors(judgements, equivalents);
  if (showsSurvivors) process.stdout.write(`${left.map(survivorText).join("")}\n`);
  process.stdout.write(`${figuresText([...families, total], true)}\n${figuresText(kinds, false)}`);

  const complaints = [
    ...failures,
    ...needlessEquivalents(judgements, equivalents).map(
      (each) => `equivalent.tsv: this one does not survive: ${each.file}:${each.line}: ${changeText(each)}`,
    ),
  ];
  for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
  if (writes && failures.length === 0) keepResults(families);
  return complaints.length === 0 && families.every(isEnough);
}

/** A line that is written over, on a terminal. */
function progress(total: number): () => void {
  let judged = 0;
  return () => {
    judged += 1;
    if (process.stdout.isTTY !== true) return;
    process.stdout.write(judged === total ? "\r\x1b[K" : `\r${judged} of ${total}`);
  };
}

try {
  process.exitCode = (await main(requestOf(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
