import type { SourceFile } from "../support/source.js";
import type { Expansion, Span } from "../support/span.js";

/** Kinds of C tokens after translation phase 7; keywords are identifiers until the parser looks at them. */
export const TokenKind = {
  identifier: 0,
  number: 1,
  string: 2,
  character: 3,
  punctuator: 4,
  /** A character that is no C token; the parser reports it only if it is really used. */
  other: 5,
  endOfFile: 6,
} as const;
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/**
 * One preprocessing token. `text` is its spelling (line continuations removed); `file`, `start` and `end` say where
 * it is spelled; `expansion` which macro use brought it here.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** White space or a comment stands before it: what `#` keeps as one blank. */
  readonly spaceBefore: boolean;
  readonly expansion: Expansion | null;
}

export function spanOf(token: Token): Span {
  return { file: token.file, start: token.start, end: token.end };
}
