/** Where a diagnostic is shown, and through which macros it came there. */

import type { Expansion, Span } from "../support/span.js";
import type { Note, Place, SourcePlace } from "./diagnostic.js";

/**
 * The text to point at. What the user wrote himself, also as a macro's argument, is shown as such; what stems from
 * the body of a macro is shown where the user used the macro, and the body in a note.
 */
export function shownSpan(place: SourcePlace): Span {
  const outermost = outermostExpansion(place.expansion);
  if (outermost === null) return place.span;
  const { use } = outermost;
  const writtenInTheCall = place.span.file === use.file && place.span.start >= use.start;
  return writtenInTheCall ? place.span : use;
}

function outermostExpansion(expansion: Expansion | null): Expansion | null {
  let step = expansion;
  while (step !== null && step.parent !== null) step = step.parent;
  return step;
}

/** At most this many expansions are shown for one place, outermost first; the middle is left out. */
const expansionLimit = 6;

/** One note for each macro use between the user's text and the place, outermost first. */
export function expansionNotes(place: Place): readonly Note[] {
  if (place.kind !== "source" || place.expansion === null) return [];
  const chain: Expansion[] = [];
  for (let step: Expansion | null = place.expansion; step !== null; step = step.parent) chain.push(step);
  chain.reverse();
  const shown = shownSpan(place);
  let last = shown;
  const notes = chain.map((expansion, index): Note => {
    // Inside the body of this macro stands the use of the next one, or the very text that is wrong.
    const inside = chain[index + 1]?.use ?? place.span;
    const message = `in the expansion of \`${expansion.macro}\``;
    const span = sameSpan(inside, shown) ? expansion.use : inside;
    if (sameSpan(span, last)) return { message };
    last = span;
    return { message, place: sourcePlace(span) };
  });
  if (notes.length <= expansionLimit) return notes;
  const half = expansionLimit / 2;
  const left = notes.length - expansionLimit;
  return [...notes.slice(0, half), { message: `${left} more expansions` }, ...notes.slice(-half)];
}

function sourcePlace(span: Span): SourcePlace {
  return { kind: "source", span, expansion: null };
}

function sameSpan(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

export function hexOffset(offset: number): string {
  return `0x${offset.toString(16)}`;
}

/** `file:line:column`, `file @ 0x2c (field)` or `file`. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case "source": {
      const { file, start } = shownSpan(place);
      const { line, column } = file.position(start);
      return `${file.path}:${line}:${column}`;
    }
    case "binary": {
      const field = place.field === undefined ? "" : ` (${place.field})`;
      return `${place.file} @ ${hexOffset(place.offset)}${field}`;
    }
    case "file":
      return place.file;
  }
}

export function fileOf(place: Place): string {
  return place.kind === "source" ? shownSpan(place).file.path : place.file;
}

const nameOfNoFile = /^<[^<>/]*>(?:\/|$)/;

/**
 * Whether the file of a place is one that other tools can open. Texts that cellc carries itself, standard input and
 * the command line are none; they are named `<…>`, e.g. `<built-in r14.1>/jailhouse/cell-config.h` or `<stdin>`.
 */
export function isOnDisk(place: Place): boolean {
  const path = fileOf(place);
  const builtin = place.kind === "source" && shownSpan(place).file.builtin;
  return path !== "" && !builtin && !nameOfNoFile.test(path);
}
