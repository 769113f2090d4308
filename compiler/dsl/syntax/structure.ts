import { createTokenInstance, type IToken, type TokenType } from "chevrotain";
import { deepestNesting } from "./limits.js";
import { type SyntaxProblem, syntaxProblems } from "./problems.js";
import {
  CallParen,
  Else,
  LBrace,
  LBracket,
  LParen,
  Newline,
  Question,
  RBrace,
  RBracket,
  RParen,
  Semicolon,
} from "./tokens.js";

/** The tokens of one declaration at the top of a file, with braces that match. */
export interface DeclarationTokens {
  readonly tokens: readonly IToken[];
  /** Braces were put in or left out. */
  readonly repaired: boolean;
}

/**
 * Cuts a file into its declarations. Where its braces do not match, indentation says where they were meant to be, so
 * that a forgotten brace costs one finding and not the rest of the file.
 */
export function cutIntoDeclarations(
  tokens: readonly IToken[],
  text: string,
  report: (problem: SyntaxProblem) => void,
): readonly DeclarationTokens[] {
  const balanced = isBalanced(tokens);
  const whole = joinElse(balanced ? tokens : new BraceRepair(text, report).repair(tokens));
  const declarations: DeclarationTokens[] = [];
  let current: IToken[] = [];
  let depth = 0;
  const finish = (): void => {
    if (current.length > 0 && isShallow(current, report))
      declarations.push({ tokens: current, repaired: !balanced });
    current = [];
  };
  for (const token of whole) {
    const type = token.tokenType;
    if (depth === 0 && (type === Newline || type === Semicolon)) {
      finish();
      continue;
    }
    if (type === LBrace) depth += 1;
    else if (type === RBrace) depth -= 1;
    current.push(token);
  }
  finish();
  return declarations;
}

function isBalanced(tokens: readonly IToken[]): boolean {
  let depth = 0;
  for (const { tokenType } of tokens) {
    if (tokenType === LBrace) depth += 1;
    else if (tokenType === RBrace) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** What is nested deeper than any parser's stack is refused before one sees it. */
function isShallow(tokens: readonly IToken[], report: (problem: SyntaxProblem) => void): boolean {
  let braces = 0;
  let brackets = 0;
  for (const token of tokens) {
    switch (token.tokenType) {
      case LBrace:
        braces += 1;
        brackets = 0;
        break;
      case RBrace:
        braces -= 1;
        brackets = 0;
        break;
      case Newline:
      case Semicolon:
        brackets = 0;
        break;
      case LParen:
      case CallParen:
      case LBracket:
      case Question:
        brackets += 1;
        break;
      case RParen:
      case RBracket:
        brackets = Math.max(0, brackets - 1);
        break;
    }
    if (braces > deepestNesting || brackets > deepestNesting) {
      report(syntaxProblems.tooDeep(token));
      return false;
    }
  }
  return true;
}

interface OpenBrace {
  readonly token: IToken;
  readonly indent: number;
  readonly line: number;
}

/** One logical line, as far as it has been read. */
interface Line {
  readonly first: IToken;
  readonly indent: number;
  readonly opens: boolean;
}

/** Puts in the braces that indentation asks for, and leaves out those that belong to nothing. */
class BraceRepair {
  private readonly output: IToken[] = [];
  private readonly open: OpenBrace[] = [];
  private previous: Line | undefined;

  constructor(
    private readonly text: string,
    private readonly report: (problem: SyntaxProblem) => void,
  ) {}

  repair(tokens: readonly IToken[]): readonly IToken[] {
    let line: IToken[] = [];
    let number = 0;
    for (const token of tokens) {
      if (token.tokenType !== Newline) {
        line.push(token);
        continue;
      }
      this.take(line, number);
      this.output.push(token);
      line = [];
      number += 1;
    }
    this.take(line, number);
    while (this.open.length > 0) this.close();
    return this.output;
  }

  private take(line: readonly IToken[], number: number): void {
    const first = line[0];
    if (first === undefined) return;
    const indent = this.indentOf(first);
    if (first.tokenType === RBrace) this.beforeClosing(indent);
    else if (this.belongsToPrevious(indent)) this.openBehindPrevious();
    else while ((this.open.at(-1)?.indent ?? -1) >= indent) this.close();
    for (const [index, token] of line.entries()) {
      if (token.tokenType === RBrace && !this.acceptClosing(token, index, line, number, indent)) continue;
      if (token.tokenType === LBrace) this.open.push({ token, indent, line: number });
      this.output.push(token);
    }
    this.previous = { first, indent, opens: line.some(({ tokenType }) => tokenType === LBrace) };
  }

  /** A deeper line behind one that opened no block: its `{` is missing. */
  private belongsToPrevious(indent: number): boolean {
    return this.previous !== undefined && indent > this.previous.indent && !this.previous.opens;
  }

  private beforeClosing(indent: number): void {
    while ((this.open.at(-1)?.indent ?? -1) > indent) this.close();
    const isOpen = this.open.at(-1)?.indent === indent;
    if (!isOpen && this.previous?.indent === indent && !this.previous.opens) this.openBehindPrevious();
  }

  /** False for a `}` that belongs to nothing. */
  private acceptClosing(
    token: IToken,
    index: number,
    line: readonly IToken[],
    number: number,
    indent: number,
  ): boolean {
    const top = this.open.at(-1);
    const matches = top !== undefined && (index === 0 ? top.indent === indent : top.line === number);
    if (!matches && index > 0) {
      // A block on one line whose `{` is missing: it can only have stood behind the line's first word.
      const place = this.output.lastIndexOf(line[0]!) + 1;
      this.report(syntaxProblems.missingOpen(line[0]!));
      this.output.splice(place, 0, virtual(LBrace, line[0]!));
      return true;
    }
    if (!matches) this.report(syntaxProblems.strayClose(token));
    else this.open.pop();
    return matches;
  }

  private openBehindPrevious(): void {
    const { first, indent } = this.previous!;
    this.report(syntaxProblems.missingOpen(first));
    const place = this.endOfPreviousLine();
    const token = virtual(LBrace, this.output[place - 1]!);
    this.output.splice(place, 0, token);
    this.open.push({ token, indent, line: -1 });
  }

  private close(): void {
    const { token } = this.open.pop()!;
    this.report(syntaxProblems.unclosed(token));
    const place = this.endOfPreviousLine();
    this.output.splice(place, 0, virtual(RBrace, this.output[place - 1]!));
  }

  private endOfPreviousLine(): number {
    let place = this.output.length;
    while (place > 0 && this.output[place - 1]!.tokenType === Newline) place -= 1;
    return place;
  }

  private indentOf(token: IToken): number {
    const { startOffset } = token;
    if (startOffset === 0) return 0;
    return startOffset - 1 - this.text.lastIndexOf("\n", startOffset - 1);
  }
}

/** A token without text, right behind another one. */
function virtual(type: TokenType, behind: IToken): IToken {
  const end = behind.startOffset + behind.image.length;
  return createTokenInstance(type, "", end, end - 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
}

/** `}` and `else` may stand on two lines. */
function joinElse(tokens: readonly IToken[]): readonly IToken[] {
  return tokens.filter(
    (token, index) => !(token.tokenType === Newline && tokens[index + 1]?.tokenType === Else),
  );
}
