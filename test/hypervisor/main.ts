/**
 * `npm run test:simulator [-- --probes N] [--seed N]`: accesses of cells in simulated machines, each compared with the plainest
 * reading of the configs. Status 1 where they disagree.
 */

import { parseArgs } from "node:util";
import { randomNumbers } from "../support/random-numbers.js";
import { randomOf } from "./naive/random-scenario.js";
import { runProbes } from "./naive/run-probes.js";

const { values } = parseArgs({ options: { probes: { type: "string" }, seed: { type: "string" } } });
const probes = Number(values.probes ?? 1_000_000);
const seed = Number(values.seed ?? 20261123);
const start = process.hrtime.bigint();
const result = runProbes(probes, randomOf(randomNumbers(seed)));
const seconds = Number((process.hrtime.bigint() - start) / 1_000_000_000n);
for (const each of result.disagreements) process.stdout.write(`${each}\n`);
process.stdout.write(
  `${result.probes} accesses in ${result.scenarios} machines in ${seconds} s, ${result.ambiguous} left out, ` +
    `${result.disagreements.length} disagreements\n`,
);
process.exitCode = result.disagreements.length === 0 ? 0 : 1;
