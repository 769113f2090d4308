import type { Rule } from "../check/define-rule.js";
import {
  allowingOfRule,
  consequencesOfRule,
  helpOfRule,
  kindOfRule,
  severityOfRule,
} from "../check/describe-rule.js";
import { allRules } from "../check/registry.js";
import type { Artifact } from "./artifact.js";

const banner =
  "<!-- Generated from the rules in compiler/check by `npm run generate`; changes made here are lost. -->";

/** docs/rules: a list of all rules, and one page a family. */
export function generateRulePages(): readonly Artifact[] {
  const families = new Map<string, Rule[]>();
  for (const rule of allRules) families.set(rule.family, [...(families.get(rule.family) ?? []), rule]);
  const pages = [...families].map(([family, rules]) => page(family, rules));
  return [index(families), ...pages];
}

function index(families: ReadonlyMap<string, readonly Rule[]>): Artifact {
  const lines = [
    banner,
    "# The rules of `cellc check`",
    "",
    `${allRules.length} rules. The examples import the machines in [machines](machines); \`cellc explain ID\` shows the same text.`,
    "",
  ];
  for (const [family, rules] of families) {
    lines.push(
      `## [${heading(family)}](${family}.md)`,
      "",
      "| rule | severity | what has to hold |",
      "|---|---|---|",
    );
    for (const rule of rules) {
      const { id, statement } = rule;
      lines.push(`| [${id}](${family}.md#${id}) | ${cell(severityOfRule(rule))} | ${cell(statement)} |`);
    }
    lines.push("");
  }
  return { path: "docs/rules/README.md", text: `${lines.join("\n").trimEnd()}\n` };
}

function page(family: string, rules: readonly Rule[]): Artifact {
  const lines = [banner, `# ${heading(family)}`, "", ...rules.flatMap(entry)];
  return { path: `docs/rules/${family}.md`, text: `${lines.join("\n").trimEnd()}\n` };
}

function entry(rule: Rule): readonly string[] {
  const { id, title, statement, explanation, example, sources } = rule;
  return [
    `## ${id}`,
    "",
    `**${prose(title)}.** ${prose(statement)} *(${kindOfRule(rule).join("; ")})*`,
    "",
    prose(explanation),
    "",
    ...consequencesOfRule(rule).map(({ when, what, text }) => `* ${when}: **${what}.** ${prose(text)}`),
    "",
    `Wrong${example.together === true ? ", where both cells run" : ""}:`,
    "",
    ...fenced("jail", example.wrong),
    ...(example.board === undefined ? [] : ["On a board with", "", ...fenced("yaml", example.board)]),
    "Right:",
    "",
    ...fenced("jail", example.right),
    `*What to do.* ${prose(helpOfRule(rule))}`,
    "",
    prose(allowingOfRule(rule)),
    "",
    `*Upstream:* ${sources.map((source) => `\`${source}\``).join(", ")}`,
    "",
  ];
}

function heading(family: string): string {
  const names: Readonly<Record<string, string>> = {
    cpu: "CPUs",
    irq: "Interrupts",
    pci: "PCI",
    iommu: "IOMMUs",
    comm: "Communication region",
  };
  const words = family.replaceAll("-", " ");
  return names[family] ?? `${words[0]!.toUpperCase()}${words.slice(1)}`;
}

function fenced(language: string, code: string): readonly string[] {
  return [`\`\`\`${language}`, ...code.trimEnd().split("\n"), "```", ""];
}

function cell(markdown: string): string {
  return prose(markdown).replaceAll("|", "\\|");
}

/** Outside of code, `<` would begin a tag and `*` emphasis. */
function prose(markdown: string): string {
  return markdown
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<*_]/g, "\\$&")))
    .join("");
}
