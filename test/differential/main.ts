/**
 * `npm run test:long -- [--cases N] [--seed S]`: the comparison with gcc over more programs than the test suite takes.
 * Without a seed each run takes another one; it is printed, and `--seed` repeats the run.
 */

import { parseArgs } from "node:util";
import { requireToolchain } from "../support/gcc.js";
import { runDifferential } from "./run.js";

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { cases: { type: "string", default: "20000" }, seed: { type: "string" } },
  });
  const cases = Number(values.cases);
  const seed = values.seed === undefined ? Date.now() & 0x7fffffff : Number(values.seed);
  if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed)) {
    process.stderr.write("usage: npm run test:long -- [--cases N] [--seed S]\n");
    return 2;
  }
  requireToolchain();
  process.stdout.write(`seed ${seed}, ${cases} programs\n`);
  const began = performance.now();
  const report = await runDifferential({
    cases,
    seed,
    progress: (done) => process.stderr.write(`  ${done} programs\n`),
  });
  for (const mismatch of report.mismatches) process.stdout.write(`\n${mismatch.message}\n`);
  const unused = [...report.features].filter(([, count]) => count === 0).map(([feature]) => feature);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    [
      "",
      `${report.agreed} programs agree (${report.objects} objects, ${report.bytes} bytes)`,
      `${report.rejected} faulty programs are rejected by both`,
      `slowest program: ${report.slowest.toFixed(1)} ms; whole run: ${seconds} s`,
      ...(unused.length > 0 ? [`never made: ${unused.join(", ")}`] : []),
      "",
      `${report.agreed + report.rejected} passed, ${report.mismatches.length} failed`,
      "",
    ].join("\n"),
  );
  return report.mismatches.length === 0 ? 0 : 1;
}

process.exitCode = await main();
