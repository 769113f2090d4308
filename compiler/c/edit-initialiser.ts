/** Changes of designated initialisers as edits of their text: what is around them stays as it is. */

import { applied, type NumberShift, type TextEdit } from "../support/text-edit.js";
import { type BraceList, ListText, type TextRange } from "./list-text.js";
import { integerLike, plainNumber } from "./number-spelling.js";

/** A change of the fields of one struct. */
export type FieldChange =
  | { readonly field: string; readonly value: bigint; readonly before?: bigint | undefined }
  | { readonly field: string; readonly flag: string; readonly on: boolean };

/** Each method gives undefined for what is written in a way that leaves open what the edit would have to be. */
export class InitialiserEditor {
  private readonly lists: ListText;

  constructor(private readonly source: string) {
    this.lists = new ListText(source);
  }

  /** The braces of the element of `.TABLE = { ... }` in which an offset lies; undefined where a macro makes it. */
  elementAt(table: string, offset: number): BraceList | undefined {
    for (let list = this.lists.listAt(offset); list !== null; list = list.outer) {
      if (list.outer !== null && this.lists.isListOf(table, list.outer)) return list;
    }
    return undefined;
  }

  /** The innermost braces around an offset that hold fields by their names. */
  structAt(offset: number): BraceList | undefined {
    for (let list = this.lists.listAt(offset); list !== null; list = list.outer)
      if (this.lists.elementsOf(list).some((element) => this.fieldOf(element) !== undefined)) return list;
    return undefined;
  }

  fields(struct: BraceList, changes: readonly FieldChange[]): readonly TextEdit[] | undefined {
    const edits: TextEdit[] = [];
    const added: string[] = [];
    for (const change of changes) {
      const expression = this.expressionOf(struct, change.field);
      if (expression === "unnamed") return undefined;
      if (expression === undefined) {
        if ("on" in change && !change.on) return undefined;
        added.push(`.${change.field} = ${"flag" in change ? change.flag : newNumber(change)}`);
        continue;
      }
      const earlier = edits.findIndex(({ start }) => start === expression.start);
      const text =
        earlier < 0 ? this.source.slice(expression.start, expression.end) : edits[earlier]!.newText;
      const newText =
        "flag" in change
          ? withFlag(text, change.flag, change.on, this.continuation(expression))
          : text.startsWith("{")
            ? wordsLike(text, change.value, change.before)
            : integerLike(text, change.value, isAddress(change.field));
      if (newText === undefined) return undefined;
      if (earlier >= 0) edits.splice(earlier, 1);
      edits.push({ ...expression, newText });
    }
    if (added.length > 0) edits.push(this.appendFields(struct, added));
    return edits;
  }

  /** The number of a field grows by so much. */
  shift(struct: BraceList, field: string, by: bigint): readonly NumberShift[] | undefined {
    const expression = this.expressionOf(struct, field);
    if (expression === undefined || expression === "unnamed") return undefined;
    const value = plainNumber(this.lists.codeOf(expression));
    return value === undefined ? undefined : [{ ...expression, value, by }];
  }

  /** With its comma, its comments, and its lines where nothing else stands in them. */
  remove(element: BraceList): readonly TextEdit[] | undefined {
    const list = element.outer!;
    if (!this.isPlainList(list)) return undefined;
    const own = this.elementAround(element);
    const { start, end } = this.withComments(own, element);
    const lineStart = this.lineStart(start);
    const lineEnd = this.lineEnd(end);
    const isFirst = isBlank(this.source.slice(lineStart, start));
    if (isFirst && isBlank(this.source.slice(end, lineEnd)))
      return [{ start: lineStart, end: Math.min(lineEnd + 1, this.source.length), newText: "" }];
    const before = isFirst ? 0 : /[ \t]*$/.exec(this.source.slice(lineStart, start))![0].length;
    const behind = isFirst ? /^[ \t]*/.exec(this.source.slice(end, lineEnd))![0].length : 0;
    return [{ start: start - before, end: end + behind, newText: "" }];
  }

  /** Behind the element and its comma: a copy with its comments, and with changes of its own. */
  copy(element: BraceList, changes: readonly FieldChange[]): readonly TextEdit[] | undefined {
    const list = element.outer!;
    if (!this.isPlainList(list)) return undefined;
    const own = this.elementAround(element);
    const whole = this.withComments(own, element);
    const text = this.source.slice(whole.start, element.close + 1);
    const inner = new InitialiserEditor(text);
    const struct = inner.lists.listAt(element.open - whole.start);
    const edits = struct === null ? undefined : inner.fields(struct, changes);
    if (edits === undefined) return undefined;
    const copied = applied(text, edits);
    const indent = this.source.slice(this.lineStart(whole.start), whole.start);
    const space = isBlank(indent) ? `${this.lineBreak}${indent}` : " ";
    const comma = list.commas.find((at) => at >= element.close);
    if (comma === undefined)
      return [{ start: element.close + 1, end: element.close + 1, newText: `,${space}${copied}` }];
    return [{ start: whole.end, end: whole.end, newText: `${space}${copied},` }];
  }

  /** A new element at the end of a table that has some; an element without fields is zero. */
  append(table: string, fields: readonly string[]): TextEdit | undefined {
    const code = this.lists.codeOf({ start: 0, end: this.source.length });
    const [found, other] = [...code.matchAll(new RegExp(`\\.${table}\\s*=\\s*\\{`, "g"))];
    if (found === undefined || other !== undefined) return undefined;
    const list = this.lists.listAt(found.index + found[0].length);
    const last = list === null ? undefined : this.lists.elementsOf(list).at(-1);
    if (list === null || last === undefined || !this.isPlainList(list)) return undefined;
    const indent = this.source.slice(this.lineStart(last.start), last.start);
    const own = isBlank(indent) ? indent : /^[ \t]*/.exec(indent)![0];
    const lines = fields.length === 0 ? ["{ 0 }"] : ["{", ...fields.map((field) => `\t${field},`), "}"];
    const element = lines.map((line) => `${this.lineBreak}${own}${line}`).join("");
    const comma = list.commas.find((at) => at >= last.end);
    if (comma === undefined) return { start: last.end, end: last.end, newText: `,${element}` };
    const rest = this.source.slice(comma + 1, this.lineEnd(comma + 1));
    const end = comma + 1 + (isComments(rest) ? rest.trimEnd().length : 0);
    return { start: end, end, newText: `${element},` };
  }

  /** The declared length of a table, and its count in the header, where they are written as numbers. */
  lengths(table: string, countField: string | null, by: bigint): readonly NumberShift[] | undefined {
    const code = this.lists.codeOf({ start: 0, end: this.source.length });
    const declared = [...code.matchAll(new RegExp(`\\b${table}(\\s*\\[\\s*)([^\\]]*?)\\s*\\]\\s*[;,]`, "g"))];
    const [declaration] = declared;
    if (declaration === undefined || declared.length > 1) return undefined;
    const length = /(?:^|\+\s*)(\d+)$/.exec(declaration[2]!);
    if (length === null) return undefined;
    const end = declaration.index + table.length + declaration[1]!.length + declaration[2]!.length;
    const shifts: NumberShift[] = [{ start: end - length[1]!.length, end, value: BigInt(length[1]!), by }];
    if (countField === null) return shifts;
    const counts = [...code.matchAll(new RegExp(`\\.${countField}\\s*=\\s*(\\d+)(?=\\s*[,}])`, "g"))];
    if (counts.length > 1) return undefined;
    for (const count of counts) {
      const behind = count.index + count[0].length;
      shifts.push({ start: behind - count[1]!.length, end: behind, value: BigInt(count[1]!), by });
    }
    return shifts;
  }

  /**
   * True where nothing tells two elements of a list apart but their numbers, and no name makes those: neither comments nor
   * directives.
   */
  sayTheSame(one: BraceList, other: BraceList): boolean {
    return (
      one.outer === other.outer &&
      this.remarksOf(one) === this.remarksOf(other) &&
      this.hasPlainNumbers(one) &&
      this.hasPlainNumbers(other)
    );
  }

  /** From those in front of the element, headings too, to the one behind its comma. */
  private remarksOf(element: BraceList): string {
    const own = this.elementAround(element);
    const { end } = this.withComments(own, element);
    const text = this.gapBefore(own, element) + this.source.slice(own.start, end);
    return (text.match(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|^[ \t]*#[^\n]*/gm) ?? []).join("\n");
  }

  private hasPlainNumbers(struct: BraceList): boolean {
    return this.lists.elementsOf(struct).every((element) => {
      const named = this.fieldOf(element);
      if (named === undefined) return false;
      const value = this.lists.codeOf({ start: element.start + named[0].length, end: element.end });
      return named[1] === "flags" || plainNumber(value) !== undefined;
    });
  }

  private get lineBreak(): string {
    return this.source.includes("\r\n") ? "\r\n" : "\n";
  }

  private fieldOf(element: TextRange): RegExpExecArray | undefined {
    return /^\.(\w+)\s*=\s*/.exec(this.lists.codeOf(element)) ?? undefined;
  }

  /** Where the value of a field stands; `unnamed` where values go by their position. */
  private expressionOf(struct: BraceList, field: string): TextRange | "unnamed" | undefined {
    let found: TextRange | undefined;
    for (const element of this.lists.elementsOf(struct)) {
      const named = this.fieldOf(element);
      if (named === undefined) return "unnamed";
      if (named[1] === field) found = { start: element.start + named[0].length, end: element.end };
    }
    return found;
  }

  /** Behind the last field, in a line of its own where that has one. */
  private appendFields(struct: BraceList, fields: readonly string[]): TextEdit {
    const last = this.lists.elementsOf(struct).at(-1);
    if (last === undefined) {
      const at = struct.open + 1;
      return { start: at, end: at, newText: ` ${fields.join(", ")} ` };
    }
    const indent = this.source.slice(this.lineStart(last.start), last.start);
    const space = isBlank(indent) ? `${this.lineBreak}${indent}` : " ";
    return { start: last.end, end: last.end, newText: fields.map((field) => `,${space}${field}`).join("") };
  }

  /** What goes before a flag that would make the line too long. */
  private continuation({ start, end }: TextRange): { readonly room: number; readonly space: string } {
    const lineStart = this.lineStart(end);
    const room = lineWidth - widthOf(this.source.slice(lineStart, end));
    const indent = /^[ \t]*/.exec(this.source.slice(lineStart))![0];
    const own = lineStart > start ? indent : `${indent}\t`;
    return { room, space: `${this.lineBreak}${own}` };
  }

  /** What is right with one value of a macro would be wrong with another one where elements depend on it. */
  private isPlainList(list: BraceList): boolean {
    const hasConditions = /^[ \t]*#[ \t]*(?:if|el|endif)/m.test(this.source.slice(list.open, list.close));
    return (
      !hasConditions &&
      this.lists.elementsOf(list).every((element) => !this.lists.codeOf(element).startsWith("["))
    );
  }

  private elementAround({ open, outer }: BraceList): TextRange {
    return this.lists.elementsOf(outer!).find(({ start, end }) => start <= open && open < end)!;
  }

  /**
   * From the comments in front of an element to the one behind its comma. Comments in the line of the element before
   * belong to that one; those with an empty line behind them speak of more than one element.
   */
  private withComments(own: TextRange, element: BraceList): TextRange {
    const { start } = own;
    const { close, outer } = element;
    const comma = outer!.commas.find((at) => at >= close);
    const attached = this.gapBefore(own, element)
      .split(/\n[ \t\r]*\n/)
      .at(-1)!;
    // A directive among them is no comment.
    const from = isComments(attached) ? start - attached.trimStart().length : start;
    let end = (comma ?? close) + 1;
    const rest = this.source.slice(end, this.lineEnd(end));
    if (rest.trim() !== "" && isComments(rest)) end += rest.trimEnd().length;
    return { start: from, end };
  }

  /** What stands between an element and the one before it, without the comment in the line of that one. */
  private gapBefore({ start }: TextRange, { outer }: BraceList): string {
    const before = outer!.commas.filter((at) => at < start).at(-1) ?? outer!.open;
    const gap = this.source.slice(before + 1, start);
    const firstLine = gap.indexOf("\n");
    return firstLine >= 0 && isComments(gap.slice(0, firstLine)) ? gap.slice(firstLine + 1) : gap;
  }

  private lineStart(offset: number): number {
    return this.source.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Offset of the end of the line, before its line feed. */
  private lineEnd(offset: number): number {
    const end = this.source.indexOf("\n", offset);
    return end < 0 ? this.source.length : end;
  }
}

/** Lines of Linux and Jailhouse keep to this many columns. */
const lineWidth = 80;

function widthOf(line: string): number {
  return line.replaceAll("\t", "        ").length;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function isComments(text: string): boolean {
  return isBlank(text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ""));
}

function isAddress(field: string): boolean {
  return /(?:start|size|address|base|bitmap|mask)$/.test(field) && field !== "shmem_regions_start";
}

function newNumber({ field, value }: { readonly field: string; readonly value: bigint }): string {
  return isAddress(field) ? `0x${value.toString(16)}` : value.toString();
}

/** A row of words of 32 bits, the lowest first, such as the interrupts of a chip. Those that stay are not touched. */
function wordsLike(text: string, value: bigint, before: bigint | undefined): string | undefined {
  const lists = new ListText(text);
  const list = lists.listAt(0);
  if (list === null) return undefined;
  const elements = lists.elementsOf(list);
  const wordOf = (index: number, all = value): bigint => (all >> BigInt(index * 32)) & 0xffff_ffffn;
  const edits: TextEdit[] = [];
  for (const [index, { start, end }] of elements.entries()) {
    if (before !== undefined && wordOf(index, before) === wordOf(index)) continue;
    const word = text.slice(start, end);
    const newText = integerLike(word, wordOf(index), true) ?? withBits(word, before, wordOf(index), index);
    if (newText === undefined) return undefined;
    edits.push({ start, end, newText });
  }
  const more: string[] = [];
  for (let index = elements.length; value >> BigInt(index * 32) !== 0n; index++)
    more.push(`0x${wordOf(index).toString(16)}`);
  const last = elements.at(-1);
  if (more.length > 0 && last === undefined) return `{ ${more.join(", ")} }`;
  for (const word of more) edits.push({ start: last!.end, end: last!.end, newText: `, ${word}` });
  return applied(text, edits);
}

/** A calculation of bits with more of them behind it; undefined where one of them goes, or a name is in it. */
function withBits(text: string, before: bigint | undefined, word: bigint, index: number): string | undefined {
  const isBits = /^[0-9a-fA-FxXuUlL\s()|<+-]+$/.test(text) && !/(?<!\w)[A-Za-z_]/.test(text);
  if (before === undefined || !isBits) return undefined;
  const was = (before >> BigInt(index * 32)) & 0xffff_ffffn;
  if ((was & ~word) !== 0n) return undefined;
  const bits = Array.from({ length: 32 }, (_, bit) => bit).filter(
    (bit) => (((word & ~was) >> BigInt(bit)) & 1n) === 1n,
  );
  return [text, ...bits.map((bit) => `(1${bit === 31 ? "U" : ""} << ${bit})`)].join(" | ");
}

/** A list of names and numbers with `|` between them, with one more or one less; undefined for anything else. */
export function withFlag(
  text: string,
  flag: string,
  on: boolean,
  { room, space }: { readonly room: number; readonly space: string },
): string | undefined {
  if (!/^[\w\s|]+$/.test(text)) return undefined;
  const names = text.split("|").map((name) => name.trim());
  if (names.includes(flag) === on) return undefined;
  if (on) {
    if (/^0(?:[xX]0+)?$/.test(text)) return flag;
    return room < ` | ${flag},`.length ? `${text} |${space}${flag}` : `${text} | ${flag}`;
  }
  if (names.length === 1) return "0";
  const pattern = names[0] === flag ? new RegExp(`^${flag}\\s*\\|\\s*`) : new RegExp(`\\s*\\|\\s*${flag}\\b`);
  return text.replace(pattern, "");
}
