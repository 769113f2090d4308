/**
 * `node dist/test/support/run-tests.js [mocha options]`: the tests with coverage. The line `N passed, N failed` comes
 * last, after the coverage; coverage below the thresholds of .c8rc.json counts as one failure.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type Figures, figuresVariable, plainLine } from "./figures.js";

const root = resolve(import.meta.dirname, "../../..");
const coverage = join(root, "coverage");
const raw = join(coverage, "tmp");
const figuresFile = join(coverage, "figures.json");

function main(): number {
  rmSync(coverage, { recursive: true, force: true });
  mkdirSync(raw, { recursive: true });
  const tests = node("node_modules/mocha/bin/mocha.js", process.argv.slice(2), {
    NODE_V8_COVERAGE: raw,
    [figuresVariable]: figuresFile,
  });
  const figures = readFigures();
  const types = typeOnlyModules(join(root, "dist")).flatMap((file) => ["--exclude", file]);
  const report = node("node_modules/c8/bin/c8.js", ["report", "--check-coverage", ...types], {});
  if (report !== 0) process.stdout.write("coverage is below the thresholds of .c8rc.json\n");
  const failed = figures.failed + (report === 0 ? 0 : 1);
  process.stdout.write(`\n${plainLine({ passed: figures.passed, failed })}\n`);
  return tests === 0 && failed === 0 ? 0 : 1;
}

function node(script: string, args: readonly string[], environment: Record<string, string>): number | null {
  const result = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  return result.status;
}

/** A run that ends before its figures are known has failed, whatever passed until then. */
function readFigures(): Figures {
  try {
    return JSON.parse(readFileSync(figuresFile, "utf8")) as Figures;
  } catch {
    return { passed: 0, failed: 1 };
  }
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

process.exitCode = main();
