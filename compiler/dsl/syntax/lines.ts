import { type IToken, tokenMatcher } from "chevrotain";
import {
  CallParen,
  Colon,
  Comma,
  Dot,
  DotDot,
  Equals,
  LBrace,
  LBracket,
  LParen,
  Newline,
  Operator,
  Prefix,
  Question,
  RBracket,
  RParen,
} from "./tokens.js";

const goOnBehind = [
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
const goOnBefore = [RParen, RBracket, LBrace];

/**
 * Leaves out the line ends at which a statement goes on: behind a comma, an operator or an opening bracket where the
 * next line is indented, and before a closing bracket or `{`. It looks at neighbours only, so a bracket that is never
 * closed cannot swallow the file, and a half-typed line never takes the next declaration with it.
 */
export function joinContinuedLines(tokens: readonly IToken[], text: string): readonly IToken[] {
  const kept: IToken[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.tokenType !== Newline) {
      kept.push(token);
      continue;
    }
    const last = kept.at(-1);
    if (last === undefined || last.tokenType === Newline) continue;
    const next = tokens[index + 1];
    if (next !== undefined && matches(next, goOnBefore)) continue;
    if (matches(last, goOnBehind) && next !== undefined && isIndented(next, text)) continue;
    kept.push(token);
  }
  return kept;
}

function isIndented({ startOffset }: IToken, text: string): boolean {
  const before = text[startOffset - 1];
  return before !== undefined && before !== "\n" && before !== "\r";
}

function matches(token: IToken, types: readonly Parameters<typeof tokenMatcher>[1][]): boolean {
  return types.some((type) => tokenMatcher(token, type));
}
