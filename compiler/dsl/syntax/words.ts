import type { IToken, TokenType } from "chevrotain";
import { tokenMatcher } from "chevrotain";
import type { Place } from "./ast.js";
import {
  Address,
  BlockComment,
  CallParen,
  Else,
  Hyphen,
  LineComment,
  lexer,
  Name,
  Newline,
  NumberWord,
  OpenComment,
  Operator,
  Prefix,
  Text,
} from "./tokens.js";

export type WordKind =
  | "newline"
  | "line-comment"
  | "block-comment"
  | "name"
  | "number"
  | "text"
  | "address"
  | "else"
  /** The `-` of a range: nothing stands beside it. */
  | "hyphen"
  /** Between two values. */
  | "operator"
  /** Before a value. */
  | "prefix"
  /** A `(` right behind a name. */
  | "call"
  /** Brackets, braces, and what separates words. */
  | "sign";

/** A piece of the text of a file that is no blank. */
export interface Word extends Place {
  readonly kind: WordKind;
  readonly text: string;
}

const kinds: readonly (readonly [TokenType, WordKind])[] = [
  [Newline, "newline"],
  [LineComment, "line-comment"],
  [BlockComment, "block-comment"],
  [OpenComment, "block-comment"],
  [Name, "name"],
  [NumberWord, "number"],
  [Text, "text"],
  [Address, "address"],
  [Else, "else"],
  [Hyphen, "hyphen"],
  [Operator, "operator"],
  [Prefix, "prefix"],
  [CallParen, "call"],
];

/** All words of a text in their order, comments and line ends among them. Characters that are no word are left out. */
export function wordsOf(text: string): readonly Word[] {
  const { tokens, groups } = lexer.tokenize(text);
  const all = [...tokens, ...(groups.comments ?? [])];
  return all.map(wordOf).sort((a, b) => a.start - b.start);
}

function wordOf(token: IToken): Word {
  const kind = kinds.find(([type]) => tokenMatcher(token, type))?.[1] ?? "sign";
  const { startOffset: start, image: text } = token;
  return { kind, text, start, end: start + text.length };
}
