/**
 * `npm run test:calibration -- --tree DIR [--update] [--list RULE]`: every rule over the 118 configs of upstream's newest
 * commit, from a checkout or bare repository: the figures of a prototype, rules that have to be silent, all findings of
 * upstream's own check, and the reviewed table of hits.
 */

import { parseArgs } from "node:util";
import { readExpectedRows } from "../expected.js";
import { ExtractedTrees } from "../trees.js";
import { disagreements, hitsTable, readHitsTable, upstreamHits, writeHitsTable } from "./calibrate.js";

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      tree: { type: "string" },
      update: { type: "boolean", default: false },
      list: { type: "string" },
    },
  });
  if (values.tree === undefined) {
    process.stderr.write("usage: npm run test:calibration -- --tree DIR [--update] [--list RULE]\n");
    return 2;
  }
  const commit = readExpectedRows().find(({ tag }) => tag === "HEAD")!.commit;
  const trees = new ExtractedTrees(values.tree);
  try {
    const hits = await upstreamHits(trees.extract(commit));
    for (const { rule, config, element, message } of hits)
      if (rule === values.list) process.stdout.write(`${config} ${element}: ${message}\n`);
    const table = hitsTable(hits);
    if (values.update) writeHitsTable(table);
    const problems = [...disagreements(hits)];
    if (table !== readHitsTable())
      problems.push("the table of hits is not the reviewed one: `--update`, and read what changed");
    for (const problem of problems) process.stdout.write(`${problem}\n`);
    const rules = new Set(hits.map(({ rule }) => rule)).size;
    process.stdout.write(
      `${hits.length} findings of ${rules} rules on 118 configs, ${problems.length} disagreements\n`,
    );
    return problems.length === 0 ? 0 : 1;
  } finally {
    trees.remove();
  }
}

process.exitCode = await main();
