/**
 * The cases of a rule, one text file each rule: test/fixtures/rules/FAMILY/ID.txt.
 *
 *     === fails: a title
 *     import "machines/intel-pc.jail"
 *     ...
 *     --- findings
 *     error main.jail:5:13 `0x3b00_0800` ...
 *     === passes [together, amd]: another title
 *     ...
 *
 * In brackets: `together`, `intel`, `amd`, `only cells`, `only bytes` (nothing but the config tells the architecture). Other
 * files follow as `--- NAME.jail`, a board as `--- board.yaml`; `--- sizes` says `CELL BYTES`, how long files are, and
 * `--- profiles` says `CELL PROFILE` for cells of another one than the rest. The findings are those of the rule; with
 * `CELLC_UPDATE_RULES=1` in the
 * environment test/compiler/check/rules.spec.ts writes them, to be read by eye.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Consequence } from "../../compiler/check/consequence.js";
import type { Rule } from "../../compiler/check/define-rule.js";
import type { CheckedSet } from "../../compiler/check/facts/checked-set.js";
import { placeOfSpot } from "../../compiler/check/finding-to-diagnostic.js";
import { inOrderOfPrerequisites } from "../../compiler/check/order-rules.js";
import { type Finding, runRules } from "../../compiler/check/run.js";
import type { Spot } from "../../compiler/check/spot.js";
import { type CheckSetting, setOf } from "./checking.js";

export interface RuleCase {
  readonly title: string;
  readonly verdict: "fails" | "passes";
  readonly words: readonly string[];
  readonly text: string;
  readonly sections: ReadonlyMap<string, string>;
}

const folder = resolve(import.meta.dirname, "../../../test/fixtures/rules");

export function casesPath({ family, id }: Pick<Rule, "family" | "id">): string {
  return join(folder, family, `${id}.txt`);
}

export function readCases(rule: Pick<Rule, "family" | "id">): readonly RuleCase[] {
  const [before, ...parts] = `\n${readFileSync(casesPath(rule), "utf8")}`.split("\n=== ");
  if (before!.trim() !== "") throw new Error(`${rule.id}: text before the first case`);
  return parts.map((part) => parseCase(part));
}

function parseCase(part: string): RuleCase {
  const end = part.indexOf("\n");
  const heading = /^(fails|passes)(?: \[([^\]]*)\])?: (.+)$/.exec(part.slice(0, end));
  if (heading === null) throw new Error(`no heading of a case: ${part.slice(0, end)}`);
  const [text, ...sections] = part.slice(end + 1).split("\n--- ");
  const named = sections.map((section): [string, string] => {
    const line = section.indexOf("\n");
    return line < 0 ? [section, ""] : [section.slice(0, line), section.slice(line + 1)];
  });
  return {
    verdict: heading[1] as RuleCase["verdict"],
    words: (heading[2] ?? "")
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
    title: heading[3]!,
    text: text!,
    sections: new Map(named),
  };
}

const knownWords = new Set(["together", "intel", "amd", "only cells", "only bytes"]);

export function settingOf({ words, sections }: RuleCase): CheckSetting {
  for (const word of words) if (!knownWords.has(word)) throw new Error(`unknown word of a case: ${word}`);
  const files = [...sections].filter(([name]) => name.endsWith(".jail"));
  const board = sections.get("board.yaml");
  const sizes = pairsOf(sections.get("sizes"));
  const profiles = pairsOf(sections.get("profiles"));
  const vendor = words.find((word) => word === "intel" || word === "amd") as "intel" | "amd" | undefined;
  return {
    files: Object.fromEntries(files),
    together: words.includes("together"),
    onlyCells: words.includes("only cells"),
    onlyBytes: words.includes("only bytes"),
    ...(vendor === undefined ? {} : { vendor }),
    ...(board === undefined ? {} : { board }),
    sizes: Object.fromEntries(sizes.map(([name, size]) => [name, Number(size)])),
    profiles: Object.fromEntries(profiles),
  };
}

/** Lines of two words each. */
function pairsOf(section = ""): readonly (readonly [string, string])[] {
  const lines = section.split("\n").filter((line) => line !== "");
  return lines.map((line) => line.split(" ") as unknown as readonly [string, string]);
}

/** A rule with all rules that may explain its findings. */
export function withPrerequisites(rule: Rule, all: readonly Rule[]): readonly Rule[] {
  const wanted = new Set<string>();
  const want = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const earlier of all.find((each) => each.id === id)?.after ?? []) want(earlier);
  };
  want(rule.id);
  return inOrderOfPrerequisites(all)
    .filter(({ id }) => wanted.has(id))
    .map((each) => (each.id === rule.id ? rule : each));
}

const sets = new Map<string, CheckedSet>();

/** What a case is about, compiled once however often it is asked for. */
export function setOfCase(each: RuleCase): CheckedSet {
  const key = JSON.stringify([
    each.text,
    each.words,
    [...each.sections].filter(([name]) => name !== "findings"),
  ]);
  let set = sets.get(key);
  if (set === undefined) {
    set = setOf(each.text, settingOf(each));
    sets.set(key, set);
  }
  return set;
}

/** The findings of one rule in a case, as its file has them. */
export function foundIn(each: RuleCase, rule: Rule, rules: readonly Rule[]): string {
  const findings = runRules(withPrerequisites(rule, rules), setOfCase(each)).filter(
    (finding) => finding.rule.id === rule.id,
  );
  return findings.map(findingText).join("");
}

/** Writes the findings of its cases into the file of a rule. */
export function updateCases(rule: Rule, rules: readonly Rule[]): void {
  const texts = readCases(rule).map((each) => {
    const { verdict, words, title, text, sections } = each;
    const found = foundIn(each, rule, rules);
    const heading = `${verdict}${words.length > 0 ? ` [${words.join(", ")}]` : ""}: ${title}`;
    const others = [...sections].filter(([name]) => name !== "findings");
    const parts = others.map(([name, content]) => `--- ${name}\n${ended(content)}`);
    return `=== ${heading}\n${ended(text)}${parts.join("")}${found === "" ? "" : `--- findings\n${found}`}`;
  });
  writeFileSync(casesPath(rule), texts.join(""));
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

export function findingText({ rule, hit, severity, consequence, fixes, ifTogether }: Finding): string {
  const lines = [
    `${severity} ${placed(hit.at)}${hit.label === undefined ? "" : ` (${hit.label})`}`,
    `  ${hit.message}`,
  ];
  for (const { at, text } of hit.also ?? []) lines.push(`  ${placed(at)}: ${text}`);
  for (const note of hit.notes ?? []) lines.push(`  note: ${note}`);
  if (ifTogether !== null) lines.push(`  if together: ${ifTogether.map(({ cell }) => cell.name).join(", ")}`);
  lines.push(`  as ${consequenceLine(rule, consequence)}`);
  const fields = [hit.at, ...(hit.also ?? []).map(({ at }) => at)].map(({ field }) => field);
  if (fields.some((field) => field !== undefined))
    lines.push(`  at ${fields.map((field) => field ?? "all").join(", ")}`);
  if (hit.help !== undefined) lines.push(`  help: ${hit.help}`);
  for (const { title, changes } of fixes) {
    lines.push(`  fix: ${title}`);
    for (const change of changes) {
      const { kind, at: spot, ...rest } = change;
      const values = Object.entries(rest).map(
        ([name, value]) => `${name} ${isSpot(value) ? placed(value) : shownValue(value)}`,
      );
      lines.push(`    ${kind} ${placed(spot)} ${spot.field ?? ""} ${values.join(" ")}`.trimEnd());
    }
  }
  return `${lines.join("\n")}\n`;
}

/** `refused: create refused EBUSY`: which of the rule's consequences, and what a program makes of it. */
function consequenceLine(rule: Rule, consequence: Consequence): string {
  const named = Object.entries(rule.consequences).find(([, each]) => each === consequence);
  const { step, outcome, errno } = consequence;
  return `${named?.[0]}: ${[step, outcome, errno ?? []].flat().join(" ")}`;
}

function placed(spot: Spot): string {
  const place = placeOfSpot(spot, {
    fieldAt: () => undefined,
    edit: () => undefined,
    documentPlace: () => undefined,
  });
  if (place.kind === "file") return place.file;
  if (place.kind === "binary") return `${place.file}+${place.offset}`;
  const { file, start, end } = place.span;
  const { line, column } = file.position(start);
  const text = file.text.slice(start, end).replaceAll(/\s+/g, " ");
  return `${file.path}:${line}:${column} \`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``;
}

function isSpot(value: unknown): value is Spot {
  return typeof value === "object" && value !== null && "config" in value && "node" in value;
}

/** What a change of a fix says, numbers in hexadecimal. */
function shownValue(value: unknown): string {
  if (typeof value === "bigint") return `0x${value.toString(16)}`;
  if (typeof value !== "object") return String(value);
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "bigint" ? `0x${each.toString(16)}` : each,
  );
}
