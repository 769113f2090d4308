import { TokenKind } from "../token.js";
import { Mark, type PpToken } from "./pp-token.js";
import { scannedKind, scanToken } from "./scan.js";

/** The operators `#` and `##`: texts made of tokens. */

export interface Stringified {
  readonly text: string;
  /** The text ended in a lone backslash, which was dropped. */
  readonly droppedBackslash: boolean;
}

/** What `#` makes of an argument's tokens: blanks where white space stood, quotes and backslashes escaped. */
export function stringify(tokens: readonly PpToken[]): Stringified {
  const parts: string[] = ['"'];
  /** The padding that decides on the blank before the next token; see `padding`. */
  let source: PpToken | null = null;
  let backslashes = 0;
  for (const token of tokens) {
    if ((token.marks & Mark.padding) !== 0) {
      const hasSource = (token.marks & Mark.hasSource) !== 0;
      if (source === null || (!source.spaceBefore && !hasSource)) source = hasSource ? token : null;
      continue;
    }
    if (parts.length > 1 && (source ?? token).spaceBefore) parts.push(" ");
    source = null;
    const quoted = token.kind === TokenKind.string || token.kind === TokenKind.character;
    parts.push(quoted ? token.text.replace(/[\\"]/g, "\\$&") : token.text);
    backslashes = token.text === "\\" ? backslashes + 1 : 0;
  }
  const droppedBackslash = backslashes % 2 === 1;
  if (droppedBackslash) parts.pop();
  parts.push('"');
  return { text: parts.join(""), droppedBackslash };
}

/** The kind of the token that two spellings give when written without a gap; undefined where they give no single one. */
export function pasteKind(left: PpToken, right: PpToken, text: string): TokenKind | undefined {
  if (left.kind === TokenKind.identifier && right.kind === TokenKind.identifier) return TokenKind.identifier;
  // "//" and "/*" begin comments, which no paste can make
  if (left.text === "/" && (right.text.startsWith("/") || right.text.startsWith("*"))) return undefined;
  const end = scanToken(text, 0);
  return end === text.length && scannedKind !== TokenKind.other ? scannedKind : undefined;
}

/** A token without a place. */
export interface Spelled {
  readonly kind: TokenKind;
  readonly text: string;
}

/** A string literal that says `text`. */
export function quoted(text: string): Spelled {
  return { kind: TokenKind.string, text: `"${text.replace(/[\\"]/g, "\\$&")}"` };
}

export function decimal(value: number): Spelled {
  return { kind: TokenKind.number, text: String(value) };
}
