/** A source seen as lists in braces, with the comments between their elements. */

export interface CommentInText {
  readonly start: number;
  readonly end: number;
  /** Without its signs; one line for each of its lines. */
  readonly text: string;
}

/** Half-open, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A pair of braces: offsets of both, and of the commas between its elements. */
export interface BraceList {
  readonly open: number;
  readonly close: number;
  readonly outer: BraceList | null;
  readonly commas: readonly number[];
}

interface Brace extends BraceList {
  close: number;
  readonly outer: Brace | null;
  readonly commas: number[];
}

export class ListText {
  private readonly comments: CommentInText[] = [];
  /** The source with blanks for comments and directives: offsets stay, and what is left is code. */
  private readonly code: string;
  /** Where another bracket begins to hold, in order. */
  private readonly changes: { readonly at: number; readonly brace: Brace | null }[] = [];
  private readonly elements = new Map<string, CommentInText | undefined>();

  constructor(private readonly source: string) {
    this.code = this.withoutComments();
    this.findBraces();
  }

  /** What stands before or behind the element of `.TABLE = { ... }` in which an offset lies. */
  commentOfElement(table: string, at: number): CommentInText | undefined {
    for (let brace = this.braceAt(at); brace !== null; brace = brace.outer) {
      if (!this.isListOf(table, brace)) continue;
      const next = firstAtLeast(brace.commas, at);
      const start = next === 0 ? brace.open : brace.commas[next - 1]!;
      const end = brace.commas[next] ?? brace.close;
      const key = `${table} ${start}`;
      if (!this.elements.has(key)) this.elements.set(key, this.before(start, end) ?? this.behind(start, end));
      return this.elements.get(key);
    }
    return undefined;
  }

  /** The innermost braces around an offset. */
  listAt(offset: number): BraceList | null {
    return this.braceAt(offset);
  }

  /** Its elements without blanks and comments around them; what stands behind the last comma counts if it is code. */
  elementsOf({ open, close, commas }: BraceList): readonly TextRange[] {
    const ends = [...commas, close];
    const ranges = ends.map((end, index) => this.trimmed(index === 0 ? open + 1 : ends[index - 1]! + 1, end));
    return ranges.filter(({ start, end }, index) => start < end || index < commas.length);
  }

  /** The text with blanks in the place of comments and directives. */
  codeOf({ start, end }: TextRange): string {
    return this.code.slice(start, end);
  }

  private trimmed(start: number, end: number): TextRange {
    const code = this.code.slice(start, end);
    const first = start + (code.length - code.trimStart().length);
    return {
      start: Math.min(first, end),
      end: Math.max(Math.min(first, end), start + code.trimEnd().length),
    };
  }

  /** Every comment with what it speaks of. */
  commentsWithScope(): readonly (CommentInText & { readonly scope: TextRange | null })[] {
    return this.comments.map((comment) => ({ ...comment, scope: this.scopeOf(comment) }));
  }

  /**
   * The element in whose line it stands or, for a comment on a line of its own, the next one; the whole list where it
   * stands right behind its brace or at its end. Null outside of all braces.
   */
  private scopeOf(comment: CommentInText): TextRange | null {
    const brace = this.braceAt(comment.start);
    if (brace === null) return null;
    const whole = { start: brace.open, end: brace.close + 1 };
    const before = this.code.slice(0, comment.start).search(/[^\s,][ \t,]*$/);
    const line = before < 0 ? "" : this.source.slice(before, comment.start);
    const isBehindCode = before >= 0 && lineEnds(line) === 0;
    const behind = this.code.slice(comment.end).search(/\S/);
    const at = isBehindCode ? before : behind < 0 ? brace.close : comment.end + behind;
    if (at <= brace.open || at >= brace.close) return whole;
    const next = firstAtLeast(brace.commas, at);
    return {
      start: next === 0 ? brace.open : brace.commas[next - 1]!,
      end: brace.commas[next] ?? brace.close,
    };
  }

  private withoutComments(): string {
    const { source } = this;
    const pieces: string[] = [];
    const pattern =
      /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\r\n]*|"(?:[^"\\\r\n]|\\[\s\S])*"?|'(?:[^'\\\r\n]|\\[\s\S])*'?|(?<=^|[\r\n])[ \t]*#(?:\\\r?\n|[^\r\n])*/g;
    let end = 0;
    for (const { 0: text, index } of source.matchAll(pattern)) {
      pieces.push(source.slice(end, index));
      end = index + text.length;
      const isComment = text.startsWith("/");
      if (isComment) this.comments.push({ start: index, end, text: plainText(text) });
      const isQuoted = text.startsWith('"') || text.startsWith("'");
      pieces.push((isQuoted ? "x" : " ").repeat(text.length));
    }
    pieces.push(source.slice(end));
    return pieces.join("");
  }

  private findBraces(): void {
    let brace: Brace | null = null;
    let parentheses = 0;
    for (const { 0: sign, index } of this.code.matchAll(/[{},()]/g)) {
      if (sign === "{") {
        brace = { open: index, close: this.code.length, outer: brace, commas: [] };
        this.changes.push({ at: index, brace });
        parentheses = 0;
      } else if (sign === "}" && brace !== null) {
        (brace as Brace).close = index;
        brace = (brace as Brace).outer;
        this.changes.push({ at: index + 1, brace });
        parentheses = 0;
      } else if (sign === "(") parentheses += 1;
      else if (sign === ")") parentheses = Math.max(0, parentheses - 1);
      else if (sign === "," && parentheses === 0 && brace !== null) (brace as Brace).commas.push(index);
    }
  }

  private braceAt(offset: number): Brace | null {
    const { changes } = this;
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (changes[middle]!.at <= offset) low = middle + 1;
      else high = middle;
    }
    return changes[low - 1]?.brace ?? null;
  }

  /** `.mem_regions = {`, perhaps with an index or a length. */
  isListOf(table: string, { open }: BraceList): boolean {
    const before = this.code.slice(Math.max(0, open - 200), open);
    return /(\w+)\s*(?:\[[^\]]*\]\s*)?=\s*$/.exec(before)?.[1] === table;
  }

  /** The comments right above, without those of the element before and without headings of more than it. */
  private before(start: number, end: number): CommentInText | undefined {
    const code = this.code.slice(start + 1, end);
    const first = start + 1 + (code.length - code.trimStart().length);
    if (first >= end) return undefined;
    const found: CommentInText[] = [];
    let next = first;
    for (let index = firstAtLeast(this.starts(), first) - 1; index >= 0; index--) {
      const comment = this.comments[index]!;
      const isApart = lineEnds(this.source.slice(comment.end, next)) > 1;
      const isOfOther =
        lineEnds(this.source.slice(start, comment.start)) === 0 &&
        lineEnds(this.source.slice(comment.start, first)) > 0;
      if (comment.start < start || isApart || isOfOther) break;
      found.unshift(comment);
      next = comment.start;
    }
    return joined(found);
  }

  /** The comment behind the element, or behind its comma, that ends the line. */
  private behind(start: number, end: number): CommentInText | undefined {
    const last = start + 1 + this.code.slice(start + 1, end).trimEnd().length;
    const comment = this.comments[firstAtLeast(this.starts(), last)];
    if (comment === undefined) return undefined;
    const isNext = /^[ \t]*,?[ \t]*$/.test(this.code.slice(last, comment.start));
    const endsLine = /^[ \t]*(?:[\r\n]|$)/.test(this.source.slice(comment.end, comment.end + 200));
    return isNext && endsLine ? comment : undefined;
  }

  private ofStarts: readonly number[] | undefined;

  private starts(): readonly number[] {
    this.ofStarts ??= this.comments.map(({ start }) => start);
    return this.ofStarts;
  }
}

/** Index of the first of ascending numbers that is not below a bound. */
function firstAtLeast(numbers: readonly number[], bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function joined(comments: readonly CommentInText[]): CommentInText | undefined {
  const [first] = comments;
  if (first === undefined) return undefined;
  return { start: first.start, end: comments.at(-1)!.end, text: comments.map(({ text }) => text).join("\n") };
}

/** What a comment says, without its signs and the stars at the left. */
function plainText(comment: string): string {
  const body = comment.startsWith("//") ? comment.slice(2) : comment.slice(2).replace(/\*\/$/, "");
  return body
    .split(/\r\n|\r|\n/)
    .map((line, index) => (index === 0 ? line : line.replace(/^\s*\*+/, "")).trim())
    .join("\n")
    .trim();
}
