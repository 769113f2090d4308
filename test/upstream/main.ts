/**
 * `npm run test:upstream -- --tree DIR`: builds every config of the table of expected figures from a git repository
 * of upstream, with the headers of its commit and with the built-in ones, and compares size and SHA-256. With `--to-c`
 * each is also written as C and compiled again: all of them by our own reader, sixty (`--gcc COUNT`) by gcc, which
 * `--seed N` chooses. With `--to-jail` each is also written in the cell language and compiled again.
 *
 * `npm run test:upstream -- --back-test DIR`: asks the rules about the configs before and behind each commit of
 * back-test.tsv, and fails where they find too few of the mistakes that these commits mended.
 */

import { parseArgs } from "node:util";
import { allRules } from "../../compiler/check/registry.js";
import { type BackTestResult, backTest, backTestReport, isCaught, wantedShare } from "./back-test.js";
import { readBackTestRows } from "./back-test-rows.js";
import { sampleOf } from "./c-output.js";
import { type Check, checkRow, checks } from "./checks.js";
import { readExpectedRows } from "./expected.js";
import { ExtractedTrees } from "./trees.js";

const usage =
  "usage: npm run test:upstream -- --tree DIR [--to-c [--gcc COUNT] [--seed N]] [--to-jail] | --back-test DIR   (a checkout or bare git repository of upstream)\n";

/** Configs that go through gcc where `--gcc` does not say how many. */
const gccSample = 60;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      tree: { type: "string" },
      "back-test": { type: "string" },
      "to-c": { type: "boolean", default: false },
      "to-jail": { type: "boolean", default: false },
      gcc: { type: "string", default: String(gccSample) },
      seed: { type: "string", default: "20261123" },
    },
  });
  if (values["back-test"] !== undefined) return againstHistory(values["back-test"]);
  const toC = values["to-c"];
  const seed = Number(values.seed);
  const gcc = Number(values.gcc);
  if (values.tree === undefined || !Number.isInteger(seed) || !Number.isInteger(gcc) || gcc < 0) {
    process.stderr.write(usage);
    return 2;
  }
  const rows = readExpectedRows();
  const byGcc = sampleOf(rows, toC ? gcc : 0, seed);
  const trees = new ExtractedTrees(values.tree);
  const totals = { passed: 0, failed: 0 };
  process.stdout.write(line("version", "configs", ...checks));
  try {
    for (const commit of new Set(rows.map((row) => row.commit))) {
      const ofCommit = rows.filter((row) => row.commit === commit);
      const tree = trees.extract(commit);
      const counts = new Map<Check, { passed: number; of: number }>();
      for (const row of ofCommit) {
        const more = { throughC: toC, throughGcc: byGcc.has(row), throughJail: values["to-jail"] };
        for (const verdict of await checkRow(row, tree, more)) {
          const count = counts.get(verdict.check) ?? { passed: 0, of: 0 };
          counts.set(verdict.check, count);
          count.of += 1;
          if (verdict.passed) {
            count.passed += 1;
            totals.passed += 1;
          } else {
            totals.failed += 1;
            process.stdout.write(`  ${row.tag} ${row.path}: ${verdict.check}: ${verdict.why}\n`);
          }
        }
      }
      const figures = checks.map((check) => {
        const count = counts.get(check);
        return count === undefined ? "-" : `${count.passed}/${count.of}`;
      });
      process.stdout.write(line(ofCommit[0]!.tag, String(ofCommit.length), ...figures));
    }
  } finally {
    trees.remove();
  }
  process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
  return totals.failed === 0 ? 0 : 1;
}

async function againstHistory(repository: string): Promise<number> {
  const results: BackTestResult[] = [];
  for await (const result of backTest(readBackTestRows(), repository, allRules)) results.push(result);
  process.stdout.write(backTestReport(results));
  return results.filter(isCaught).length >= wantedShare * results.length ? 0 : 1;
}

function line(...cells: readonly string[]): string {
  return `${cells.map((cell, index) => (index === 0 ? cell.padEnd(12) : cell.padStart(17))).join("")}\n`;
}

process.exitCode = await main();
