import type { Statement } from "../../compiler/dsl/syntax/ast.js";
import { parse } from "../../compiler/dsl/syntax/parse.js";
import { type Word, wordsOf } from "../../compiler/dsl/syntax/words.js";
import { SourceFile } from "../../compiler/support/source.js";

/** A piece of a text that is left out: a word, or one quote of a text. */
export interface Deletion {
  readonly start: number;
  readonly end: number;
}

export function deletionsOf(text: string): readonly Deletion[] {
  return wordsOf(text)
    .filter(isRead)
    .flatMap(({ kind, start, end }) => {
      const word = { start, end };
      const quotes = [
        { start, end: start + 1 },
        { start: end - 1, end },
      ];
      return kind === "text" ? [word, ...quotes] : [word];
    });
}

function isRead({ kind }: Word): boolean {
  return !["newline", "line-comment", "block-comment"].includes(kind);
}

/** What is left of a text, and where a finding that belongs to the deletion may lie. */
export class Remainder {
  readonly text: string;
  private readonly nextLine: readonly [start: number, end: number] | undefined;

  /** @param declaration from which something was left out; in the whole text */
  constructor(
    private readonly whole: string,
    readonly deletion: Deletion,
    readonly declaration: Statement | undefined,
  ) {
    const { start, end } = deletion;
    this.text = whole.slice(0, start) + whole.slice(end);
    const next = wordsOf(this.text).find((word) => word.start >= start && word.kind !== "newline");
    if (next !== undefined) {
      const before = this.text.slice(0, next.start);
      const rest = /[^\r\n]*/.exec(this.text.slice(next.start))![0];
      this.nextLine = [/[^\r\n]*$/.exec(before)!.index, next.start + rest.length];
    }
  }

  get deleted(): string {
    return this.whole.slice(this.deletion.start, this.deletion.end);
  }

  isInDeclaration(offset: number): boolean {
    const { start, end } = this.deletion;
    const own = this.declaration;
    return own !== undefined && offset >= own.start && offset <= own.end - (end - start);
  }

  isOnNextLine(offset: number): boolean {
    return this.nextLine !== undefined && offset >= this.nextLine[0] && offset <= this.nextLine[1];
  }

  /** Names that the deletion took away: the word itself, and those that it kept apart and that are one word now. */
  lostNames(): ReadonlySet<string> {
    const { start, end } = this.deletion;
    const inDeclaration = (word: Word): boolean => word.start >= start - 200 && word.end <= end + 200;
    const left = new Set(wordsOf(this.text).map((word) => `${word.start} ${word.text}`));
    const around = wordsOf(this.whole).filter(inDeclaration);
    const lost = around.filter((word) => {
      if (word.kind !== "name" || (word.end !== start && word.start !== end)) return false;
      const moved = word.start < start ? word.start : word.start - (end - start);
      return !left.has(`${moved} ${word.text}`);
    });
    return new Set([this.deleted, ...lost.map(({ text }) => text)]);
  }
}

/** The declarations of a text without a mistake. */
export function declarationsOf(text: string): readonly Statement[] {
  return parse(new SourceFile("machine.jail", text), ({ id, message }) => {
    throw new Error(`${id}: ${message}`);
  }).tree.declarations;
}
