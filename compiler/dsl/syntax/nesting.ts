import { type IToken, tokenMatcher } from "chevrotain";
import { deepestNesting, longestStatement } from "./limits.js";
import { type SyntaxProblem, syntaxProblems } from "./problems.js";
import {
  Address,
  CallParen,
  Comma,
  LBrace,
  LBracket,
  LParen,
  Name,
  Newline,
  NumberWord,
  Prefix,
  Question,
  RBrace,
  RBracket,
  RParen,
  Semicolon,
  Text,
} from "./tokens.js";

/** What is open at a place of one statement. */
interface Frame {
  /** Conditional expressions that have begun and may go on. */
  conditions: number;
}

/** What is nested deeper than a parser's stack, or longer than its memory, is refused before one sees it. */
export function isBounded(tokens: readonly IToken[], report: (problem: SyntaxProblem) => void): boolean {
  let braces = 0;
  let length = 0;
  let conditions = 0;
  let frames: Frame[] = [{ conditions: 0 }];
  const endStatement = (): void => {
    frames = [{ conditions: 0 }];
    conditions = 0;
    length = 0;
  };
  const endExpressions = (): void => {
    conditions -= frames.at(-1)!.conditions;
    frames.at(-1)!.conditions = 0;
  };
  let valueEnded = false;
  for (const token of tokens) {
    length += 1;
    if (valueEnded && beginsValue(token)) endExpressions();
    switch (token.tokenType) {
      case LBrace:
        braces += 1;
        endStatement();
        break;
      case RBrace:
        braces -= 1;
        endStatement();
        break;
      case Newline:
      case Semicolon:
        endStatement();
        break;
      case Comma:
        endExpressions();
        break;
      case LParen:
      case CallParen:
      case LBracket:
        frames.push({ conditions: 0 });
        break;
      case RParen:
      case RBracket:
        endExpressions();
        if (frames.length > 1) frames.pop();
        break;
      case Question:
        frames.at(-1)!.conditions += 1;
        conditions += 1;
        break;
    }
    valueEnded = endsValue(token);
    if (braces > deepestNesting || frames.length - 1 + conditions > deepestNesting) {
      report(syntaxProblems.tooDeep(token));
      return false;
    }
    if (length > longestStatement) {
      report(syntaxProblems.statementTooLong(token));
      return false;
    }
  }
  return true;
}

const values = [NumberWord, Text, Address, Name];

function beginsValue(token: IToken): boolean {
  return [...values, LParen, LBracket, Prefix].some((type) => tokenMatcher(token, type));
}

function endsValue(token: IToken): boolean {
  return [...values, RParen, RBracket].some((type) => tokenMatcher(token, type));
}
