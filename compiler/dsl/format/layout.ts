import type { Block, FileTree, Item, Statement } from "../syntax/ast.js";
import type { Word } from "../syntax/words.js";

/** What stands where in a file, without blanks: statements and comments in their order. */

/** A word of a statement. */
export interface LaidWord extends Word {
  /** It is a comment, and the first of its line. */
  readonly beginsLine?: true;
}

export type Entry = StatementEntry | CommentEntry;

export interface CommentEntry {
  readonly kind: "comment";
  readonly comment: Word;
  /** A blank line stands before it. */
  readonly blankBefore: boolean;
}

export interface StatementEntry {
  readonly kind: "statement";
  readonly blankBefore: boolean;
  /** What stands before the block, comments among it. */
  readonly words: readonly LaidWord[];
  /** Where the items begin and end, for columns. */
  readonly items: readonly Item[];
  readonly body: Body | null;
  readonly branches: readonly BranchEntry[];
  /** Comments behind it on its last line. */
  readonly trailing: readonly Word[];
}

export interface Body {
  /** Comments on the line of the `{`. */
  readonly opening: readonly Word[];
  readonly entries: readonly Entry[];
  /** Between the braces there is no line end. */
  readonly onOneLine: boolean;
}

export interface BranchEntry {
  /** Comments on the line of the `}`. */
  readonly behind: readonly Word[];
  /** Comments on lines of their own before the `else`. */
  readonly before: readonly Word[];
  /** From `else` on. */
  readonly words: readonly LaidWord[];
  readonly body: Body;
}

/**
 * @param tree of a file without mistakes
 * @param words of the same file
 */
export function layoutOf(tree: FileTree, words: readonly Word[]): readonly Entry[] {
  return new LayoutBuilder(words).entries(tree.declarations, Number.POSITIVE_INFINITY).entries;
}

interface Entries {
  readonly opening: readonly Word[];
  readonly entries: readonly Entry[];
  readonly hasLineEnd: boolean;
}

class LayoutBuilder {
  private position = 0;

  constructor(private readonly words: readonly Word[]) {}

  /** The statements of a block, or of the file, and the comments around them. */
  entries(statements: readonly Statement[], end: number): Entries {
    const entries: Entry[] = [];
    const opening: Word[] = [];
    let next = 0;
    let lineEnds = 0;
    let hasLineEnd = false;
    for (let word = this.before(end); word !== undefined; word = this.before(end)) {
      if (word.kind === "newline" || word.text === ";") {
        if (word.kind === "newline") lineEnds += 1;
        this.position += 1;
        hasLineEnd ||= lineEnds > 0;
        continue;
      }
      const blankBefore = lineEnds > 1 && entries.length + opening.length > 0;
      const isOnSameLine = lineEnds === 0;
      lineEnds = 0;
      if (!isComment(word)) {
        entries.push(this.statement(statements[next]!, blankBefore));
        next += 1;
        continue;
      }
      this.position += 1;
      const last = entries.at(-1);
      if (isOnSameLine && last?.kind === "statement") {
        entries[entries.length - 1] = { ...last, trailing: [...last.trailing, word] };
      } else if (isOnSameLine && entries.length === 0 && end !== Number.POSITIVE_INFINITY) {
        opening.push(word);
      } else entries.push({ kind: "comment", comment: word, blankBefore });
    }
    return { opening, entries, hasLineEnd };
  }

  private statement(statement: Statement, blankBefore: boolean): StatementEntry {
    const words = this.take(statement.block?.start ?? statement.end);
    const body = statement.block === null ? null : this.body(statement.block);
    const branches = statement.branches.map((branch): BranchEntry => {
      const behind: Word[] = [];
      const before: Word[] = [];
      let hasLineEnd = false;
      for (let word = this.before(branch.start); word !== undefined; word = this.before(branch.start)) {
        if (word.kind === "newline") hasLineEnd = true;
        else (hasLineEnd ? before : behind).push(word);
        this.position += 1;
      }
      return { behind, before, words: this.take(branch.block.start), body: this.body(branch.block) };
    });
    return {
      kind: "statement",
      blankBefore,
      words,
      items: statement.items,
      body,
      branches,
      trailing: [],
    };
  }

  private body({ statements, end }: Block): Body {
    this.position += 1;
    const { opening, entries, hasLineEnd } = this.entries(statements, end - 1);
    this.position += 1;
    return { opening, entries, onOneLine: !hasLineEnd };
  }

  /** The words up to an offset, without line ends. */
  private take(end: number): readonly LaidWord[] {
    const taken: LaidWord[] = [];
    let beginsLine = false;
    for (let word = this.before(end); word !== undefined; word = this.before(end)) {
      if (word.kind === "newline") beginsLine = true;
      else {
        taken.push(beginsLine && isComment(word) ? { ...word, beginsLine } : word);
        beginsLine = false;
      }
      this.position += 1;
    }
    return taken;
  }

  /** The next word, where it starts before an offset. */
  private before(end: number): Word | undefined {
    const word = this.words[this.position];
    return word !== undefined && word.start < end ? word : undefined;
  }
}

export function isComment({ kind }: Word): boolean {
  return kind === "line-comment" || kind === "block-comment";
}
