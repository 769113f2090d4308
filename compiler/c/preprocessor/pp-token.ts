import { SourceFile } from "../../support/source.js";
import type { Expansion } from "../../support/span.js";
import { type Token, TokenKind } from "../token.js";

/** Marks of a token that only the preprocessor knows. */
export const Mark = {
  /** Its macro was being expanded when it was read: it is never expanded again (C17 6.10.3.4). */
  noExpand: 1,
  /** The next token is to be pasted to it (`##` stood between them). */
  pasteLeft: 2,
  /** No token: only says what white space the next one takes; see `padding` below. */
  padding: 4,
  /** A padding that stands for a token which has been replaced. */
  hasSource: 8,
} as const;

/** A token on its way through the preprocessor. One shape for all of them keeps the loops over them fast. */
export class PpToken implements Token {
  constructor(
    readonly kind: TokenKind,
    readonly text: string,
    readonly file: SourceFile,
    readonly start: number,
    readonly end: number,
    readonly spaceBefore: boolean,
    readonly expansion: Expansion | null,
    readonly marks: number,
  ) {}

  withExpansion(expansion: Expansion | null): PpToken {
    return new PpToken(
      this.kind,
      this.text,
      this.file,
      this.start,
      this.end,
      this.spaceBefore,
      expansion,
      this.marks,
    );
  }

  withoutSpace(): PpToken {
    return new PpToken(
      this.kind,
      this.text,
      this.file,
      this.start,
      this.end,
      false,
      this.expansion,
      this.marks,
    );
  }

  withMarks(marks: number): PpToken {
    return new PpToken(
      this.kind,
      this.text,
      this.file,
      this.start,
      this.end,
      this.spaceBefore,
      this.expansion,
      marks,
    );
  }
}

const nowhere = new SourceFile("", "", true);

/**
 * Paddings remember, for `#`, whether gcc would put a blank where a macro began or ended. `boundary` is the end of a
 * macro or argument; the other two stand for the name that was replaced, with or without white space before it.
 */
export const padding = {
  boundary: new PpToken(TokenKind.other, "", nowhere, 0, 0, false, null, Mark.padding),
  spaced: new PpToken(TokenKind.other, "", nowhere, 0, 0, true, null, Mark.padding | Mark.hasSource),
  tight: new PpToken(TokenKind.other, "", nowhere, 0, 0, false, null, Mark.padding | Mark.hasSource),
} as const;

export function paddingFor(source: Token): PpToken {
  return source.spaceBefore ? padding.spaced : padding.tight;
}

/** Ends an argument, a directive, or a file in which an argument list was being read. */
export const endOfInput = new PpToken(TokenKind.endOfFile, "", nowhere, 0, 0, false, null, 0);
