import { diagnosticTables } from "../cli/diagnostic-tables.js";
import { allExplanations, type Explanation } from "../diagnostics/explain.js";
import type { Artifact } from "./artifact.js";

const families: readonly (readonly [title: string, test: RegExp])[] = [
  ["C sources", /^c-/],
  ["Configs that a source defines", /^(?:output-(?!is-|not-)|not-a-config|config)/],
  ["`.cell` files and documents", /^(?:cell-|document-|layout-|several-configs)/],
  ["The cell language", /^jail-/],
  ["Checks, besides the rules", /^(?:rule-|allow-|scenario-|several-systems)/],
  ["Tests", /^(?:test-|trace-)/],
  ["Conversion", /^(?:conversion-|architecture-)/],
  ["cellc.yaml", /^(?:project-|glob-)/],
  ["Board files", /^board-/],
  ["The command", /./],
];

/** docs/diagnostic-list.md: what `cellc explain` says, of all ids on one page. */
export function generateDiagnosticList(): Artifact {
  const rest = new Set(allExplanations(diagnosticTables).values());
  const sections = families.map(([title, test]) => {
    const own = [...rest].filter(({ id }) => test.test(id));
    for (const each of own) rest.delete(each);
    return [`## ${title}`, "", ...own.flatMap(entry)];
  });
  const lines = [
    "<!-- Generated from the tables of diagnostics by `npm run generate`; changes made here are lost. -->",
    "# All diagnostics",
    "",
    "Each with an example of its message, and where a few lines give it, with these. `cellc explain ID` shows the same.",
    "",
    ...sections.flat(),
  ];
  return { path: "docs/diagnostic-list.md", text: `${lines.join("\n").trimEnd()}\n` };
}

function entry({ id, severity, message, code, language, right, why, help }: Explanation): readonly string[] {
  return [
    `### ${id}`,
    "",
    `${severity}: ${text(message)}`,
    "",
    ...(code === undefined ? [] : fenced(code, language!)),
    ...(right === undefined ? [] : ["Right is, for example,", "", ...fenced(right, language!)]),
    `*Why it matters.* ${text(why!)}`,
    "",
    `*What to do.* ${text(help!)}`,
    "",
  ];
}

function fenced(code: string, language: string): readonly string[] {
  return [`\`\`\`${language}`, ...code.replaceAll("\0", "\u2400").split("\n"), "```", ""];
}

/** Outside of code, `<` would begin a tag and `*` emphasis. */
function text(markdown: string): string {
  return markdown
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<*_]/g, "\\$&")))
    .join("");
}
