import { changeText, type Mutation } from "./mutation.js";
import { type Figures, isEnough, percentKilled, required } from "./results.js";

/** For a terminal: `name  mutants  killed  %`, with a remark where it is not enough. */
export function figuresText(rows: readonly Figures[], isJudged: boolean): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map((each) => {
      const { name, mutants, killed, equivalent } = each;
      const remarks = [
        ...(equivalent > 0 ? [`${equivalent} equivalent`] : []),
        ...(isJudged && !isEnough(each) ? [`below ${required}%`] : []),
      ];
      const columns = [
        name.padEnd(width),
        String(mutants).padStart(6),
        String(killed).padStart(6),
        `${percentKilled(each).toFixed(1)}%`.padStart(7),
      ];
      return `${[...columns, ...(remarks.length > 0 ? [` ${remarks.join(", ")}`] : [])].join(" ")}\n`;
    })
    .join("");
}

/** `compiler/check/cpu/cpu-none.ts:31:9: comparison: ...` */
export function survivorText(mutation: Mutation): string {
  const { file, line, column, kind } = mutation;
  return `${file}:${line}:${column}: ${kind}: ${changeText(mutation)}\n`;
}

/**
 * The page that shows the last result of each family.
 *
 * @param unmeasured families of which no result was kept
 */
export function resultsPage(families: readonly Figures[], unmeasured: readonly string[]): string {
  return `# Mutation tests of the rules

\`npm run test:mutation\` changes the sources of \`compiler/check\`, one place at a time (a comparison, an operand, a number,
a part of a message, a statement, a prerequisite ...), and runs the tests. A mutant is killed where a test fails. Mutants
of a rule are judged by its own cases and its two examples. What rules share (\`engine\`, \`facts\`) is judged by the specs of
\`compiler/check\`, facts besides by the cases of the rules that import them, directly or not, and the rest by all cases.
What cells reach (\`reach\`) is judged by its laws and by recorded page tables and port bitmaps. Texts for readers (title,
statement, explanation, help, example, sources) are not changed. Mutants that no test can tell from the original are listed with the reason in
\`test/mutation/equivalent.tsv\` and counted apart; those that are no program, or that only the type checker rejects, are
not counted. In every family at least ${required}% have to be killed.

The last result of each family, written by \`npm run test:mutation -- --write\` (or of some, by \`-- --family NAME --write\`):

| family | mutants | killed | | equivalent |
|---|--:|--:|--:|--:|
${[...families, sumOf(families)].map(row).join("")}${unmeasured.map((name) => `| ${name} | not measured as a whole | | | |\n`).join("")}`;
}

function sumOf(families: readonly Figures[]): Figures {
  const sum = (of: (figures: Figures) => number): number =>
    families.reduce((all, figures) => all + of(figures), 0);
  return {
    name: "all",
    mutants: sum(({ mutants }) => mutants),
    killed: sum(({ killed }) => killed),
    equivalent: sum(({ equivalent }) => equivalent),
  };
}

function row(figures: Figures): string {
  const { name, mutants, killed, equivalent } = figures;
  return `| ${name} | ${mutants} | ${killed} | ${percentKilled(figures).toFixed(1)}% | ${equivalent} |\n`;
}
