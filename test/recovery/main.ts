/**
 * `npm run test:recovery [FILE...]`: leaves out each word of each file, one at a time. Status 1 where that costs more
 * than its own declaration.
 */

import { readFileSync } from "node:fs";
import { RecoveryCases } from "./cases.js";
import { jailSources } from "./sources.js";

const files = process.argv.slice(2);
const sources =
  files.length === 0
    ? jailSources()
    : files.map((file) => ({ file, text: readFileSync(file, "utf8"), isMachine: true }));
const excuses = new Map<string, number>();
let total = 0;
let valid = 0;
let complaints = 0;
const start = process.hrtime.bigint();
for (const source of sources) {
  const cases = new RecoveryCases(source);
  for (const deletion of cases.deletions) {
    const judgement = cases.judge(deletion);
    if (judgement.isValid) valid += 1;
    for (const excuse of judgement.excuses) excuses.set(excuse, (excuses.get(excuse) ?? 0) + 1);
    if (judgement.complaint === undefined) continue;
    complaints += 1;
    const line = source.text.slice(0, deletion.start).split("\n").length;
    const word = source.text.slice(deletion.start, deletion.end);
    process.stdout.write(`${source.file}:${line}: without \`${word}\`, ${judgement.complaint}\n`);
  }
  total += cases.deletions.length;
  process.stdout.write(`${source.file}: ${cases.deletions.length} deletions\n`);
}
const seconds = Number((process.hrtime.bigint() - start) / 1_000_000_000n);
process.stdout.write(`${total} deletions in ${seconds} s, ${valid} of them leave a machine that compiles\n`);
for (const [excuse, count] of excuses)
  process.stdout.write(`${count} findings in other declarations: ${excuse}\n`);
process.stdout.write(`${complaints} complaints\n`);
process.exitCode = complaints === 0 ? 0 : 1;
