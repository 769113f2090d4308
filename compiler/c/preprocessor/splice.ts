/** Translation phase 2: a backslash at the end of a line joins it with the next, anywhere, even within a token. */

/** A text without its line continuations, and the way back to the offsets of the original. */
export interface SplicedText {
  readonly text: string;
  /** Offset in the original of the character at `offset` of the joined text. Offsets must not decrease from call to call. */
  readonly original: (offset: number) => number;
  /** Original offsets of backslashes that are separated from their line end by white space. */
  readonly spaced: readonly number[];
  /** Original offset of the first continuation that was left as it is, because there are too many. */
  readonly leftFrom: number | undefined;
}

const continuation = /\\([ \t\v\f]*)\r?\n/g;

/** Bounds the memory that a hostile file can take. */
export const maxContinuations = 1_000_000;

/** Undefined where the text has no continuation, which is nearly always so. */
export function splice(text: string): SplicedText | undefined {
  if (!/\\[ \t\v\f]*\r?\n/.test(text)) return undefined;
  const parts: string[] = [];
  /** Joined offsets from which on `removed[i]` characters are missing. */
  const joints: number[] = [];
  const removed: number[] = [];
  const spaced: number[] = [];
  let from = 0;
  let missing = 0;
  let leftFrom: number | undefined;
  for (const match of text.matchAll(continuation)) {
    if (joints.length >= maxContinuations) {
      leftFrom = match.index;
      break;
    }
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    missing += match[0].length;
    joints.push(from - missing);
    removed.push(missing);
    if (match[1] !== "") spaced.push(match.index);
  }
  parts.push(text.slice(from));
  let next = 0;
  const original = (offset: number): number => {
    while (next < joints.length && joints[next]! <= offset) next++;
    return next === 0 ? offset : offset + removed[next - 1]!;
  };
  return { text: parts.join(""), original, spaced, leftFrom };
}
