import type { Details } from "../../diagnostics/define.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import { nearestName } from "../../support/nearest-name.js";
import { languageMessages } from "../messages.js";
import type { Instance, Scope } from "../names/scope.js";
import type { Item, NameUse, Place, TextLiteral } from "../syntax/ast.js";
import { excerpt } from "../syntax/excerpt.js";
import { helpForConstant, knownFlagWords, rightsOf, wordForConstant } from "./flag-words.js";
import type { ClauseShape, LineShape } from "./shape.js";

/** A line in the terms of its shape: what stands where, not yet what it is worth. */
export interface Line {
  readonly instance: Instance;
  readonly shape: LineShape;
  readonly label: NameUse | TextLiteral | null;
  /** What stands before clauses and words; commas join them. */
  readonly lead: readonly Item[];
  readonly clauses: ReadonlyMap<string, Clause>;
  /** Words of the statement and of its flags, and numbers that stand for flags without a name. */
  readonly words: readonly Item[];
  /** Something in the line could not be understood: what seems to be missing may be that. */
  readonly isFaulty: boolean;
}

export interface Clause {
  readonly word: NameUse;
  /** Empty where the value is missing, which was reported. */
  readonly values: readonly Item[];
}

/** The single word that an item is; undefined for anything else. */
export function wordOfItem(item: Item): NameUse | undefined {
  const { from, to } = item;
  return to === null && from.kind === "path" && from.names.length === 1 ? from.names[0] : undefined;
}

/** Cuts a statement into the parts that its shape knows. What has no place in it is reported and left out. */
export function matchLine(instance: Instance, shape: LineShape, report: Report): Line {
  return new LineMatcher(instance, shape, report).match();
}

class LineMatcher {
  private readonly clauses = new Map<string, Clause>();
  private readonly words: Item[] = [];
  private readonly items: readonly Item[];
  private next = 0;
  private isFaulty: boolean;
  /** The item that the last finding was about; what directly follows may only look wrong because of it. */
  private lastFault = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly instance: Instance,
    private readonly shape: LineShape,
    private readonly report: Report,
  ) {
    this.items = instance.statement.items;
    this.isFaulty = instance.statement.damaged;
  }

  match(): Line {
    const { instance, shape } = this;
    this.passFlagInFront();
    let label = this.takeLabel();
    const lead = this.takeLead();
    label ??= this.takeLabel();
    while (this.next < this.items.length) this.takeClauseOrWord(this.items[this.next++]!);
    this.lastFault = Number.NEGATIVE_INFINITY;
    this.checkBlock();
    return {
      instance,
      shape,
      label,
      lead,
      clauses: this.clauses,
      words: this.words,
      isFaulty: this.isFaulty,
    };
  }

  private checkBlock(): void {
    const { shape, instance } = this;
    const { block, branches, head, damaged } = instance.statement;
    if (damaged) return;
    const [branch] = branches;
    if (block === null) {
      if (shape.needsBlock === true) this.problem("jail-needs-block", { statement: shape.word }, head);
    } else if (shape.block === undefined) {
      this.problem("jail-no-block", { statement: shape.word }, { start: block.start, end: block.start + 1 });
    } else if (branch !== undefined) {
      const place = { start: branch.start, end: branch.start + "else".length };
      this.problem("jail-not-expected", { what: "`else`", statement: shape.word }, place);
    }
  }

  /** `memory dma at 0x1000`: whoever writes this means a name, and would get a right. */
  private passFlagInFront(): void {
    const { flags, label } = this.shape;
    const [first, second] = this.items;
    const word = first === undefined ? undefined : wordOfItem(first);
    if (flags === undefined || label === undefined || word === undefined || second === undefined) return;
    if (second.afterComma || !isFlagWord(word.text, flags)) return;
    const next = wordOfItem(second)?.text;
    const isPlace = next === undefined ? second.to !== null : places.has(next);
    if (!isPlace) return;
    this.problem("jail-flag-in-front", { word: word.text, statement: this.shape.word }, word);
    this.next += 1;
  }

  private takeLabel(): NameUse | TextLiteral | null {
    const item = this.items[this.next];
    if (this.shape.label === undefined || item === undefined || item.to !== null) return null;
    if (item.from.kind === "text" && this.shape.label === "label") {
      this.next += 1;
      return item.from;
    }
    const word = wordOfItem(item);
    if (word === undefined || this.means(word.text)) return null;
    // `ioports com1, com2`: names in a list are no label.
    if (this.items[this.next + 1]?.afterComma === true) return null;
    this.next += 1;
    return word;
  }

  private endsLead(word: string): boolean {
    const { clauses = [], flags } = this.shape;
    return clauses.some((clause) => clause.word === word) || (flags !== undefined && isFlagWord(word, flags));
  }

  /** The word is one of the line's own. */
  private means(word: string): boolean {
    const { clauses = [], words = [], flags } = this.shape;
    return (
      clauses.some((clause) => clause.word === word) ||
      words.some((known) => known.word === word) ||
      (flags !== undefined && isFlagWord(word, flags))
    );
  }

  private takeLead(): readonly Item[] {
    const { lead = "none" } = this.shape;
    if (lead === "none") return [];
    const start = this.next;
    if (lead === "values") {
      const first = this.items[start];
      if (first === undefined) return [];
      const word = wordOfItem(first);
      if (word !== undefined && this.means(word.text)) return [];
      this.next += 1;
      while (this.items[this.next]?.afterComma === true) this.next += 1;
      return this.items.slice(start, this.next);
    }
    while (this.next < this.items.length) {
      const word = wordOfItem(this.items[this.next]!);
      if (word !== undefined && this.endsLead(word.text)) break;
      this.next += 1;
    }
    return this.items.slice(start, this.next);
  }

  private takeClauseOrWord(item: Item): void {
    const { shape } = this;
    const word = wordOfItem(item);
    if (item.afterComma && !(shape.flags !== undefined && this.words.includes(this.items[this.next - 2]!))) {
      const start = this.items[this.next - 2]?.end ?? item.start;
      this.unexpected("a comma", { start, end: start + 1 });
      this.resume();
      return;
    }
    if (word === undefined) {
      if (shape.flags !== undefined && item.to === null && isNumeric(item)) this.words.push(item);
      else {
        this.unexpected(item.from.kind === "text" ? "a text" : this.spelledItem(item), item);
        this.resume();
      }
      return;
    }
    const known = this.clauseOf(word.text);
    if (known !== undefined) this.takeClause(known, word);
    else if (this.means(word.text)) this.words.push(item);
    else {
      this.unknown(word);
      this.resume();
    }
  }

  /** What follows something that is not understood belongs to it, up to the next word of the line. */
  private resume(): void {
    while (this.next < this.items.length) {
      const word = wordOfItem(this.items[this.next]!);
      if (word !== undefined && this.means(word.text)) return;
      this.next += 1;
    }
  }

  private spelledItem({ start, end }: Item): string {
    const text = this.instance.scope.file.text.slice(start, end);
    return text.length > 40 || text.includes("\n") ? "this" : `\`${text}\``;
  }

  private clauseOf(word: string): ClauseShape | undefined {
    return this.shape.clauses?.find((candidate) => candidate.word === word);
  }

  private takeClause(known: ClauseShape, word: NameUse): void {
    const last = [...this.clauses.keys()].at(-1);
    const key = known.behind !== undefined && known.behind.word === last ? known.behind.is : known.word;
    if (known.then !== undefined && !this.takeThen(known, word)) return;
    const start = this.next;
    const first = this.items[this.next];
    if (first === undefined || first.afterComma || this.isOwnWord(first)) {
      this.problem(
        "jail-clause-without-value",
        { word: spelled(known), wanted: clauseWants[known.takes] },
        word,
      );
    } else {
      this.next += 1;
      while (known.takes === "ranges" && this.items[this.next]?.afterComma === true) this.next += 1;
    }
    const earlier = this.clauses.get(key);
    if (earlier !== undefined && earlier.values.length > 0) {
      const secondary = [{ place: this.placeOf(earlier.word), text: "first here" }];
      this.problem("jail-clause-twice", { word: spelled(known) }, word, { secondary });
      return;
    }
    this.clauses.set(key, { word, values: this.items.slice(start, this.next) });
  }

  /**
   * A word of the line, where a value is wanted: unless something has that name, the value was forgotten. A single
   * letter is rather a name that is unknown than a right.
   */
  private isOwnWord(item: Item): boolean {
    const word = wordOfItem(item)?.text;
    return (
      word !== undefined &&
      word.length > 1 &&
      this.means(word) &&
      this.instance.scope.find(word) === undefined
    );
  }

  private takeThen(known: ClauseShape, word: NameUse): boolean {
    const item = this.items[this.next];
    const second = item === undefined ? undefined : wordOfItem(item);
    if (second?.text === known.then) {
      this.next += 1;
      return true;
    }
    this.problem("jail-clause-without-value", { word: known.word, wanted: `\`${known.then}\`` }, word);
    if (item !== undefined && !this.isOwnWord(item)) this.next += 1;
    this.clauses.set(known.word, { word, values: [] });
    return false;
  }

  private unknown(word: NameUse): void {
    const { clauses = [], words = [], flags } = this.shape;
    const candidates = [
      ...clauses.map((clause) => clause.word),
      ...words.map((known) => known.word),
      ...(flags === undefined ? [] : knownFlagWords(flags)),
    ];
    const nearest = nearestName(word.text, candidates);
    const constant = wordForConstant(word.text);
    const help =
      constant !== undefined
        ? { help: helpForConstant(constant) }
        : nearest === undefined
          ? {}
          : { help: `did you mean \`${nearest}\`?` };
    this.problem("jail-unknown-clause", { word: word.text, statement: this.shape.word }, word, help);
    // `maped at 0`: the second word belongs to the first one.
    const then = nearest === undefined ? undefined : this.clauseOf(nearest)?.then;
    const following = this.items[this.next];
    if (then !== undefined && following !== undefined && wordOfItem(following)?.text === then) this.next += 1;
  }

  private unexpected(what: string, place: Place): void {
    this.problem("jail-not-expected", { what, statement: this.shape.word }, place, this.helpWithAt(place));
  }

  /** `reset 0x1000`, where an address stands behind `at`. */
  private helpWithAt(place: Place): Details {
    const item = this.items.find(({ start }) => start === place.start);
    if (item?.to !== null || !isNumeric(item) || this.clauses.has("at")) return {};
    if (this.clauseOf("at")?.takes !== "number") return {};
    const { text } = this.instance.scope.file;
    const spelled = excerpt(text.slice(item.start, item.end));
    return /^at\b/.test(spelled)
      ? { help: "numbers have no sign here: `-` stands between two of them" }
      : { help: `\`at\` stands before an address: \`at ${spelled}\`` };
  }

  private problem<
    Id extends
      | "jail-unknown-clause"
      | "jail-not-expected"
      | "jail-clause-without-value"
      | "jail-clause-twice"
      | "jail-needs-block"
      | "jail-flag-in-front"
      | "jail-no-block",
  >(id: Id, args: Parameters<(typeof languageMessages)[Id]>[0], place: Place, details: Details = {}): void {
    const isConsequence = this.next - 1 === this.lastFault + 1;
    this.lastFault = this.next - 1;
    this.isFaulty = true;
    if (isConsequence) return;
    const create = languageMessages[id] as (
      args: unknown,
      place: ReturnType<typeof at>,
      details: object,
    ) => ReturnType<(typeof languageMessages)[Id]>;
    this.report(create(args, this.placeOf(place), details));
  }

  private placeOf(place: Place): ReturnType<typeof at> {
    return placeIn(this.instance.scope, place);
  }
}

/** Clauses that say where something lies: what stands before them would be its name. */
const places: ReadonlySet<string> = new Set(["at", "first", "last", "from"]);

const clauseWants: Readonly<Record<ClauseShape["takes"], string>> = {
  number: "a number",
  ranges: "a number or a range",
  name: "a name",
};

function spelled({ word, then }: ClauseShape): string {
  return then === undefined ? word : `${word} ${then}`;
}

function isNumeric({ from }: Item): boolean {
  return from.kind === "number" || from.kind === "binary" || from.kind === "unary";
}

function isFlagWord(word: string, flags: Parameters<typeof knownFlagWords>[0]): boolean {
  return knownFlagWords(flags).has(word) || (flags === "memoryFlags" && rightsOf(word) !== undefined);
}

/** The place of a name in a line, for origins and messages. */
export function placeIn(scope: Scope, place: Place): ReturnType<typeof at> {
  return at(scope.span(place), scope.expansion);
}
