/**
 * `node dist/test/support/run-tests.js`: the tests with coverage, as several runs of mocha. The line `N passed, N failed`
 * comes last, after the coverage; coverage below the thresholds of .c8rc.json counts as one failure.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { plainLine } from "./figures.js";
import { doRuns, planRuns, specsOf } from "./spec-runs.js";

const root = resolve(import.meta.dirname, "../../..");
const coverage = join(root, "coverage");
const raw = join(coverage, "tmp");

/** Small enough that no run is left over for long when the others have ended, large enough to load the sources seldom. */
const runsOfAKind = 4;

async function main(): Promise<number> {
  rmSync(coverage, { recursive: true, force: true });
  mkdirSync(raw, { recursive: true });
  const figures = await doRuns(root, planRuns(specsOf(root), runsOfAKind), raw, coverage);
  const types = typeOnlyModules(join(root, "dist")).flatMap((file) => ["--exclude", file]);
  const report = node("node_modules/c8/bin/c8.js", ["report", "--check-coverage", ...types]);
  if (report !== 0) process.stdout.write("coverage is below the thresholds of .c8rc.json\n");
  const failed = figures.failed + (report === 0 ? 0 : 1);
  process.stdout.write(`\n${plainLine({ passed: figures.passed, failed })}\n`);
  return failed === 0 ? 0 : 1;
}

function node(script: string, args: readonly string[]): number | null {
  return spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: "inherit" }).status;
}

/** Modules that hold types only: nothing in them can run, so nothing can be covered. */
function typeOnlyModules(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .filter((name) => {
      const code = readFileSync(join(directory, name), "utf8").replace(
        /^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)\s*$/gm,
        "",
      );
      return code.trim() === "export {};";
    })
    .map((name) => relative(root, join(directory, name)));
}

process.exitCode = await main();
