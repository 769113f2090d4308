/** Changes of a text, by its own offsets. */

/** Half-open, in UTF-16 units: the text between is replaced. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A number in the text that grows or shrinks: several changes of one place can be made at once. */
export interface NumberShift {
  readonly start: number;
  readonly end: number;
  readonly value: bigint;
  readonly by: bigint;
}

/** The text with edits that do not overlap. Those at one place come in the order in which they are listed. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end, newText } of edits.toSorted((one, other) => one.start - other.start)) {
    pieces.push(text.slice(done, start), newText);
    done = end;
  }
  pieces.push(text.slice(done));
  return pieces.join("");
}

/** True where two edits would change the same text. */
export function overlap(one: TextEdit | NumberShift, other: TextEdit | NumberShift): boolean {
  return one.start < other.end && other.start < one.end;
}
