/** What an edit would lose of what a file says: names that are used, labels and comments. */

import type { SourceFile } from "../../support/source.js";
import { Scope } from "../names/scope.js";
import type { Comment, Expression, Item, NameUse, Statement, TextLiteral } from "../syntax/ast.js";
import { ioportsLine, memoryLine } from "../vocabulary/cell-lines.js";
import { type Line, matchLine } from "../vocabulary/match.js";

/** A list of statements in which one stands, with the comments of the file. */
export interface Surroundings {
  readonly source: SourceFile;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
}

/**
 * True where nothing tells two `memory` lines of one list apart but their numbers, and no name makes those: labels and
 * comments are the same.
 */
export function sayTheSame(one: Statement, other: Statement, around: Surroundings): boolean {
  return (
    remarksOf(one, around) === remarksOf(other, around) &&
    [one, other].every((each) => hasPlainNumbers(lineOf(each, around.source)))
  );
}

/** The name that a line gives to what it makes; undefined where it has none, or a text, to which nothing can refer. */
export function nameGivenBy(statement: Statement, source: SourceFile): NameUse | undefined {
  const label = lineOf(statement, source)?.label ?? null;
  return label !== null && isName(label) ? label : undefined;
}

/** True where a name stands anywhere in a file but at this place: branches that are not taken and comments count, too. */
export function isMentioned(name: string, file: SourceFile, except: NameUse | null): boolean {
  for (const { index } of file.text.matchAll(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, "g")))
    if (index !== except?.start) return true;
  return false;
}

function lineOf(statement: Statement, source: SourceFile): Line | undefined {
  const word = statement.head.names[0]?.text;
  const shape = [memoryLine, ioportsLine].find((each) => each.word === word);
  if (shape === undefined) return undefined;
  return matchLine({ statement, scope: new Scope(null, source, null) }, shape, () => {});
}

function isName(label: NameUse | TextLiteral): label is NameUse {
  return "text" in label;
}

/** The label, and the comments from those above the line, headings too, to the one that ends it. */
function remarksOf(statement: Statement, { source, statements, comments }: Surroundings): string {
  const { text } = source;
  const before = statements[statements.indexOf(statement) - 1];
  const from = before === undefined ? startOfBlock(statement, text) : endOfLine(before.end, text);
  const to = endOfLine(statement.end, text);
  const own = comments.filter(({ start }) => start >= Math.min(from, statement.start) && start < to);
  const label = lineOf(statement, source)?.label ?? null;
  const places = label === null ? own : [label, ...own];
  return places.map(({ start, end }) => text.slice(start, end)).join("\n");
}

/** Behind the brace, and the comment of its line. */
function startOfBlock({ start }: Statement, text: string): number {
  return endOfLine(text.lastIndexOf("{", start), text);
}

function endOfLine(offset: number, text: string): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}

function hasPlainNumbers(line: Line | undefined): boolean {
  if (line === undefined || line.isFaulty || line.instance.statement.block !== null) return false;
  const items: readonly Item[] = [
    ...line.lead,
    ...[...line.clauses.values()].flatMap(({ values }) => values),
  ];
  return items.every(({ from, to }) => isPlain(from) && (to === null || isPlain(to)));
}

/** Numbers alone: another option value changes nothing in them. */
function isPlain(expression: Expression): boolean {
  if (expression.kind === "binary") return isPlain(expression.left) && isPlain(expression.right);
  return expression.kind === "number";
}
