import type { Details } from "../../diagnostics/define.js";
import type { Origins } from "../../ir/node.js";
import type { Origin, SourceName } from "../../ir/origin.js";
import type { languageMessages } from "../messages.js";
import { describeValue, shownNumber } from "../names/arithmetic.js";
import type { Evaluator } from "../names/evaluate.js";
import { kindText } from "../names/kinds.js";
import { longestChain } from "../names/limits.js";
import type { Definition, Instance, PciAddressValue, Scope, Value } from "../names/scope.js";
import { spelledSize } from "../pools/keys.js";
import type { Item, Path, Place, Range } from "../syntax/ast.js";
import type { Line } from "../vocabulary/match.js";
import { placeIn, wordOfItem } from "../vocabulary/match.js";

export const most8 = 0xffn;
export const most16 = 0xffffn;
export const most32 = 0xffff_ffffn;
export const most64 = 0xffff_ffff_ffff_ffffn;

/** Both ends included. */
export interface NumberRange {
  readonly from: bigint;
  readonly to: bigint;
  readonly place: Place;
}

/** Where the fields of a node were written. */
export class WrittenOrigins implements Origins {
  /** @param fields those that have a place of their own within the line */
  constructor(
    private readonly whole: Origin,
    private readonly fields: ReadonlyMap<string, Origin> = new Map(),
  ) {}

  of(field?: string): Origin {
    return (field === undefined ? undefined : this.fields.get(field)) ?? this.whole;
  }
}

/** Gets the values out of a line. Undefined is a value that is missing or wrong, which was reported. */
export class Reading {
  readonly scope: Scope;

  constructor(
    readonly line: Line,
    readonly evaluator: Evaluator,
  ) {
    this.scope = line.instance.scope;
  }

  has(clause: string): boolean {
    return this.line.clauses.has(clause);
  }

  word(text: string): boolean {
    const { words, lead, shape } = this.line;
    const free = shape.lead === "free" ? lead : [];
    return [...words, ...free].some((item) => wordOfItem(item)?.text === text);
  }

  /** The number behind a clause; undefined where there is no such clause, or where it is wrong. */
  number(clause: string, most = most64, what = `\`${clause}\``): bigint | undefined {
    const item = this.line.clauses.get(clause)?.values[0];
    return item === undefined ? undefined : this.single(item, what, most);
  }

  /** The number that the line begins with. */
  leadNumber(most = most64): bigint | undefined {
    const item = this.line.lead[0];
    if (item === undefined) {
      this.missing("a number");
      return undefined;
    }
    this.noMore(this.line.lead.slice(1));
    return this.single(item, `\`${this.line.shape.word}\``, most);
  }

  single(item: Range, what: string, most = most64): bigint | undefined {
    if (item.to !== null) {
      this.problem("jail-wrong-type", { wanted: "a number", found: "a range" }, item);
      return undefined;
    }
    const value = this.evaluator.number(item.from, this.scope);
    return value === undefined ? undefined : this.within(value, what, 0n, most, item);
  }

  within(
    value: bigint,
    what: string,
    least: bigint,
    most: bigint,
    place: Place,
    details: Details = {},
  ): bigint | undefined {
    if (value >= least && value <= most) return value;
    const [shown, from, to] = shownAs(this.spelled(place), value, least, most);
    this.problem("jail-out-of-range", { what, value: shown!, least: from!, most: to! }, place, details);
    return undefined;
  }

  /** Numbers and ranges, both ends included. */
  ranges(items: readonly Range[], what: string, most = most64): readonly NumberRange[] {
    return items.flatMap((item): readonly NumberRange[] => {
      const range = this.range(item, what, most);
      return range === undefined ? [] : [range];
    });
  }

  /** Reports the first number of a set that is in two of its ranges. */
  tellTwice(ranges: readonly NumberRange[], what: string): void {
    const sorted = ranges.toSorted((one, other) =>
      one.from < other.from ? -1 : one.from > other.from ? 1 : 0,
    );
    for (const [index, range] of sorted.entries()) {
      const before = sorted[index - 1];
      if (before === undefined || range.from > before.to) continue;
      const [first, second] = [before.place, range.place].sort((one, other) => one.start - other.start);
      this.problem("jail-number-twice", { what, number: range.from }, second!, {
        secondary: [{ place: placeIn(this.scope, first!), text: "first here" }],
      });
      return;
    }
  }

  range(item: Range, what: string, most = most64, least = 0n): NumberRange | undefined {
    const start = this.evaluator.number(item.from, this.scope);
    const end = item.to === null ? start : this.evaluator.number(item.to, this.scope);
    if (start === undefined || end === undefined) return undefined;
    const details = start < 0n ? helpForDifference(this.spelled(item)) : {};
    if (this.within(start, what, least, most, item.from, details) === undefined) return undefined;
    if (this.within(end, what, least, most, item.to ?? item.from) === undefined) return undefined;
    if (start <= end) return { from: start, to: end, place: item };
    const inHexadecimal = this.scope.file.text.slice(item.start, item.end).includes("0x");
    const [from, to] = [start, end].map((each) => shownNumber(each, inHexadecimal));
    this.problem("jail-range-backwards", { from: from!, to: to! }, item, {
      help: "write the smaller number first; for a difference, put blanks around the sign: `3 - 1`",
    });
    return undefined;
  }

  address(item: Range | undefined): PciAddressValue | undefined {
    if (item === undefined) {
      this.missing("a PCI address");
      return undefined;
    }
    const value = item.to === null ? this.evaluator.value(item.from, this.scope) : undefined;
    if (typeof value === "object" && value.kind === "address") return value;
    this.wrongType("a PCI address", value, item);
    return undefined;
  }

  /** What the name behind a clause stands for, which must be one of some kinds of things. */
  named(clause: string, kinds: readonly Definition["kind"][], wanted: string): Definition | undefined {
    const item = this.line.clauses.get(clause)?.values[0];
    return item === undefined ? undefined : this.thing(item, kinds, wanted);
  }

  thing(item: Range, kinds: readonly Definition["kind"][], wanted: string): Definition | undefined {
    if (item.to !== null || item.from.kind !== "path") {
      const value = item.to === null ? this.evaluator.value(item.from, this.scope) : undefined;
      this.wrongType(`the name of ${wanted}`, value, item);
      return undefined;
    }
    return this.thingOf(item.from, kinds, wanted);
  }

  thingOf(path: Path, kinds: readonly Definition["kind"][], wanted: string): Definition | undefined {
    const definition = this.otherThanItself(path, this.evaluator.definition(path, this.scope, kinds));
    if (definition === undefined || kinds.includes(definition.kind)) return definition;
    const declared =
      definition.place === null
        ? []
        : [
            {
              place: { kind: "source" as const, span: definition.place, expansion: null },
              text: "declared here",
            },
          ];
    this.problem("jail-wrong-kind", { name: definition.name, is: kindText(definition), wanted }, path, {
      secondary: declared,
    });
    return undefined;
  }

  /** The name that the line is labelled with, as something to look up; undefined where it has none, or a text. */
  labelPath(): Path | undefined {
    const { label } = this.line;
    if (label === null || !("text" in label)) return undefined;
    return { kind: "path", names: [label], start: label.start, end: label.end };
  }

  /** `memory ram first 1M of ram`: the name behind `of` is that of another block. */
  private otherThanItself(path: Path, found: Definition | undefined): Definition | undefined {
    const isItself =
      found !== undefined &&
      "instance" in found &&
      found.instance.statement === this.line.instance.statement &&
      path.names.length === 1;
    return isItself ? (this.scope.findOutside(found.name, found) ?? found) : found;
  }

  text(item: Range | undefined): string | undefined {
    if (item === undefined) {
      this.missing("a text");
      return undefined;
    }
    const value = item.to === null ? this.evaluator.value(item.from, this.scope) : undefined;
    if (typeof value === "string") return value;
    this.wrongType("a text", value, item);
    return undefined;
  }

  private wrongType(wanted: string, value: Value | undefined, item: Range): void {
    if (value === undefined && item.to === null) return;
    const found = value === undefined ? "a range" : describeValue(value);
    this.problem("jail-wrong-type", { wanted, found }, item);
  }

  /** Reports what stands where nothing can. */
  noMore(items: readonly Item[], help?: string): void {
    const [first] = items;
    if (first === undefined) return;
    const spelled = this.spelled(first);
    const what = spelled.length > 40 || spelled.includes("\n") ? "this" : `\`${spelled}\``;
    const details = help === undefined ? {} : { help };
    this.problem("jail-not-expected", { what, statement: this.line.shape.word }, first, details);
  }

  missing(what: string): void {
    if (this.line.isFaulty) return;
    const { statement } = this.line.instance;
    this.problem("jail-missing", { statement: this.line.shape.word, what }, statement.head);
  }

  private spelled({ start, end }: Place): string {
    return this.scope.file.text.slice(start, end);
  }

  /** Reports two clauses, words or items that cannot stand beside each other, at the one that stands behind. */
  notBoth(...both: readonly [one: string | Item, other: string | Item]): void {
    if (this.line.isFaulty) return;
    const named = both.map((each) => {
      if (typeof each === "string")
        return { name: each, place: this.clauseNamed(each) ?? this.wordNamed(each) ?? this.line.lead[0] };
      return { name: this.spelled(each), place: each as Place };
    });
    named.sort((first, second) => (first.place?.start ?? 0) - (second.place?.start ?? 0));
    const [first, second] = named;
    const place = second!.place ?? this.line.instance.statement.head;
    this.problem("jail-not-both", { one: first!.name, other: second!.name }, place, {
      secondary:
        first!.place === undefined ? [] : [{ place: placeIn(this.scope, first!.place), text: "the other" }],
    });
  }

  private wordNamed(text: string): Place | undefined {
    const { words, lead } = this.line;
    return [...words, ...lead].find((item) => wordOfItem(item)?.text === text);
  }

  /** Where a clause stands. */
  clauseNamed(clause: string): Place | undefined {
    return this.line.clauses.get(clause)?.word;
  }

  problem<Id extends keyof typeof languageMessages>(
    id: Id,
    args: Parameters<(typeof languageMessages)[Id]>[0],
    place: Place,
    details: Parameters<(typeof languageMessages)[Id]>[2] = {},
  ): void {
    this.evaluator.problem(id, args, place, this.scope, details);
  }

  origin(place: Place = this.line.instance.statement): SourceOrigin {
    return originIn(this.scope, place);
  }

  /**
   * Origins of a node: of the line as a whole, and of fields by the clause that says them.
   *
   * @param section which of the sections of a link it is
   */
  origins(
    fields: Readonly<Record<string, string | Place | undefined>> = {},
    section?: number,
  ): WrittenOrigins {
    const places = new Map<string, Origin>();
    for (const [field, source] of Object.entries(fields)) {
      const place = typeof source === "string" ? this.clausePlace(source) : source;
      if (place !== undefined) places.set(field, this.origin(place));
    }
    const called = { ...this.called, ...(section === undefined ? {} : { section }) };
    return new WrittenOrigins({ ...this.origin(headLine(this.line.instance)), called }, places);
  }

  /** By the name or text of the line, or that of what it grants. */
  private get called(): SourceName {
    const { shape, label, lead } = this.line;
    const path = label === null && lead.length === 1 && lead[0]!.to === null ? lead[0]!.from : null;
    const named = label ?? (path?.kind === "path" ? path : null);
    const name = named === null ? null : this.spelled(named);
    return { word: shape.word, name: name === null ? null : nameBehind(name, this.scope) };
  }

  private clausePlace(clause: string): Place | undefined {
    const found = this.line.clauses.get(clause);
    if (found === undefined) return undefined;
    return { start: found.word.start, end: found.values.at(-1)?.end ?? found.word.end };
  }
}

/** A value and its bounds in the form in which the source says the value, as far as all of them have it. */
function shownAs(text: string, value: bigint, ...bounds: readonly bigint[]): readonly string[] {
  const areSizes = bounds.every((each) => each < 2n || each % 1024n === 0n);
  if (/^[0-9_]+[KMGT]$/.test(text) && areSizes)
    return [text, ...bounds.map((each) => (each < 2n ? String(each) : spelledSize(each)))];
  const others = bounds.map((each) => shownNumber(each, text.includes("0x")));
  return [/^[0-9_]{1,24}$/.test(text) ? text : shownNumber(value, text.includes("0x")), ...others];
}

/** `cpus 0 - 7`: with blanks around the sign it is a difference. */
function helpForDifference(text: string): { readonly help?: string } {
  const [, from, to] = /^(\w{1,20})[ \t]+-[ \t]+(\w{1,20})$/.exec(text) ?? [];
  return from === undefined ? {} : { help: `a range has no blanks around the sign: \`${from}-${to}\`` };
}

/** A fragment calls things by the names of its parameters: those that they stand for tell more. */
function nameBehind(name: string, scope: Scope, steps = longestChain): string {
  const found = scope.find(name);
  if (steps === 0 || found?.kind !== "expression" || found.expression.kind !== "path") return name;
  const { start, end } = found.expression;
  return nameBehind(found.scope.file.text.slice(start, end), found.scope, steps - 1);
}

type SourceOrigin = Extract<Origin, { readonly kind: "source" }>;

export function originIn(scope: Scope, place: Place): SourceOrigin {
  return { kind: "source", span: scope.span(place), expansion: scope.expansion };
}

/** A statement without its block. */
export function headLine({ statement }: Instance): Place {
  const end = statement.value?.at(-1)?.end ?? statement.items.at(-1)?.end ?? statement.head.end;
  return { start: statement.start, end };
}
