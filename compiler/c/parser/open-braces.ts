import { type Token, TokenKind } from "../token.js";
import type { CType } from "../types/types.js";
import { indentationOf } from "./places.js";

/** One braced list of an initialiser while it is being read. */
export interface OpenList {
  /** Its brace; of a list whose brace is missing, the token in front of which it should stand. */
  readonly open: Token;
  readonly type: CType;
  /** The list of a whole object or compound literal: nothing in it can belong further out. */
  readonly isRoot: boolean;
  /** Its brace is missing, which was reported. */
  readonly isImplied: boolean;
}

/** Marks that can only be typing mistakes for a comma: no declaration starts behind them. */
export function isStraySemicolon(token: Token, next: Token): boolean {
  return (
    token.text === ";" &&
    next.kind !== TokenKind.identifier &&
    next.kind !== TokenKind.endOfFile &&
    next.text !== ";"
  );
}

/**
 * The lists that are open around the current token, and what the braces of the whole initialiser say about a mistake
 * among them. Nothing is counted before something went wrong.
 */
export class OpenBraces {
  /** From the outermost in. */
  readonly lists: OpenList[] = [];
  /** How deep the list is that goes on; those further in have ended without a brace. Null: all go on. */
  closingTo: number | null = null;
  private start = 0;
  private countedFrom = -1;
  private counted = 0;
  private suspectedFrom = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  enter(list: OpenList, position: number): void {
    if (this.lists.length === 0) {
      this.start = position;
      this.suspectedFrom = position;
    }
    this.lists.push(list);
  }

  leave(): void {
    this.lists.pop();
    if (this.lists.length === 0) this.closingTo = null;
  }

  /** How many closing braces the initialiser lacks, up to its semicolon; negative where it has too many. */
  missing(): number {
    if (this.countedFrom !== this.start) {
      this.countedFrom = this.start;
      this.counted = this.count();
    }
    return this.counted;
  }

  /** A brace was taken for given: a closing one (-1) or an opening one (+1). */
  assume(change: 1 | -1): void {
    this.counted = this.missing() + change;
  }

  private count(): number {
    let depth = 0;
    for (let at = this.start; at < this.tokens.length - 1; at++) {
      const token = this.tokens[at]!;
      if (token.text === "{") depth++;
      else if (token.text === "}") depth--;
      else if (token.text === ";" && (depth <= 0 || !isStraySemicolon(token, this.tokens[at + 1]!))) break;
    }
    return depth;
  }

  /** The opening brace whose closing one stands further left than it: its own is likely the one that is missing. */
  suspectOpening(position: number): Token | null {
    const found = this.mismatch(position, (open, close) => close < open)?.open ?? null;
    this.suspectedFrom = position;
    return found;
  }

  /** The closing brace that stands further right than the opening one it closes: likely it is too many. */
  suspectClosing(position: number): Token | null {
    return this.mismatch(position, (open, close) => close > open)?.close ?? null;
  }

  private mismatch(
    position: number,
    isWrong: (open: number, close: number) => boolean,
  ): { readonly open: Token; readonly close: Token } | null {
    const open: Token[] = [];
    for (let at = this.suspectedFrom; at < position; at++) {
      const token = this.tokens[at]!;
      if (token.text === "{") open.push(token);
      if (token.text !== "}") continue;
      const opening = open.pop();
      if (opening === undefined) continue;
      const from = indentationOf(opening);
      const to = indentationOf(token);
      const isFirst = indentationOf(this.tokens[at - 1]!).line !== to.line;
      if (from.line !== to.line && isFirst && isWrong(from.indentation, to.indentation)) {
        return { open: opening, close: token };
      }
    }
    return null;
  }
}
