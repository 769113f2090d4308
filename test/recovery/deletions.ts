import type { Statement } from "../../compiler/dsl/syntax/ast.js";
import { parse } from "../../compiler/dsl/syntax/parse.js";
import { shifted } from "../../compiler/dsl/syntax/shift.js";
import { wordsOf } from "../../compiler/dsl/syntax/words.js";
import { SourceFile } from "../../compiler/support/source.js";

/**
 * What a missing word may cost: findings and another tree in its own declaration, and nothing elsewhere.
 */

/** A piece of a text that is left out: a word, or one quote of a text. */
export interface Deletion {
  readonly start: number;
  readonly end: number;
}

export function deletionsOf(text: string): readonly Deletion[] {
  return wordsOf(text)
    .filter(({ kind }) => !["newline", "line-comment", "block-comment"].includes(kind))
    .flatMap(({ kind, start, end }) => {
      const word = { start, end };
      const quotes = [
        { start, end: start + 1 },
        { start: end - 1, end },
      ];
      return kind === "text" ? [word, ...quotes] : [word];
    });
}

interface Reading {
  readonly statements: readonly Statement[];
  /** Offset of the first finding. */
  readonly firstFinding: number | undefined;
}

function read(text: string): Reading {
  let firstFinding: number | undefined;
  const { tree } = parse(new SourceFile("machine.jail", text), ({ primary }) => {
    if (primary?.place.kind === "source") firstFinding ??= primary.place.span.start;
  });
  return { statements: tree.declarations, firstFinding };
}

/** Reads what is left of a text; says what is wrong with the recovery, if anything. */
export class RecoveryCheck {
  private readonly whole: Reading;

  /** @param text without mistakes */
  constructor(private readonly text: string) {
    this.whole = read(text);
    if (this.whole.firstFinding !== undefined) throw new Error(`a mistake at ${this.whole.firstFinding}`);
  }

  complaint({ start, end }: Deletion): string | undefined {
    const length = end - start;
    const left = this.text.slice(0, start) + this.text.slice(end);
    const { statements, firstFinding } = read(left);
    const own = this.whole.statements.find((each) => each.start <= start && end <= each.end);
    const found = new Set(statements.map(picture));
    for (const each of this.whole.statements) {
      if (each === own) continue;
      const expected = each.start < start ? each : shifted(each, -length);
      if (!found.has(picture(expected))) return `the declaration at ${each.start} has changed`;
    }
    if (firstFinding === undefined) return undefined;
    if (own !== undefined && firstFinding >= own.start && firstFinding <= own.end - length) return undefined;
    const next = wordsOf(left).find((word) => word.start >= start && word.kind !== "newline");
    const lineOf = (offset: number): number => left.slice(0, offset).split(/\r?\n/).length;
    if (next !== undefined && lineOf(firstFinding) === lineOf(next.start)) return undefined;
    return `the first finding is at ${firstFinding}`;
  }
}

function picture(statement: Statement): string {
  return JSON.stringify(statement, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
}
