/**
 * The specs as several runs of mocha, so that each processor has one to do: a run of all of them in one process keeps a
 * single processor busy, and holds what every spec has left behind.
 */

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Figures, figuresVariable } from "./figures.js";

export interface SpecRun {
  readonly name: string;
  /** Paths below the project's root. */
  readonly specs: readonly string[];
  /** Coverage is asked of compiler/ and schema/; counting in the simulator as well only makes its laws slow. */
  readonly covered: boolean;
}

/** Runs of about equal numbers of specs; neighbours come into different runs, since those of one folder cost alike. */
export function planRuns(specs: readonly string[], runsOfAKind: number): SpecRun[] {
  const isSimulator = (spec: string) => spec.startsWith("dist/test/hypervisor/");
  const kinds = [
    { name: "simulator", covered: false, specs: specs.filter(isSimulator) },
    { name: "compiler", covered: true, specs: specs.filter((spec) => !isSimulator(spec)) },
  ];
  return kinds
    .flatMap(({ name, covered, specs: ofKind }) =>
      Array.from({ length: runsOfAKind }, (_, index) => ({
        name: `${name} ${index + 1} of ${runsOfAKind}`,
        specs: ofKind.filter((_, place) => place % runsOfAKind === index),
        covered,
      })),
    )
    .filter((run) => run.specs.length > 0);
}

/** All specs that the build has made, as paths below the root. */
export function specsOf(root: string): string[] {
  return readdirSync(join(root, "dist/test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".spec.js"))
    .map((name) => `dist/test/${name.replaceAll("\\", "/")}`)
    .sort();
}

/**
 * Does the runs, as many at a time as there are processors, and prints what each says when it has ended. A run that ends
 * before its figures are known counts as one failure, and so does one that ends badly though all its tests passed.
 */
export async function doRuns(
  root: string,
  runs: readonly SpecRun[],
  raw: string,
  coverage: string,
): Promise<Figures> {
  const waiting = [...runs];
  const total = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const figures = await doRun(
        root,
        run,
        raw,
        join(coverage, `figures-${run.name.replaceAll(" ", "-")}.json`),
      );
      total.passed += figures.passed;
      total.failed += figures.failed;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return total;
}

async function doRun(root: string, run: SpecRun, raw: string, figuresFile: string): Promise<Figures> {
  const { NODE_V8_COVERAGE: _, ...environment } = process.env;
  const said: Buffer[] = [];
  const status = await new Promise<number | null>((done, refuse) => {
    // Specs on the command line are added to those of the configuration file, whose options are therefore given here.
    const options = [
      "--no-config",
      "--file",
      "dist/test/support/seed.js",
      "--reporter",
      "dist/test/support/plain-reporter.js",
    ];
    const child = spawn(
      process.execPath,
      [
        "node_modules/mocha/bin/mocha.js",
        ...options,
        "--timeout",
        "120000",
        "--forbid-only",
        "--forbid-pending",
        ...run.specs,
      ],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...environment,
          ...(run.covered ? { NODE_V8_COVERAGE: raw } : {}),
          [figuresVariable]: figuresFile,
        },
      },
    );
    child.stdout.on("data", (data: Buffer) => said.push(data));
    child.stderr.on("data", (data: Buffer) => said.push(data));
    child.once("error", refuse);
    child.once("close", done);
  });
  const figures = readFigures(figuresFile);
  process.stdout.write(`\n${run.name}: ${figures.passed} passed, ${figures.failed} failed\n`);
  process.stdout.write(Buffer.concat(said));
  return status !== 0 && figures.failed === 0 ? { ...figures, failed: 1 } : figures;
}

function readFigures(file: string): Figures {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Figures;
  } catch {
    return { passed: 0, failed: 1 };
  }
}
