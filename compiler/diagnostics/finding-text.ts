/** What a finding says, in lines without frames and marks: for reports that other tools show beside the source. */

import type { Diagnostic, Fix, Note, Place } from "./diagnostic.js";
import { expansionNotes, fileOf } from "./render-place.js";
import { printableMessage } from "./render-text.js";
import type { Findings } from "./reporter.js";

/** A remark that points somewhere: a secondary label (its text may be empty) or a note. */
export interface Pointer {
  readonly place: Place;
  readonly message: string;
}

/**
 * The message, then why, help and the notes that point nowhere, a line each (more where a text has line ends of its
 * own). Printable, never empty. The message ends as a sentence does, since viewers with little room show the first one.
 */
export function findingLines(diagnostic: Diagnostic): readonly string[] {
  const { id, message, why, help } = diagnostic;
  const notes = remarksOf(diagnostic).filter(({ place }) => place === undefined);
  const rest = [
    ...(why === undefined ? [] : [why]),
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...notes.map((note) => `note: ${note.message}`),
  ].map((text) => printableMessage(text, true));
  const first = printableMessage(message === "" ? id : message);
  return [rest.length === 0 ? first : endedSentence(first), ...rest];
}

/** The remarks of a finding that point somewhere, in the order in which they are shown. */
export function pointersOf(diagnostic: Diagnostic): readonly Pointer[] {
  return remarksOf(diagnostic).flatMap(({ place, message }) =>
    place === undefined ? [] : [{ place, message }],
  );
}

/** Labels and notes alike; a place in a text without a name (`-D` and the like) is none that a reader could go to. */
function remarksOf({ primary, secondary, notes }: Diagnostic): readonly Note[] {
  const labels = secondary.map(({ place, text }): Note => ({ message: text, place }));
  const expansions = primary === undefined ? [] : expansionNotes(primary.place);
  return [...labels, ...expansions, ...notes].map((note) =>
    note.place === undefined || hasName(note.place) ? note : { message: note.message },
  );
}

/** Whether the place is in a file or text that has a name. */
export function hasName(place: Place): boolean {
  return fileOf(place) !== "";
}

function endedSentence(text: string): string {
  return /[.!?:…]$/.test(text) ? text : `${text}.`;
}

/** What the fix does, with the new text where there is one. */
export function fixText(fix: Fix): string {
  const texts = [...new Set(fix.edits.map((edit) => edit.newText))].filter((text) => text !== "");
  return texts.length === 0 ? fix.title : `${fix.title}: \`${texts.join("`, `")}\``;
}

/** `and 3 more errors in a.c`: findings beyond the limit of the reporter are counted, not listed. */
export function omittedText({ file, severity, count }: Findings["omitted"][number]): string {
  const where = file === "" ? "" : ` in ${printableMessage(file)}`;
  return `and ${counted(count, `more ${severity}`)}${where}`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
