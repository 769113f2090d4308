import type { Word } from "../syntax/words.js";
import { aligned, type Cell, type Row } from "./columns.js";
import { type Body, type Entry, isComment, type LaidWord, type StatementEntry } from "./layout.js";
import { filled, joined, longestLine, spelled } from "./spacing.js";

const indentWidth = 2;
/** In columns; a statement with a longer block has it on several lines. */
const longestBlock = 100;

/** Statements that are sentences, not rows of a table: nothing lines up with them. */
const unaligned = ["if", "for"];

/** The lines of a block or a file. */
export function rendered(entries: readonly Entry[], indent: number): readonly string[] {
  const lines: string[] = [];
  const margin = " ".repeat(indent);
  let rows: Row[] = [];
  const finishRows = (): void => {
    for (const line of aligned(rows, indent === 0)) lines.push(margin + line);
    rows = [];
  };
  for (const entry of entries) {
    const row = entry.kind === "statement" ? rowOf(entry, indent) : undefined;
    if (row === undefined || entry.blankBefore) finishRows();
    if (entry.blankBefore) lines.push("");
    if (row !== undefined) rows.push(row);
    else if (entry.kind === "comment") lines.push(margin + spelled(entry.comment));
    else for (const line of statementLines(entry, indent)) lines.push(line);
  }
  finishRows();
  return lines;
}

/** The statement as a row of a table; undefined where it needs several lines or is no row. */
function rowOf(entry: StatementEntry, indent: number): Row | undefined {
  const head = headLength(entry);
  if (unaligned.includes(entry.words[0]!.text)) return undefined;
  const line = onOneLine(entry, longestLine);
  const most = entry.body === null ? longestLine : longestBlock;
  if (line === undefined || indent + line.length > most) return undefined;
  const rest = entry.words.slice(head);
  const isTight = rest[0]?.kind === "call";
  const cells = isTight ? [] : cellsOf(rest, entry);
  const headText = isTight ? joined(entry.words) : joined(entry.words.slice(0, head));
  if (entry.body !== null) cells.push({ kind: "block", text: line.slice(joined(entry.words).length + 1) });
  return { head: headText, cells, comment: commentsOf(entry.trailing) };
}

/** How many words the path at the beginning has. */
function headLength({ words }: StatementEntry): number {
  let length = 1;
  while (words[length]?.text === "." && words[length + 1] !== undefined) length += 2;
  return length;
}

function cellsOf(words: readonly Word[], { items }: StatementEntry): Cell[] {
  if (words.some(isComment)) return words.length === 0 ? [] : [{ kind: "value", text: joined(words) }];
  const starts = new Set(items.filter(({ afterComma }) => !afterComma).map(({ start }) => start));
  const groups: Word[][] = [];
  let isValue = false;
  for (const word of words) {
    const isFirst = starts.has(word.start) && word.kind !== "call";
    const isEquals: boolean = word.text === "=" && !isValue && isAtEnd(word, items);
    if (isFirst || isEquals || groups.length === 0) groups.push([word]);
    else groups.at(-1)!.push(word);
    isValue ||= isEquals;
  }
  return groups.map((group) => ({ kind: kindOf(group), text: joined(group) }));
}

/** The `=` of the statement, not that of an argument. */
function isAtEnd({ start }: Word, items: StatementEntry["items"]): boolean {
  return items.every(({ end }) => end <= start);
}

function kindOf(group: readonly Word[]): Cell["kind"] {
  const [first] = group;
  if (first!.text === "=") return "equals";
  if (group.some(({ kind }) => kind === "operator" || kind === "call")) return "expression";
  if (group.length > 1) return "value";
  return first!.kind === "name" ? "name" : first!.kind === "text" ? "text" : "value";
}

function commentsOf(comments: readonly Word[]): string {
  return comments.map(spelled).join(" ");
}

/**
 * The statement with its blocks on one line, without the comments behind it; undefined where that cannot be or would be
 * longer than a bound.
 */
function onOneLine(entry: StatementEntry, most: number): string | undefined {
  const { words, body, branches } = entry;
  const parts = [inline(words)];
  if (body !== null) parts.push(bodyOnOneLine(body, most));
  for (const { behind, before, words: more, body: inner } of branches) {
    if (behind.length > 0 || before.length > 0) return undefined;
    parts.push(inline(more), bodyOnOneLine(inner, most));
  }
  if (parts.includes(undefined)) return undefined;
  const line = parts.join(" ");
  return line.length > most ? undefined : line;
}

function inline(words: readonly LaidWord[]): string | undefined {
  const text = joined(words);
  const isSplit =
    text.includes("\n") || words.some(({ kind, beginsLine }) => beginsLine || kind === "line-comment");
  return isSplit ? undefined : text;
}

function bodyOnOneLine({ entries, opening, onOneLine: isFlat }: Body, most: number): string | undefined {
  if (opening.length > 0) return undefined;
  if (entries.length === 0) return "{}";
  if (!isFlat) return undefined;
  const statements = entries.map((entry) =>
    entry.kind === "comment" || entry.trailing.length > 0 ? undefined : onOneLine(entry, most),
  );
  return statements.includes(undefined) ? undefined : `{ ${statements.join("; ")} }`;
}

/** A statement that is no row, with the margin. */
function statementLines(entry: StatementEntry, indent: number): readonly string[] {
  const margin = " ".repeat(indent);
  const { words, body, branches, trailing } = entry;
  const behind = trailing.length === 0 ? "" : ` ${commentsOf(trailing)}`;
  const flat = onOneLine(entry, longestLine);
  const most = body === null ? longestLine : longestBlock;
  if (flat !== undefined && indent + flat.length <= most) return [margin + flat + behind];
  const lines = filled(words, indent).map((line) => margin + line);
  const append = (text: string): void => {
    lines[lines.length - 1] += text;
  };
  const putBody = ({ opening, entries }: Body): void => {
    append(opening.length === 0 ? " {" : ` { ${commentsOf(opening)}`);
    for (const line of rendered(entries, indent + indentWidth)) lines.push(line);
    lines.push(`${margin}}`);
  };
  if (body !== null) putBody(body);
  for (const branch of branches) {
    if (branch.behind.length > 0) append(` ${commentsOf(branch.behind)}`);
    const needsLine = branch.before.length > 0 || branch.behind.some(({ kind }) => kind === "line-comment");
    for (const comment of branch.before) lines.push(margin + spelled(comment));
    const [first, ...rest] = filled(branch.words, indent);
    if (needsLine) lines.push(margin + first);
    else append(` ${first}`);
    for (const line of rest) lines.push(margin + line);
    putBody(branch.body);
  }
  append(behind);
  return lines;
}
