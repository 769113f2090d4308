/** Source lines with marks and labels under them. */

import type { SourceFile } from "../support/source.js";
import type { Span } from "../support/span.js";
import type { Palette } from "./render-colour.js";
import { type DisplayedText, display, printableMessage } from "./render-text.js";

export interface Mark {
  readonly span: Span;
  readonly text: string;
  readonly primary: boolean;
}

export interface FrameStyle {
  readonly palette: Palette;
  /** Colour of the primary mark. */
  readonly accent: (text: string) => string;
  /** Columns of the terminal; longer source lines are shown as a window around the marks. */
  readonly width: number;
}

/** A mark cut to one line: offsets in the file's text. */
interface LineMark {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly primary: boolean;
}

interface MarkedLine {
  readonly number: number;
  /** Offsets of the line's text, without its line end. */
  readonly start: number;
  readonly end: number;
  readonly marks: LineMark[];
}

/** All marks of one diagnostic: the file of the first mark first, each file under its own arrow line. */
export function renderFrames(marks: readonly Mark[], style: FrameStyle): string[] {
  const files = new Map<SourceFile, Mark[]>();
  for (const mark of marks) {
    const group = files.get(mark.span.file);
    if (group === undefined) files.set(mark.span.file, [mark]);
    else group.push(mark);
  }
  const groups = [...files].map(([file, group]) => ({ file, group, lines: markedLines(file, group) }));
  const gutter = String(groups.reduce((most, { lines }) => Math.max(most, lines.at(-1)!.number), 0)).length;
  return groups.flatMap(({ file, group, lines }, index) => {
    const { line, column } = file.position(group[0]!.span.start);
    const arrow = style.palette.frame(`${" ".repeat(gutter)}${index === 0 ? "-->" : ":::"}`);
    return [
      `${arrow} ${printableMessage(file.path)}:${line}:${column}`,
      bar(gutter, style),
      ...renderLines(file, lines, gutter, style),
    ];
  });
}

function bar(gutter: number, style: FrameStyle, rest = ""): string {
  return `${style.palette.frame(`${" ".repeat(gutter)} |`)}${rest === "" ? "" : ` ${rest}`}`;
}

function markedLines(file: SourceFile, marks: readonly Mark[]): MarkedLine[] {
  const lines = new Map<number, MarkedLine>();
  for (const mark of marks) {
    const first = lineAt(file, mark.span.start, lines);
    if (mark.span.end <= first.end + 1) {
      first.marks.push({ ...mark, start: mark.span.start, end: Math.min(mark.span.end, first.end) });
      continue;
    }
    // Over several lines: the first and the last are shown, the label stands at the last.
    first.marks.push({ start: mark.span.start, end: first.end, text: "", primary: mark.primary });
    const last = lineAt(file, mark.span.end - 1, lines);
    const indent = /^[ \t]*/.exec(file.text.slice(last.start, Math.min(last.end, last.start + 1000)))![0]
      .length;
    const start = Math.min(last.start + indent, mark.span.end - 1);
    last.marks.push({ start, end: mark.span.end, text: mark.text, primary: mark.primary });
  }
  return [...lines.values()].sort((a, b) => a.number - b.number);
}

function lineAt(file: SourceFile, offset: number, lines: Map<number, MarkedLine>): MarkedLine {
  const { line, column } = file.position(offset);
  const known = lines.get(line);
  if (known !== undefined) return known;
  const start = offset - (column - 1);
  const feed = file.text.indexOf("\n", start);
  let end = feed < 0 ? file.text.length : feed;
  if (end > start && file.text[end - 1] === "\r") end -= 1;
  const fresh: MarkedLine = { number: line, start, end, marks: [] };
  lines.set(line, fresh);
  return fresh;
}

function renderLines(
  file: SourceFile,
  lines: readonly MarkedLine[],
  gutter: number,
  style: FrameStyle,
): string[] {
  const out: string[] = [];
  let previous: number | undefined;
  for (const line of lines) {
    if (previous !== undefined && line.number > previous + 1) {
      if (line.number === previous + 2) {
        const between: MarkedLine = { ...lineAfter(file, line), marks: [] };
        out.push(...renderLine(file, between, gutter, style));
      } else out.push(style.palette.frame("..."));
    }
    out.push(...renderLine(file, line, gutter, style));
    previous = line.number;
  }
  return out;
}

/** The unmarked line just before `next`, for a gap of one line. */
function lineAfter(file: SourceFile, next: MarkedLine): MarkedLine {
  return lineAt(file, next.start - 1, new Map());
}

// ---- one line -------------------------------------------------------------------------------------------------

interface Window {
  readonly from: number;
  readonly to: number;
  readonly marks: readonly LineMark[];
}

function renderLine(file: SourceFile, line: MarkedLine, gutter: number, style: FrameStyle): string[] {
  const room = Math.max(40, style.width - gutter - 3);
  return windows(file, line, room).flatMap((window) => {
    const cutLeft = window.from > line.start;
    const shown = display(file.text.slice(window.from, window.to), room - 2);
    const cutRight = window.from + shown.columns.length - 1 < line.end;
    const text = `${cutLeft ? "…" : ""}${shown.text}${cutRight ? "…" : ""}`.trimEnd();
    const number = style.palette.frame(`${String(line.number).padStart(gutter)} |`);
    return [
      text === "" ? number : `${number} ${text}`,
      ...annotations(window, shown, cutLeft ? 1 : 0, style).map((row) => bar(gutter, style, row)),
    ];
  });
}

/** The pieces of a line to show: all of it where it fits, else one window for each group of marks that fit together. */
function windows(file: SourceFile, line: MarkedLine, room: number): Window[] {
  const marks = [...line.marks].sort((a, b) => a.start - b.start || a.end - b.end);
  const piece = (from: number, to: number): Window => {
    const [left, right] = [wholeCharacter(file.text, from), wholeCharacter(file.text, to)];
    return { from: left, to: right, marks: marks.filter((mark) => mark.start >= from && mark.start <= to) };
  };
  const fits =
    line.end - line.start <= room &&
    display(file.text.slice(line.start, line.end), room - 1).columns.length > line.end - line.start;
  if (fits || marks.length === 0) return [piece(line.start, Math.min(line.end, line.start + room))];
  const result: Window[] = [];
  // A third of the room is kept for the text before the first mark.
  const before = Math.floor(room / 3);
  let covered = -1;
  for (const mark of marks) {
    if (mark.start <= covered) continue;
    const from = Math.max(line.start, Math.min(mark.start - before, line.end - (room - 2)), covered + 1);
    const to = Math.min(line.end, from + room - 2);
    result.push(piece(Math.min(from, mark.start), to));
    covered = to;
  }
  return result;
}

/** Moves an offset out of the middle of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  const before = text.charCodeAt(offset - 1);
  return unit >= 0xdc00 && unit < 0xe000 && before >= 0xd800 && before < 0xdc00 ? offset - 1 : offset;
}

interface Placed {
  readonly column: number;
  readonly width: number;
  readonly text: string;
  readonly primary: boolean;
}

/** The rows under a line: the marks with the rightmost label beside them, then the other labels, hanging. */
function annotations(window: Window, shown: DisplayedText, shift: number, style: FrameStyle): string[] {
  if (window.marks.length === 0) return [];
  const columnAt = (offset: number): number => {
    const index = Math.max(0, Math.min(offset - window.from, shown.columns.length - 1));
    return shown.columns[index]! + shift;
  };
  const placed = window.marks.map((mark): Placed => {
    const column = columnAt(mark.start);
    return { ...mark, column, width: Math.max(1, columnAt(mark.end) - column), text: mark.text };
  });
  const labelled = placed.filter((mark) => mark.text !== "").sort((a, b) => b.column - a.column);
  const inline = labelled[0];
  const end = placed.reduce((most, mark) => Math.max(most, mark.column + mark.width), 0);
  const beside = inline !== undefined && inline.column + inline.width >= end ? inline : undefined;
  const hanging = labelled.filter((mark) => mark !== beside);

  const row = new Row();
  for (const mark of [...placed].sort((a, b) => Number(a.primary) - Number(b.primary))) {
    row.put(mark.column, (mark.primary ? "^" : "-").repeat(mark.width), paintOf(mark, style));
  }
  if (beside !== undefined) row.put(end + 1, printableMessage(beside.text), paintOf(beside, style));
  const rows = [row];
  for (const [index, mark] of hanging.entries()) {
    const left = hanging.slice(index + 1);
    if (index === 0) rows.push(stems(hanging, style));
    const labelRow = stems(
      left.filter((other) => other.column < mark.column),
      style,
    );
    labelRow.put(mark.column, printableMessage(mark.text), paintOf(mark, style));
    rows.push(labelRow);
  }
  return rows.map((each) => each.toString());
}

function stems(marks: readonly Placed[], style: FrameStyle): Row {
  const row = new Row();
  for (const mark of marks) row.put(mark.column, "|", paintOf(mark, style));
  return row;
}

function paintOf(mark: Placed, style: FrameStyle): (text: string) => string {
  return mark.primary ? style.accent : style.palette.frame;
}

/** A row of characters with a paint each; what is put later covers what was put before. */
class Row {
  private readonly cells: { text: string; paint: (text: string) => string }[] = [];

  put(column: number, text: string, paint: (text: string) => string): void {
    while (this.cells.length < column) this.cells.push({ text: " ", paint: blank });
    for (const [index, character] of [...text].entries())
      this.cells[column + index] = { text: character, paint };
  }

  toString(): string {
    let out = "";
    for (let at = 0; at < this.cells.length; ) {
      const { paint } = this.cells[at]!;
      let run = "";
      for (; at < this.cells.length && this.cells[at]!.paint === paint; at += 1) run += this.cells[at]!.text;
      out += paint(run);
    }
    return out;
  }
}

function blank(text: string): string {
  return text;
}
