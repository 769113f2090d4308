import { createTokenInstance, type IToken, type TokenType } from "chevrotain";
import { type SyntaxProblem, syntaxProblems } from "./problems.js";
import { Else, LBrace, Name, Newline, RBrace, Text } from "./tokens.js";

/** A line as `lines.ts` joins them. */
export interface LogicalLine {
  /** At least one, without the line end. */
  readonly tokens: readonly IToken[];
  /** In columns. */
  readonly indent: number;
  /** Behind which the next line begins; undefined at the end of the file. */
  readonly newline: IToken | undefined;
}

interface OpenBrace {
  readonly token: IToken;
  readonly indent: number;
  /** In which it stands; null for one that was put in between two lines. */
  readonly line: LogicalLine | null;
}

/**
 * Puts in the braces that indentation asks for, and leaves out those that belong to nothing, so that a forgotten brace
 * costs one finding and not the rest of the file.
 *
 * @returns tokens in which all braces match
 */
export function repairBraces(
  lines: readonly LogicalLine[],
  report: (problem: SyntaxProblem) => void,
): readonly IToken[] {
  const repair = new BraceRepair(report);
  for (const line of lines) repair.take(line);
  return repair.finish();
}

class BraceRepair {
  private readonly output: IToken[] = [];
  private readonly open: OpenBrace[] = [];
  private previous: LogicalLine | undefined;

  constructor(private readonly report: (problem: SyntaxProblem) => void) {}

  take(line: LogicalLine): void {
    const { indent, tokens } = line;
    if (tokens[0]!.tokenType === RBrace) this.beforeClosing(indent);
    else if (this.belongsToPrevious(indent)) this.openBehindPrevious();
    else while ((this.open.at(-1)?.indent ?? -1) >= indent) this.closeLast();
    if (tokens[0]!.tokenType === Else) this.joinBranch();
    const start = this.output.length;
    let opened = false;
    for (const [index, token] of tokens.entries()) {
      if (token.tokenType === RBrace && !this.popMatching(line, index)) {
        const place = headerLength(tokens);
        if (opened || index <= place || place === 0) {
          this.report(syntaxProblems.strayClose(token));
          continue;
        }
        // A block on one line whose `{` is missing.
        opened = true;
        this.report(syntaxProblems.missingOpen(tokens[0]!));
        this.output.splice(start + place, 0, virtual(LBrace, tokens[place - 1]!));
      } else if (token.tokenType === LBrace) {
        opened = true;
        this.open.push({ token, indent, line });
      }
      this.output.push(token);
    }
    if (line.newline !== undefined) this.output.push(line.newline);
    this.previous = line;
  }

  finish(): readonly IToken[] {
    for (const { token } of this.open) this.reportUnclosed(token);
    while (this.open.length > 0) this.close(this.open.pop()!);
    return this.output;
  }

  /** An `else` belongs to the block before it, also where that has just been closed. */
  private joinBranch(): void {
    if (this.output.at(-1)?.tokenType === Newline && this.output.at(-2)?.tokenType === RBrace)
      this.output.pop();
  }

  /** A deeper line behind one that opened no block: its `{` is missing. */
  private belongsToPrevious(indent: number): boolean {
    return this.previous !== undefined && indent > this.previous.indent && !opensBlock(this.previous);
  }

  private beforeClosing(indent: number): void {
    while ((this.open.at(-1)?.indent ?? -1) > indent) this.closeLast();
    if (this.open.at(-1)?.indent === indent) return;
    if (this.previous?.indent === indent && !hasBraces(this.previous)) this.openBehindPrevious();
  }

  /** Whether a `}` closes the block that is open: on a line of its own one so far indented, else one of the line. */
  private popMatching(line: LogicalLine, index: number): boolean {
    const top = this.open.at(-1);
    const matches = top !== undefined && (index === 0 ? top.indent === line.indent : top.line === line);
    if (matches) this.open.pop();
    return matches;
  }

  private openBehindPrevious(): void {
    const { tokens, indent } = this.previous!;
    this.report(syntaxProblems.missingOpen(tokens[0]!));
    const token = virtual(LBrace, tokens.at(-1)!);
    this.output.splice(this.endOfPreviousLine(), 0, token);
    this.open.push({ token, indent, line: null });
  }

  private closeLast(): void {
    const last = this.open.pop()!;
    this.reportUnclosed(last.token);
    this.close(last);
  }

  /** Where the `{` was put in, there has been a finding. */
  private reportUnclosed(token: IToken): void {
    if (token.image !== "") this.report(syntaxProblems.unclosed(token));
  }

  private close({ token }: OpenBrace): void {
    const place = this.endOfPreviousLine();
    this.output.splice(place, 0, virtual(RBrace, this.output[place - 1] ?? token));
  }

  private endOfPreviousLine(): number {
    return this.output.at(-1)?.tokenType === Newline ? this.output.length - 1 : this.output.length;
  }
}

function opensBlock({ tokens }: LogicalLine): boolean {
  return tokens.some(({ tokenType }) => tokenType === LBrace);
}

function hasBraces({ tokens }: LogicalLine): boolean {
  return tokens.some(({ tokenType }) => tokenType === LBrace || tokenType === RBrace);
}

/** How many of a line's words the block on it most likely belongs to: `scenario linux`, `link net`, `if`. */
function headerLength(tokens: readonly IToken[]): number {
  if (tokens[0]!.tokenType !== Name) return 0;
  const second = tokens[1]?.tokenType;
  return second === Name || second === Text ? 2 : 1;
}

/** A token without text, right behind another one. */
function virtual(type: TokenType, behind: IToken): IToken {
  const end = behind.startOffset + behind.image.length;
  return createTokenInstance(type, "", end, end - 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
}
