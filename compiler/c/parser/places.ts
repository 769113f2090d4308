import { at, type SourcePlace } from "../../diagnostics/diagnostic.js";
import { type Expansion, outermostUse } from "../../support/span.js";
import { lexFile } from "../preprocessor/lexer.js";
import { spanOf, type Token, TokenKind } from "../token.js";
import { quote, showToken } from "./messages.js";

/** Places between tokens and their spelling, as the user sees them: with macros not expanded. */

/**
 * The empty place behind `before`, where something is missing in front of `token`. Where `before` came out of a macro
 * and `token` did not come out of the same one, that is behind the macro's use: what is missing is missing there.
 */
export function placeBetween(before: Token, token: Token): SourcePlace {
  const behind = at({ file: before.file, start: before.end, end: before.end }, before.expansion);
  if (before.expansion === null || firstExpansion(before, null)?.use === firstExpansion(token, null)?.use) {
    return behind;
  }
  const written = outermostUse(spanOf(before), before.expansion);
  const next = outermostUse(spanOf(token), token.expansion);
  if (written.file !== next.file) return at({ ...written, start: written.end });
  const end = lastEndBefore(lexFile(next.file).tokens, next.start);
  return at({ file: next.file, start: end, end });
}

/** Where the last of the tokens that end at or before `offset` ends. */
function lastEndBefore(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return tokens[low - 1]?.end ?? 0;
}

/**
 * The token as it stands in the text: where it is the first of what a macro gave, the macro's name, and where a
 * designator starts, the dot with the name.
 *
 * @param before the token before it, null where there is none
 */
export function showWritten(token: Token, before: Token | null, after: Token): string {
  const expansion = firstExpansion(token, before);
  if (expansion !== null) return quote(expansion.macro);
  const isDesignator = token.text === "." && after.kind === TokenKind.identifier;
  return isDesignator ? quote(`.${after.text}`) : showToken(token);
}

/** The outermost macro use of which the token is the first: `before` did not come out of it. */
function firstExpansion(token: Token, before: Token | null): Expansion | null {
  const shared = new Set<Expansion>();
  for (let step = before?.expansion ?? null; step !== null; step = step.parent) shared.add(step);
  let found: Expansion | null = null;
  for (let step = token.expansion; step !== null; step = step.parent) if (!shared.has(step)) found = step;
  return found;
}

const tabWidth = 8;

/** Column of the first character on the line where the token is written, and that line (1-based), tabs expanded. */
export function indentationOf(token: Token): { readonly line: number; readonly indentation: number } {
  const { file, start } = outermostUse(spanOf(token), token.expansion);
  const { line } = file.position(start);
  let indentation = 0;
  for (const character of file.line(line).slice(0, 400)) {
    if (character === "\t") indentation += tabWidth - (indentation % tabWidth);
    else if (character === " ") indentation++;
    else break;
  }
  return { line, indentation };
}

/** Whether the two tokens are written on different lines (or in different files). */
export function isOnNewLine(before: Token, token: Token): boolean {
  const first = outermostUse(spanOf(before), before.expansion);
  const second = outermostUse(spanOf(token), token.expansion);
  if (first.file !== second.file) return true;
  return first.file.text.slice(first.end, second.start).includes("\n");
}
