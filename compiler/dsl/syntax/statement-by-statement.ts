import type { CstNode, IRecognitionException, IToken } from "chevrotain";
import type { Details } from "../../diagnostics/define.js";
import type { Block, Branch, Place, Statement } from "./ast.js";
import { assembled, TreeBuilder } from "./cst-to-ast.js";
import { excerpt } from "./excerpt.js";
import { recoveringParser } from "./grammar.js";
import { jailMessages } from "./messages.js";
import { type ProblemList, placeOfToken, type SyntaxProblem } from "./problems.js";
import { Dot, Else, LBrace, Name, Newline, RBrace, Semicolon } from "./tokens.js";

/**
 * Reads a declaration of which the grammar says that something is wrong: each statement by itself, with its braces as
 * the only structure. So a mistake costs a part of its own statement and nothing else;
 * only where there are more mistakes than are told, words are left out.
 *
 * @param tokens with braces that match
 * @returns the statements; more than one where something stands behind the end of the first
 */
export function readStatementByStatement(
  tokens: readonly IToken[],
  problems: ProblemList,
): readonly Statement[] {
  return new StatementReader(tokens, problems).statements();
}

class StatementReader {
  private position = 0;
  private readonly builder: TreeBuilder;

  constructor(
    private readonly tokens: readonly IToken[],
    private readonly problems: ProblemList,
  ) {
    this.builder = new TreeBuilder(problems.add);
  }

  /** Up to the end of the block, or of the tokens. */
  statements(): readonly Statement[] {
    const found: Statement[] = [];
    while (this.current !== undefined && this.current.tokenType !== RBrace) {
      if (isEnd(this.current)) this.position += 1;
      else found.push(...this.statement());
    }
    return found;
  }

  private get current(): IToken | undefined {
    return this.tokens[this.position];
  }

  private statement(): readonly Statement[] {
    const first = this.current!;
    const isMisplaced = first.tokenType === LBrace || first.tokenType === Else;
    if (isMisplaced) this.problems.add(expected("a name", first, first, placeOfBraces));
    if (first.tokenType === Else) this.position += 1;
    const words = this.upToBrace();
    const isDesignator = first.tokenType === Dot && words[1]?.tokenType === Name;
    if (isDesignator) this.problems.add(expected("a name", first, first, nameWithoutDot(words[1]!)));
    const header = this.parsed(words, (parser) => parser.header(), isMisplaced || isDesignator);
    const built =
      header === undefined
        ? { head: undefined, items: [], value: null, damaged: true }
        : this.builder.header(header.tree);
    const block = this.current?.tokenType === LBrace ? this.block() : null;
    const branches = block === null ? { found: [], damaged: false } : this.branches();
    const isCut = block !== null && this.skipSecondBlock();
    const damaged = built.damaged || isMisplaced || branches.damaged || isCut || header?.correct !== true;
    const hasAny = built.head !== undefined || built.items.length > 0 || block !== null;
    return hasAny || built.value !== null ? [assembled({ ...built, damaged }, block, branches.found)] : [];
  }

  private block(): Block {
    const open = this.current!;
    this.position += 1;
    const statements = this.statements();
    const close = this.current!;
    this.position += 1;
    return { statements, start: open.startOffset, end: placeOfToken(close).end };
  }

  private branches(): { readonly found: readonly Branch[]; readonly damaged: boolean } {
    const found: Branch[] = [];
    let damaged = false;
    while (this.current?.tokenType === Else) {
      const { startOffset: start } = this.current;
      this.position += 1;
      const words = this.upToBrace();
      const read = this.parsed(words, (parser) => parser.items(), false);
      if (read?.correct === false) damaged = true;
      const items = this.builder.items(read?.tree);
      if (this.current?.tokenType === LBrace) {
        const block = this.block();
        found.push({ items, block, start, end: block.end });
      } else {
        if (read?.correct !== false) this.problems.add(expected("`{`", this.current, this.previous));
        damaged = true;
      }
    }
    return { found, damaged };
  }

  /** Behind a block, the line must end. Words there are read as another statement, a block is lost. */
  private skipSecondBlock(): boolean {
    const next = this.current;
    if (next === undefined || isEnd(next) || next.tokenType === RBrace) return false;
    this.problems.add(expected("the end of the line", next, next));
    if (next.tokenType !== LBrace) return false;
    this.block();
    return true;
  }

  private get previous(): IToken {
    return this.tokens[this.position - 1]!;
  }

  private upToBrace(): readonly IToken[] {
    const start = this.position;
    while (this.current !== undefined && !isBoundary(this.current)) this.position += 1;
    return this.tokens.slice(start, this.position);
  }

  private parsed(
    words: readonly IToken[],
    rule: (parser: ReturnType<typeof recoveringParser>) => CstNode,
    isQuiet: boolean,
  ): { readonly tree: CstNode; readonly correct: boolean } | undefined {
    if (words.length === 0 || this.problems.overflowed) return undefined;
    const parser = recoveringParser();
    parser.input = [...words];
    const tree = rule(parser);
    // Where the parser goes on is a guess: what it then stumbles over is seldom another mistake.
    const [error] = parser.errors;
    if (error !== undefined && !isQuiet) this.problems.add(unexpected(error, this.current, words.at(-1)!));
    return { tree, correct: error === undefined };
  }
}

/** `.phys_start = 1`, as in C. */
function nameWithoutDot({ image }: IToken): Details {
  return { help: `fields are set without the dot: \`${excerpt(image)} = ...\`` };
}

const noSigns = "numbers have no sign: `-` stands between two of them";

const placeOfBraces: Details = {
  help: "`{` stands at the end of the line that its block belongs to or right below that line, `else` behind `}`",
};

function isEnd({ tokenType }: IToken): boolean {
  return tokenType === Newline || tokenType === Semicolon;
}

function isBoundary(token: IToken): boolean {
  return isEnd(token) || [LBrace, RBrace, Else].includes(token.tokenType);
}

/**
 * What the parser did not expect.
 *
 * @param next what stands behind the words that were parsed
 * @param last of these words
 */
export function unexpected(
  { token, message: wanted }: IRecognitionException,
  next: IToken | undefined,
  last: IToken,
): SyntaxProblem {
  return Number.isFinite(token.startOffset) ? expected(wanted, token, last) : expected(wanted, next, last);
}

/** @param found undefined at the end of the file */
function expected(
  wanted: string,
  found: IToken | undefined,
  last: IToken,
  details: Details = {},
): SyntaxProblem {
  const isLineEnd = found === undefined || found.image === "" || found.tokenType === Newline;
  const end = placeOfToken(last).end;
  const place: Place = isLineEnd ? { start: end, end } : placeOfToken(found);
  const name = isLineEnd ? "the end of the line" : `\`${excerpt(found.image)}\``;
  const isSign = wanted === "a value" && found?.image === "-";
  const hint = isSign && details.help === undefined ? { ...details, help: noSigns } : details;
  return { ...place, create: (at) => jailMessages["jail-expected"]({ wanted, found: name }, at, hint) };
}
