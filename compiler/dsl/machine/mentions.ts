import type { FileTree, Place, Statement } from "../syntax/ast.js";
import { type Word, wordsOf } from "../syntax/words.js";

/** The statements of a block, those of its branches included, in the order of the text. */
export function statementsWithin({ block, branches }: Statement): readonly Statement[] {
  const own = block?.statements ?? [];
  return branches.length === 0 ? own : [...own, ...branches.flatMap((branch) => branch.block.statements)];
}

/** A part of it, or of a statement within it, could not be read. */
export function hasDamage(statement: Statement): boolean {
  return statement.damaged || statementsWithin(statement).some(hasDamage);
}

interface FileWords {
  readonly names: readonly Word[];
  /** Of the names, by their text. */
  readonly starts: ReadonlyMap<string, readonly number[]>;
  readonly lineEnds: readonly number[];
}

/**
 * Where the names of a file stand. They are taken from its words: what could not be read of a statement is not in the
 * tree.
 */
export class Mentions {
  private words: FileWords | undefined;
  private readonly within = new Map<Statement, readonly Statement[]>();

  constructor(private readonly tree: FileTree) {}

  isIn(name: string, { start, end }: Place): boolean {
    const starts = this.read().starts.get(name) ?? [];
    const first = starts[firstIndex(starts.length, (index) => starts[index]! >= start)];
    return first !== undefined && first < end;
  }

  /** Names that stand in one of these statements. */
  namesIn(statements: readonly Statement[]): ReadonlySet<string> {
    if (statements.length === 0) return new Set();
    const places = statements.map((each) => this.placeOf(each)).sort((one, other) => one.start - other.start);
    const found = new Set<string>();
    let next = 0;
    let end = 0;
    for (const name of this.read().names) {
      for (; next < places.length && places[next]!.start <= name.start; next += 1)
        end = Math.max(end, places[next]!.end);
      if (name.start < end) found.add(name.text);
    }
    return found;
  }

  /** The statements around a place, the outermost first. */
  around(offset: number): readonly Statement[] {
    const path: Statement[] = [];
    let inner = this.tree.declarations;
    for (;;) {
      const statements = inner;
      const candidate =
        statements[firstIndex(inner.length, (index) => statements[index]!.start > offset) - 1];
      if (candidate === undefined || this.placeOf(candidate).end < offset) return path;
      path.push(candidate);
      inner = this.within.get(candidate) ?? statementsWithin(candidate);
      this.within.set(candidate, inner);
    }
  }

  /** A statement up to the end of its line: words may stand behind what was read of it. */
  placeOf({ start, end }: Statement): Place {
    const { lineEnds } = this.read();
    const line = firstIndex(lineEnds.length, (index) => lineEnds[index]! >= end);
    return { start, end: lineEnds[line] ?? this.tree.source.text.length };
  }

  private read(): FileWords {
    if (this.words !== undefined) return this.words;
    const words = wordsOf(this.tree.source.text);
    const names = words.filter(({ kind }) => kind === "name");
    const lineEnds = words.filter(({ kind }) => kind === "newline").map(({ start }) => start);
    const starts = new Map<string, number[]>();
    for (const { text, start } of names) {
      const known = starts.get(text);
      if (known === undefined) starts.set(text, [start]);
      else known.push(start);
    }
    this.words = { names, starts, lineEnds };
    return this.words;
  }
}

/** The first index that a condition holds for, where it holds for all behind it, too; `length` where there is none. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
