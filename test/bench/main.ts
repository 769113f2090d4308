/**
 * `npm run bench -- [--tree DIR] [--rounds N] [--format json] [--program FILE]`: cellc against gcc and objcopy, in
 * the same run on the same files. With `--tree`, a git repository of upstream, on its newest configs; without, on
 * copies of the examples.
 */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { requireToolchain } from "../support/gcc.js";
import { ExtractedTrees } from "../upstream/trees.js";
import { exampleCorpus, upstreamCorpus } from "./corpus.js";
import {
  measureCheck,
  measureCold,
  measureDecode,
  measureHostile,
  measureLinearity,
  measureTree,
} from "./measurements.js";
import { report } from "./report.js";
import { measureSimulator } from "./simulator.js";

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      tree: { type: "string" },
      rounds: { type: "string", default: "5" },
      format: { type: "string", default: "text" },
      program: { type: "string", default: resolve(import.meta.dirname, "../../bin/cellc.cjs") },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || !["text", "json"].includes(values.format)) {
    process.stderr.write("usage: npm run bench -- [--tree DIR] [--rounds N] [--format text|json]\n");
    return 2;
  }
  requireToolchain();
  const directory = mkdtempSync(join(tmpdir(), "cellc-bench-"));
  const trees = values.tree === undefined ? undefined : new ExtractedTrees(values.tree);
  try {
    const sources = join(directory, "sources");
    mkdirSync(sources);
    const corpus = trees === undefined ? exampleCorpus(sources, 24) : upstreamCorpus(trees);
    const figures = {
      node: process.version,
      tree: await measureTree(corpus, values.program, directory, rounds),
      cold: await measureCold(corpus, values.program, directory, Math.max(21, rounds)),
      decode: await measureDecode(),
      linearity: await measureLinearity(),
      check: measureCheck(),
      hostile: measureHostile(),
      simulator: measureSimulator(),
    };
    process.stdout.write(
      values.format === "json" ? `${JSON.stringify(figures, null, 2)}\n` : report(figures),
    );
  } finally {
    trees?.remove();
    rmSync(directory, { recursive: true, force: true });
  }
  return 0;
}

process.exitCode = await main();
