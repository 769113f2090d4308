import type { IToken } from "chevrotain";
import { type LogicalLine, repairBraces } from "./brace-repair.js";
import { indentOfLine } from "./lines.js";
import { isBounded } from "./nesting.js";
import type { SyntaxProblem } from "./problems.js";
import { Else, LBrace, Newline, RBrace, Semicolon } from "./tokens.js";

/** The tokens of one declaration at the top of a file, with braces that match. */
export interface DeclarationTokens {
  /** At least one. */
  readonly tokens: readonly IToken[];
  /** Of the line in which it begins, in columns. */
  readonly indent: number;
  /** Braces were put in or left out. */
  readonly repaired: boolean;
}

/** Looking for the end of a declaration may cost so many times the tokens of the file; then indentation decides. */
const patience = 20;

/**
 * Cuts a file into its declarations. Where the braces of one do not match, indentation says where it ends: the others
 * are read as if nothing were wrong.
 *
 * @param tokens as `joinContinuedLines` leaves them
 */
export function cutIntoDeclarations(
  tokens: readonly IToken[],
  text: string,
  report: (problem: SyntaxProblem) => void,
): readonly DeclarationTokens[] {
  const lines = linesOf(tokens, text);
  const declarations: DeclarationTokens[] = [];
  const add = (all: readonly LogicalLine[], repaired: boolean): void => {
    for (const part of partsAtTop(all)) {
      if (isBounded(part.tokens, report)) declarations.push({ ...part, repaired });
    }
  };
  let steps = patience * tokens.length;
  let start = 0;
  while (start < lines.length) {
    const found = steps > 0 ? endOfBalanced(lines, start) : { end: undefined, steps: 0 };
    steps -= found.steps;
    const end = found.end ?? endByIndentation(lines, start);
    const own = lines.slice(start, end);
    if (found.end !== undefined) add(own, false);
    else add([{ tokens: repairBraces(own, report), indent: own[0]!.indent, newline: undefined }], true);
    start = end;
  }
  return declarations;
}

function linesOf(tokens: readonly IToken[], text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let line: IToken[] = [];
  const finish = (newline: IToken | undefined): void => {
    if (line.length > 0)
      lines.push({ tokens: line, indent: indentOfLine(text, line[0]!.startOffset), newline });
    line = [];
  };
  for (const token of tokens) {
    if (token.tokenType === Newline) finish(token);
    else line.push(token);
  }
  finish(undefined);
  return lines;
}

interface Search {
  /** The index behind its last line; undefined where its braces do not match. */
  readonly end: number | undefined;
  /** Tokens that were looked at. */
  readonly steps: number;
}

/** The declaration that begins with a line: up to where its braces match and nothing deeper, no `}` and no `else` follows. */
function endOfBalanced(lines: readonly LogicalLine[], start: number): Search {
  let depth = 0;
  let steps = 0;
  for (let index = start; index < lines.length; index += 1) {
    steps += lines[index]!.tokens.length;
    for (const { tokenType } of lines[index]!.tokens) {
      if (tokenType === LBrace) depth += 1;
      else if (tokenType === RBrace) depth -= 1;
      if (depth < 0) return { end: undefined, steps };
    }
    const next = lines[index + 1];
    const goesOn = next !== undefined && belongsTo(next, lines[start]!);
    if (depth === 0 && !goesOn) return { end: index + 1, steps };
  }
  return { end: undefined, steps };
}

function belongsTo({ indent, tokens }: LogicalLine, first: LogicalLine): boolean {
  const type = tokens[0]!.tokenType;
  return indent > first.indent || type === RBrace || type === Else;
}

function endByIndentation(lines: readonly LogicalLine[], start: number): number {
  let end = start + 1;
  while (end < lines.length && belongsTo(lines[end]!, lines[start]!)) end += 1;
  return end;
}

/** Cuts at the line ends and semicolons that stand in no block. */
function partsAtTop(lines: readonly LogicalLine[]): readonly Omit<DeclarationTokens, "repaired">[] {
  const parts: { tokens: IToken[]; indent: number }[] = [];
  let current: IToken[] = [];
  let depth = 0;
  let indent = 0;
  const finish = (): void => {
    if (current.length > 0) parts.push({ tokens: current, indent });
    current = [];
  };
  for (const line of lines) {
    for (const token of line.newline === undefined ? line.tokens : [...line.tokens, line.newline]) {
      const type = token.tokenType;
      if (depth === 0 && (type === Newline || type === Semicolon)) {
        finish();
        continue;
      }
      if (current.length === 0) indent = line.indent;
      if (type === LBrace) depth += 1;
      else if (type === RBrace) depth -= 1;
      current.push(token);
    }
  }
  finish();
  return parts;
}
