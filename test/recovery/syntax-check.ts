import type { Statement } from "../../compiler/dsl/syntax/ast.js";
import { type ParsedFile, parse } from "../../compiler/dsl/syntax/parse.js";
import { shifted } from "../../compiler/dsl/syntax/shift.js";
import { SourceFile } from "../../compiler/support/source.js";
import type { Remainder } from "./deletions.js";

/** What a missing word may cost: findings and another tree in its own declaration, and nothing elsewhere. */

interface Reading {
  readonly parsed: ParsedFile;
  /** Offset of the first finding. */
  readonly firstFinding: number | undefined;
}

function read(text: string, previous?: ParsedFile): Reading {
  let firstFinding: number | undefined;
  const parsed = parse(
    new SourceFile("machine.jail", text),
    ({ primary }) => {
      if (primary?.place.kind === "source") firstFinding ??= primary.place.span.start;
    },
    previous,
  );
  return { parsed, firstFinding };
}

/** Reads what is left of a text; says what is wrong with the recovery, if anything. */
export class SyntaxCheck {
  private readonly whole: Reading;

  /** @param text without mistakes */
  constructor(text: string) {
    this.whole = read(text);
    if (this.whole.firstFinding !== undefined) throw new Error(`a mistake at ${this.whole.firstFinding}`);
  }

  complaint(remainder: Remainder): string | undefined {
    const { start, end } = remainder.deletion;
    const { parsed, firstFinding } = read(remainder.text, this.whole.parsed);
    const found = new Map(parsed.tree.declarations.map((each) => [each.start, each]));
    for (const each of this.whole.parsed.tree.declarations) {
      if (each.start === remainder.declaration?.start) continue;
      const expected = each.start < start ? each : shifted(each, start - end);
      const actual = found.get(expected.start);
      if (actual === undefined || !isSame(actual, expected))
        return `the declaration at ${each.start} has changed`;
    }
    if (firstFinding === undefined || remainder.isInDeclaration(firstFinding)) return undefined;
    return remainder.isOnNextLine(firstFinding) ? undefined : `the first finding is at ${firstFinding}`;
  }
}

function isSame(one: Statement, other: Statement): boolean {
  return one === other || picture(one) === picture(other);
}

function picture(statement: Statement): string {
  return JSON.stringify(statement, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
}
