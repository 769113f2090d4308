/**
 * Diagnostics for people: severity, id and message; the source lines with every label; why it matters and what to
 * do; then a frame for each note that has a place of its own.
 */

import type { Diagnostic, Label, Note, Severity } from "./diagnostic.js";
import { fixText } from "./finding-text.js";
import { renderBytes } from "./render-bytes.js";
import { colourPalette, type Palette, plainPalette } from "./render-colour.js";
import { type FrameStyle, type Mark, renderFrames } from "./render-frame.js";
import { expansionNotes, placeText, shownSpan } from "./render-place.js";
import { printableMessage } from "./render-text.js";

export interface RenderOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** The content of a binary file, for the hex dump at a place in it. */
  readonly bytesOf?: (file: string) => Uint8Array | undefined;
}

/** Several lines, each ended by a line feed. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string {
  const palette = options.colour ? colourPalette : plainPalette;
  const accent = accentOf(diagnostic.severity, palette);
  const style: FrameStyle = { palette, accent, width: options.width };
  const lines = [
    `${accent(`${diagnostic.severity}[${diagnostic.id}]`)}${palette.strong(`: ${printableMessage(diagnostic.message)}`)}`,
  ];
  const labels = diagnostic.primary === undefined ? [] : [diagnostic.primary, ...diagnostic.secondary];
  const frame = renderLabels(labels, style, options);
  lines.push(...frame);

  const notes = [
    ...(diagnostic.primary === undefined ? [] : expansionNotes(diagnostic.primary.place)),
    ...diagnostic.notes,
  ];
  const indent = indentOf(frame);
  const remark = (kind: string, text: string): string[] => {
    const [first = "", ...rest] = printableMessage(text, true).split("\n");
    const margin = `${indent}   ${" ".repeat(kind.length + 2)}`;
    return [
      `${indent} ${palette.frame("=")} ${palette.strong(kind)}: ${first}`,
      ...rest.map((line) => `${margin}${line}`),
    ];
  };
  // Notes keep their order: those after the first one with a place follow it.
  const firstPlaced = notes.findIndex((note) => note.place !== undefined);
  const leading = firstPlaced < 0 ? notes : notes.slice(0, firstPlaced);
  const remarks = [
    ...leading.flatMap((note) => remark("note", note.message)),
    ...(diagnostic.why === undefined ? [] : remark("why", diagnostic.why)),
    ...(diagnostic.help === undefined ? [] : remark("help", diagnostic.help)),
    ...diagnostic.fixes.flatMap((fix) => remark("fix", fixText(fix))),
  ];
  if (remarks.length > 0 && frame.length > 1) lines.push(palette.frame(`${indent} |`));
  lines.push(...remarks);
  for (const note of notes.slice(leading.length)) lines.push(...renderNote(note, style, options));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Only the source lines with their labels, for texts that are no findings. */
export function renderPlaces(labels: readonly Label[], options: RenderOptions): readonly string[] {
  const palette = options.colour ? colourPalette : plainPalette;
  const lines = renderLabels(labels, { palette, accent: palette.note, width: options.width }, options);
  return lines.map((line) => line.trimEnd());
}

function accentOf(severity: Severity, palette: Palette): (text: string) => string {
  return palette[severity];
}

/** Frames of the places in texts together, then the binary places and whole files one by one. */
function renderLabels(labels: readonly Label[], style: FrameStyle, options: RenderOptions): string[] {
  const marks = labels.flatMap((label, index): Mark[] => {
    if (label.place.kind !== "source") return [];
    return [{ span: shownSpan(label.place), text: label.text, primary: index === 0 }];
  });
  const lines = marks.length === 0 ? [] : renderFrames(marks, style);
  for (const { place, text } of labels) {
    if (place.kind === "source") continue;
    const label = text === "" ? "" : `: ${text}`;
    lines.push(`${style.palette.frame("  -->")} ${printableMessage(placeText(place) + label)}`);
    const bytes = place.kind === "binary" ? options.bytesOf?.(place.file) : undefined;
    if (place.kind === "binary" && bytes !== undefined) lines.push(...renderBytes(place, bytes, style));
  }
  return lines;
}

function renderNote(note: Note, style: FrameStyle, options: RenderOptions): string[] {
  const accent = style.palette.note;
  const labels = note.place === undefined ? [] : [{ place: note.place, text: "" }];
  return [
    `${accent("note")}: ${printableMessage(note.message)}`,
    ...renderLabels(labels, { ...style, accent }, options),
  ];
}

/** The blanks before `|` in a frame, so that the remarks line up with it. */
function indentOf(frame: readonly string[]): string {
  const first = (frame[0] ?? "").replace(/\u001b\[[0-9;]*m/g, "");
  return " ".repeat(Math.max(1, first.length - first.trimStart().length));
}
