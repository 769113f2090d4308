/**
 * Rules against history: of each mistake that a commit of upstream mended, the rule has to find something in the config
 * before the commit, and less behind it.
 */

import type { Rule } from "../../compiler/check/define-rule.js";
import type { CheckedConfig } from "../../compiler/check/facts/checked-config.js";
import { type CheckedSet, checkedSet } from "../../compiler/check/facts/checked-set.js";
import { type Finding, runRules } from "../../compiler/check/run.js";
import { type BackTestRow, backTestFamilies } from "./back-test-rows.js";
import { compileConfigs } from "./config-sets.js";
import { ExtractedTrees, runTool } from "./trees.js";

export interface BackTestResult {
  readonly row: BackTestRow;
  /** Findings of the rule at the file, before the commit and behind it; null where there is no such rule. */
  readonly found: { readonly before: number; readonly after: number } | null;
}

/** Share of the rows whose mistake has to be found. */
export const wantedShare = 0.85;

/** What a rule found before the commit is no longer there; it may find other mistakes that were left. */
export function isCaught({ found }: BackTestResult): boolean {
  return found !== null && found.after < found.before;
}

/**
 * Extracts the trees of each commit and its parent one after the other; they are removed again, also on failure.
 *
 * @param repository a checkout or bare repository of upstream
 * @throws Error where git does not know a commit, or a config does not compile
 */
export async function* backTest(
  rows: readonly BackTestRow[],
  repository: string,
  rules: readonly Rule[],
): AsyncGenerator<BackTestResult> {
  for (const commit of new Set(rows.map((row) => row.commit))) {
    const trees = new ExtractedTrees(repository);
    try {
      const parent = runTool("git", ["-C", repository, "rev-parse", "--verify", `${commit}^`]).trim();
      const before = trees.extract(parent);
      const after = trees.extract(commit);
      for (const row of rows.filter((each) => each.commit === commit)) {
        const isKnown = rules.some(({ id }) => id === row.rule);
        const found = {
          before: (await findingsOf(row, before, rules)).length,
          after: (await findingsOf(row, after, rules)).length,
        };
        yield { row, found: isKnown ? found : null };
      }
    } finally {
      trees.remove();
    }
  }
}

/** What the rule of the row finds at the file of the row. */
async function findingsOf(row: BackTestRow, tree: string, rules: readonly Rule[]): Promise<Finding[]> {
  const configs = await compileConfigs(tree, [row.file, ...row.others]);
  const set: CheckedSet = checkedSet(configs, row.together ? { scenarios: "all" } : {});
  return runRules(rules, set).filter(
    (finding) => finding.rule.id === row.rule && concerns(finding, configs[0]!),
  );
}

function concerns({ hit }: Finding, config: CheckedConfig): boolean {
  return [hit.at, ...(hit.also ?? []).map(({ at }) => at)].some((spot) => spot.config === config);
}

/** What was missed, and how much of each family was caught. */
export function backTestReport(results: readonly BackTestResult[]): string {
  const missed = results.filter((result) => !isCaught(result)).map(missedLine);
  const lines = backTestFamilies.flatMap((family) => {
    const own = results.filter(({ row }) => row.family === family);
    return own.length === 0 ? [] : [tableLine(family, ...figuresOf(own))];
  });
  const caught = results.filter(isCaught).length;
  return [
    ...missed,
    ...(missed.length > 0 ? [""] : []),
    tableLine("family", "caught", "listed", "silent after", "no rule"),
    ...lines,
    "",
    `${caught} caught of ${results.length} listed`,
    "",
  ].join("\n");
}

function figuresOf(results: readonly BackTestResult[]): readonly string[] {
  const caught = results.filter(isCaught);
  const silent = caught.filter(({ found }) => found!.after === 0);
  const without = results.filter(({ found }) => found === null);
  return [caught, results, silent, without].map(({ length }) => String(length));
}

function missedLine({ row, found }: BackTestResult): string {
  const why =
    found === null ? "there is no such rule" : `${found.before} findings before, ${found.after} after`;
  return `${row.commit.slice(0, 8)} ${row.file}: ${row.rule}: ${why} (${row.reason})`;
}

function tableLine(family: string, ...figures: readonly string[]): string {
  return `${family.padEnd(18)}${figures.map((figure) => figure.padStart(14)).join("")}`;
}
