/** Changes of a file of the cell language as edits of its text: what is around them stays as it is. */

import type { SourceFile } from "../../support/source.js";
import { applied, type NumberShift, type TextEdit } from "../../support/text-edit.js";
import { Scope } from "../names/scope.js";
import type { Block, Comment, Item, NumberLiteral, Place, Range, Statement } from "../syntax/ast.js";
import { parse } from "../syntax/parse.js";
import { irqchipLine } from "../vocabulary/cell-lines.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import { nameGivenBy, sayTheSame } from "./tell-apart.js";

/** Each method gives undefined for what is written in a way that leaves open what the edit would have to be. */
export class StatementEditor {
  private readonly text: string;
  private readonly declarations: readonly Statement[];
  private readonly comments: readonly Comment[];

  constructor(readonly source: SourceFile) {
    this.text = source.text;
    const { tree } = parse(source, () => {});
    this.declarations = tree.declarations;
    this.comments = tree.comments;
  }

  /** The innermost statement that begins at an offset. */
  statementAt(offset: number): Statement | undefined {
    return this.placeOf(offset)?.statement;
  }

  /** True where one of two lines can stand for both: they stand in one block, and only their numbers tell them apart. */
  sayTheSame(one: Statement, other: Statement): boolean {
    const [{ siblings }, { siblings: others }] = [this.placeOf(one.start)!, this.placeOf(other.start)!];
    const around = { source: this.source, statements: siblings, comments: this.comments };
    return siblings === others && sayTheSame(one, other, around);
  }

  private placeOf(
    offset: number,
  ): { readonly statement: Statement; readonly siblings: readonly Statement[] } | undefined {
    let found: { readonly statement: Statement; readonly siblings: readonly Statement[] } | undefined;
    for (let inside: readonly Statement[] = this.declarations; ; ) {
      const next = inside.find(({ start, end }) => start <= offset && offset < end);
      if (next === undefined) return found;
      if (next.start === offset) found = { statement: next, siblings: inside };
      const blocks = [next.block, ...next.branches.map(({ block }) => block)];
      const block = blocks.find((each) => each !== null && each.start <= offset && offset < each.end);
      if (block == null) return found;
      inside = block.statements;
    }
  }

  /** The one number within a place grows by so much. */
  shift(statement: Statement, place: Place, by: bigint): readonly NumberShift[] | undefined {
    const numbers = numbersIn([statement]).filter(
      ({ start, end }) => start >= place.start && end <= place.end,
    );
    const [only, other] = numbers;
    return only === undefined || other !== undefined
      ? undefined
      : [{ start: only.start, end: only.end, value: only.value, by }];
  }

  /** The statement of a block that begins with a word; the last one, where raw fields say it anew. */
  lineIn({ block }: Statement, word: string): Statement | undefined {
    return block?.statements.findLast(({ head }) => head.names.length === 1 && head.names[0]!.text === word);
  }

  /** A new line at the end of a block. */
  append(statement: Statement, line: string): TextEdit | undefined {
    const { block } = statement;
    if (block === null) return undefined;
    const last = block.statements.at(-1);
    if (last === undefined) return undefined;
    const end = this.endOfLine(last);
    return { start: end, end, newText: `${this.separator(last)}${line}` };
  }

  /** One more word at the end of a line; of a list, behind a comma. */
  addWord({ head, items }: Statement, word: string, isList: boolean): TextEdit {
    const end = items.at(-1)?.end ?? head.end;
    return { start: end, end, newText: `${isList && items.length > 0 ? ", " : " "}${word}` };
  }

  /** A line without one of several words. */
  removeWord({ items }: Statement, word: string): TextEdit | undefined {
    const index = items.findIndex((item) => wordOfItem(item)?.text === word);
    const found = items[index];
    if (found === undefined || items.length === 1) return undefined;
    return index === 0
      ? { start: found.start, end: items[1]!.start, newText: "" }
      : { start: items[index - 1]!.end, end: found.end, newText: "" };
  }

  /** More interrupts for a line that lists them. */
  grant(
    statement: Statement,
    interrupts: readonly (readonly [first: number, last: number])[],
  ): TextEdit | undefined {
    const listed = listedIn(statement, this.source);
    if (listed === undefined) return undefined;
    const { behind, offset } = listed;
    const words = interrupts.map(([first, last]) =>
      first === last ? `${first - offset}` : `${first - offset}-${last - offset}`,
    );
    return { start: behind, end: behind, newText: words.map((word) => `, ${word}`).join("") };
  }

  /** With its comments, and its lines where nothing else stands in them. */
  remove(statement: Statement): TextEdit {
    const { start, end } = statement;
    const lineStart = this.lineStart(start);
    const lineEnd = this.lineEnd(end);
    const rest = this.text.slice(end, lineEnd);
    if (isBlank(this.text.slice(lineStart, start)) && isComment(rest))
      return {
        start: this.ownComments(lineStart, lineEnd),
        end: Math.min(lineEnd + 1, this.text.length),
        newText: "",
      };
    const behind = /^[ \t]*;[ \t]*/.exec(rest);
    if (behind !== null) return { start, end: end + behind[0].length, newText: "" };
    const before = /[ \t]*;[ \t]*$/.exec(this.text.slice(lineStart, start));
    return { start: start - (before?.[0].length ?? 0), end, newText: "" };
  }

  /** Behind the statement: a copy without its name, changed by edits of the statement itself. */
  copy(statement: Statement, edits: readonly TextEdit[]): TextEdit {
    const { start, end } = statement;
    const all = [...edits, ...this.withoutName(statement)];
    const within = all.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const copied = applied(this.text.slice(start, end), within);
    const at = this.endOfLine(statement);
    return { start: at, end: at, newText: `${this.separator(statement)}${copied}` };
  }

  private withoutName(statement: Statement): readonly TextEdit[] {
    const label = nameGivenBy(statement, this.source);
    if (label === undefined) return [];
    const blanks = /^[ \t]*/.exec(this.text.slice(label.end))![0].length;
    return [{ start: label.start, end: label.end + blanks, newText: "" }];
  }

  /** What stands between a statement and one that follows it. */
  private separator({ start }: Statement): string {
    const indent = this.text.slice(this.lineStart(start), start);
    return isBlank(indent) ? `${this.text.includes("\r\n") ? "\r\n" : "\n"}${indent}` : "; ";
  }

  /** Behind the comment of its line, where the line has nothing else. */
  private endOfLine({ start, end }: Statement): number {
    const lineEnd = this.lineEnd(end);
    const standsAlone = isBlank(this.text.slice(this.lineStart(start), start));
    if (!standsAlone || !isComment(this.text.slice(end, lineEnd))) return end;
    return end + this.text.slice(end, lineEnd).trimEnd().length;
  }

  /** The start of the comment lines above that speak of this line alone: another statement right below would share them. */
  private ownComments(lineStart: number, lineEnd: number): number {
    const next = this.text.slice(lineEnd + 1, this.lineEnd(lineEnd + 1)).trim();
    if (next !== "" && next !== "}") return lineStart;
    let start = lineStart;
    while (start > 0) {
      const before = this.lineStart(start - 1);
      if (!/^\s*\/\//.test(this.text.slice(before, start))) break;
      start = before;
    }
    return start;
  }

  private lineStart(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  private lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end < 0 ? this.text.length : end;
  }
}

/** Where the list of a line of interrupts ends, and what its numbers are short of those of the GIC. */
function listedIn(statement: Statement, source: SourceFile): { behind: number; offset: number } | undefined {
  const word = statement.head.names[0]!.text;
  const [first] = statement.items;
  if (word === "interrupts" && first !== undefined) {
    const mode = wordOfItem(first)?.text;
    if (mode === "none") return undefined;
    const items = mode === "spi" ? statement.items.slice(1) : statement.items;
    const end = items.findIndex((item: Item) => wordOfItem(item) !== undefined);
    const last = (end < 0 ? items : items.slice(0, end)).at(-1);
    return last === undefined ? undefined : { behind: last.end, offset: mode === "spi" ? 32 : 0 };
  }
  if (word !== "irqchip") return undefined;
  const line = matchLine({ statement, scope: new Scope(null, source, null) }, irqchipLine, () => {});
  const last = line.clauses.get("pins")?.values.at(-1);
  if (last === undefined || wordOfItem(last) !== undefined) return undefined;
  return { behind: last.end, offset: 0 };
}

/** All numbers of statements, those of their blocks too. */
function numbersIn(statements: readonly Statement[]): readonly NumberLiteral[] {
  const found: NumberLiteral[] = [];
  const inRange = ({ from, to }: Range): void => {
    for (const expression of [from, to]) if (expression !== null) inExpression(expression);
  };
  const inExpression = (expression: Range["from"]): void => {
    if (expression.kind === "number") found.push(expression);
    else if (expression.kind === "binary") [expression.left, expression.right].forEach(inExpression);
    else if (expression.kind === "unary") inExpression(expression.operand);
    else if (expression.kind === "list") expression.ranges.forEach(inRange);
  };
  const inBlock = (block: Block | null): void => block?.statements.forEach(inStatement);
  const inStatement = ({ items, value, block, branches }: Statement): void => {
    for (const range of [...items, ...(value ?? [])]) inRange(range);
    inBlock(block);
    for (const branch of branches) inBlock(branch.block);
  };
  statements.forEach(inStatement);
  return found;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** Nothing, or a comment that ends the line. */
function isComment(text: string): boolean {
  return /^\s*(?:\/\/.*|\/\*[^*]*\*\/\s*)?$/.test(text);
}
