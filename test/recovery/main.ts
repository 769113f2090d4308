/** `npm run test:recovery [FILE...]`: leaves out each word of each file, one at a time. Status 1 where that harms others. */

import { readFileSync } from "node:fs";
import { deletionsOf, RecoveryCheck } from "./deletions.js";
import { jailSources } from "./sources.js";

const files = process.argv.slice(2);
const sources =
  files.length === 0 ? jailSources() : files.map((file) => [file, readFileSync(file, "utf8")] as const);
let complaints = 0;
for (const [file, text] of sources) {
  const check = new RecoveryCheck(text);
  const deletions = deletionsOf(text);
  for (const deletion of deletions) {
    const complaint = check.complaint(deletion);
    if (complaint === undefined) continue;
    complaints += 1;
    const line = text.slice(0, deletion.start).split("\n").length;
    const word = text.slice(deletion.start, deletion.end);
    process.stdout.write(`${file}:${line}: without \`${word}\`, ${complaint}\n`);
  }
  process.stdout.write(`${file}: ${deletions.length} deletions\n`);
}
process.exitCode = complaints === 0 ? 0 : 1;
