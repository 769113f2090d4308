import { type IToken, type TokenType, tokenMatcher } from "chevrotain";
import {
  CallParen,
  Colon,
  Comma,
  Dot,
  DotDot,
  Else,
  Equals,
  LBrace,
  LBracket,
  LParen,
  Newline,
  Operator,
  Prefix,
  Question,
  RBrace,
  RBracket,
  RParen,
} from "./tokens.js";

/** Nothing can end behind these. */
const unfinished = [
  Comma,
  Dot,
  DotDot,
  Equals,
  Operator,
  Prefix,
  Question,
  Colon,
  LParen,
  CallParen,
  LBracket,
];
/** Nothing can begin with these. */
const continuing = [Comma, Dot, DotDot, Equals, Operator, Question, Colon];
/** They belong to what stands before them, however they are indented. */
const closing = [RParen, RBracket];

/**
 * Leaves out the line ends at which a statement goes on: behind and before a comma or an operator and behind an opening
 * bracket, where the next line is indented deeper than the one in which the statement began; before a closing bracket,
 * before a `{` that is indented alike, and before the `else` behind `}`. It looks at neighbours only, so a bracket that is never closed cannot swallow
 * the file, and a half-typed line never takes the next one with it.
 */
export function joinContinuedLines(tokens: readonly IToken[], text: string): readonly IToken[] {
  const kept: IToken[] = [];
  let indent = 0;
  for (const [index, token] of tokens.entries()) {
    const last = kept.at(-1);
    if (token.tokenType !== Newline) {
      if (last === undefined || last.tokenType === Newline) indent = indentOfLine(text, token.startOffset);
      kept.push(token);
      continue;
    }
    if (last === undefined || last.tokenType === Newline) continue;
    const next = tokens[index + 1];
    if (next === undefined || next.tokenType === Newline) {
      // Several line ends in a row: the last of them decides.
      if (next === undefined) kept.push(token);
      continue;
    }
    if (matches(next, closing) || (next.tokenType === Else && last.tokenType === RBrace)) continue;
    const nextIndent = indentOfLine(text, next.startOffset);
    if (next.tokenType === LBrace && nextIndent === indent) continue;
    const goesOn = matches(last, unfinished) || matches(next, continuing);
    if (goesOn && nextIndent > indent) continue;
    kept.push(token);
  }
  return kept;
}

const tabWidth = 8;

/**
 * How far the line of an offset is indented, in columns.
 *
 * @param offset of the first token of the line, so that no character is looked at for more than one
 */
export function indentOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\r\n]/.test(text[start - 1]!)) start -= 1;
  let columns = 0;
  for (let index = start; index < offset; index += 1) {
    const character = text[index]!;
    if (character === "\ufeff") continue;
    if (character === "\t") columns += tabWidth - (columns % tabWidth);
    else if (/\s/.test(character)) columns += 1;
    else break;
  }
  return columns;
}

function matches(token: IToken, types: readonly TokenType[]): boolean {
  return types.some((type) => tokenMatcher(token, type));
}
