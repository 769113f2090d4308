/**
 * `npm run test:simulator [-- --probes N] [--sets N] [--seed N]`: accesses of cells in simulated machines, each compared with the
 * plainest reading of the configs; and configs that are changed at random, of which rules and simulator are asked what becomes
 * of them. Status 1 where something disagrees.
 */

import { parseArgs } from "node:util";
import { randomNumbers } from "../support/random-numbers.js";
import { runAgreement } from "./agreement/run-agreement.js";
import { allKinds, shareOf, tableOf } from "./naive/all-kinds.js";
import { randomOf } from "./naive/random-scenario.js";

const { values } = parseArgs({
  options: { probes: { type: "string" }, sets: { type: "string" }, seed: { type: "string" } },
});
const seed = Number(values.seed ?? 20261123);
const seconds = (start: bigint): bigint => (process.hrtime.bigint() - start) / 1_000_000_000n;

function probe(count: number): boolean {
  const start = process.hrtime.bigint();
  const results = allKinds.map((kind) => kind.run(shareOf(kind, count), seed));
  for (const each of results.flatMap(({ disagreements }) => disagreements)) process.stdout.write(`${each}\n`);
  process.stdout.write(`${tableOf(results)}probed in ${seconds(start)} s\n`);
  return results.every(({ disagreements }) => disagreements.length === 0);
}

function compareRules(count: number): boolean {
  const start = process.hrtime.bigint();
  const { sets, refused, excepted, disagreements } = runAgreement(count, randomOf(randomNumbers(seed)));
  const kinds = [...disagreements].sort(([, one], [, other]) => other.length - one.length);
  for (const [kind, examples] of kinds)
    process.stdout.write(`${examples.length} x ${kind}\n    ${examples.slice(0, 2).join("\n    ")}\n`);
  const wrong = kinds.reduce((sum, [, examples]) => sum + examples.length, 0);
  process.stdout.write(
    `${sets} sets in ${seconds(start)} s: ${refused} not accepted, ${excepted} left out, ${wrong} disagreements ` +
      `of ${kinds.length} kinds\n`,
  );
  return wrong === 0;
}

const probesAgree = probe(Number(values.probes ?? 1_000_000));
const rulesAgree = compareRules(Number(values.sets ?? 10_000));
process.exitCode = probesAgree && rulesAgree ? 0 : 1;
