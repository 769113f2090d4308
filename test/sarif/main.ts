/**
 * `npm run test:sarif -- --schema FILE`: what `cellc check --format sarif` writes for the machines of boards/, whole and with
 * words left out, and logs of random findings, against the published schema of SARIF 2.1.0 (which is not part of this
 * repository: oasis-tcs/sarif-spec, `sarif-schema-2.1.0.json`).
 */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Ajv } from "ajv";
import fc from "fast-check";
import { findingsToSarif } from "../../compiler/diagnostics/sarif.js";
import { randomFindings } from "../compiler/diagnostics/random-findings.js";
import { cellc } from "../support/cli-runner.js";
import { sarifFormats } from "../support/sarif-schema.js";

const boards = resolve(import.meta.dirname, "../../../boards");
const randomLogs = 500;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { schema: { type: "string" } } });
  if (values.schema === undefined) {
    process.stderr.write("usage: npm run test:sarif -- --schema FILE\n");
    return 2;
  }
  const ajv = new Ajv({ strict: false, formats: sarifFormats });
  // It is of draft 4, in which `$id` was `id`; of what else changed since, it uses nothing.
  const { $schema: _, id, ...schema } = JSON.parse(readFileSync(values.schema, "utf8"));
  const validate = ajv.compile({ $id: id, ...schema });
  const counts = { logs: 0, results: 0, failed: 0 };
  const judge = (
    name: string,
    log: { readonly runs: readonly { readonly results: readonly unknown[] }[] },
  ): void => {
    counts.logs += 1;
    counts.results += log.runs.reduce((sum, { results }) => sum + results.length, 0);
    if (validate(log)) return;
    counts.failed += 1;
    process.stdout.write(`${name}: ${ajv.errorsText(validate.errors)}\n`);
  };
  for (const name of readdirSync(boards, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )) {
    const lines = readFileSync(join(boards, name, "machine.jail"), "utf8").split("\n");
    for (const left of [-1, ...lines.keys()].filter((_, index) => index % 7 === 0)) {
      const text = lines.filter((_, index) => index !== left).join("\n");
      const { out } = await cellc(["check", "machine.jail", "--info", "--format", "sarif"], {
        "machine.jail": text,
      });
      judge(`${name} without line ${left + 1}`, JSON.parse(out));
    }
  }
  fc.assert(
    fc.property(randomFindings, (findings) => {
      const log = findingsToSarif(findings, { version: "0", describe: () => undefined });
      judge("random findings", JSON.parse(JSON.stringify(log)));
    }),
    { numRuns: randomLogs },
  );
  process.stdout.write(
    `${counts.logs} logs with ${counts.results} results, ${counts.failed} do not follow the schema\n`,
  );
  return counts.failed === 0 && counts.results > 0 ? 0 : 1;
}

process.exitCode = await main();
