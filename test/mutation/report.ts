import { sampleOfReach } from "./jobs.js";
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

/** The page that keeps the last full result. */
export function resultsPage(families: readonly Figures[], kinds: readonly Figures[], total: Figures): string {
  return `# Mutation tests of the rules

\`npm run test:mutation\` changes the sources of \`compiler/check\`, one place at a time (a comparison, an operand, a number,
a part of a message, a statement, a prerequisite ...), and runs the tests. A mutant is killed where a test fails. Mutants
of a rule are judged by its own cases and its two examples. What rules share (\`engine\`, \`facts\`) is judged by the specs of
\`compiler/check\`, facts besides by the cases of the rules that import them, directly or not, and the rest by all cases.
What cells reach (\`reach\`) is judged by its laws and by recorded page tables and port bitmaps; a full run takes a sample of
${sampleOfReach} of its mutants, always the same one. Texts for readers (title, statement, explanation, help, example, sources)
are not changed. Mutants that no test can tell from the original are listed with the reason in
\`test/mutation/equivalent.tsv\` and counted apart; those that are no program, or that only the type checker rejects, are
not counted. In every family at least ${required}% have to be killed.

The last full result, written by \`npm run test:mutation -- --write\`:

${table("family", [...families, total])}
By what is changed:

${table("change", kinds)}`;
}

function table(first: string, rows: readonly Figures[]): string {
  const lines = rows.map(
    (each) =>
      `| ${each.name} | ${each.mutants} | ${each.killed} | ${percentKilled(each).toFixed(1)}% | ${each.equivalent} |\n`,
  );
  return `| ${first} | mutants | killed | | equivalent |\n|---|--:|--:|--:|--:|\n${lines.join("")}`;
}
