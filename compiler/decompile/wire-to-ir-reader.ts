import type { PlatformFamily } from "../../schema/codec/union-views.js";
import { isStruct, type Residue, residue, type WireStruct, type WireValue } from "../../schema/codec/wire.js";
import type { FieldName } from "../../schema/generated/wire-types.js";
import type { Field, Profile, StructLayout } from "../../schema/layout/types.js";
import { readChoice, readFlags, type VocabularyName, vocabularyOf } from "../ir/constants.js";
import type { Choice, FlagSet } from "../ir/names.js";
import type { IrNode, Origins } from "../ir/node.js";
import type { BitRange, Origin, OriginOfBytes } from "../ir/origin.js";

/** What reading depends on besides the struct at hand. */
export interface ReadContext {
  readonly profile: Profile;
  readonly originOf: OriginOfBytes;
  /** The machines the config is for; null where its architecture byte holds an unknown value. */
  readonly family: PlatformFamily | null;
}

/** Offset in the file and length, in bytes; for a bit-field, of the integer that holds it, and its bits. */
export type Place = readonly [offset: number, length: number, bits?: BitRange];

export const absentField: Origin = {
  kind: "implied",
  reason: "this revision of the format does not have the field",
};

/** Origins of values that lie at fixed places of a file. */
export class PlacedOrigins implements Origins {
  /** @param places by field */
  constructor(
    private readonly originOf: OriginOfBytes,
    private readonly whole: Place,
    private readonly places: ReadonlyMap<string, Place>,
  ) {}

  of(field?: string): Origin {
    if (field === undefined) return this.originOf(...this.whole);
    const place = this.places.get(field);
    return place === undefined ? absentField : this.originOf(...place);
  }
}

/** Origins of values that lie at the same places of each element of a table. */
export class RelativeOrigins implements Origins {
  /** @param places by field, from the start of the element at `at` */
  constructor(
    private readonly originOf: OriginOfBytes,
    private readonly at: number,
    private readonly size: number,
    private readonly places: ReadonlyMap<string, Place>,
  ) {}

  of(field?: string): Origin {
    if (field === undefined) return this.originOf(this.at, this.size);
    const place = this.places.get(field);
    if (place === undefined) return absentField;
    const [offset, length, bits] = place;
    return bits === undefined
      ? this.originOf(this.at + offset, length)
      : this.originOf(this.at + offset, length, bits);
  }
}

/**
 * What reading the first element of a table has shown: all that have the same fields are read in the same way. For elements
 * of which no field is kept besides what was read from it.
 */
export class AlikeElements {
  private first: { readonly names: readonly string[]; readonly alike: Alike } | undefined;

  /** Undefined for the first element, and for those that have other fields (the last one of a file that ends within it). */
  for(value: WireStruct): Alike | undefined {
    if (this.first === undefined) return undefined;
    const { names, alike } = this.first;
    if (Object.keys(value).length !== names.length) return undefined;
    return names.every((name) => value[name] !== undefined) ? alike : undefined;
  }

  learn(value: WireStruct, alike: Alike): void {
    this.first ??= { names: Object.keys(value), alike };
  }
}

interface Alike {
  /** By field, from the start of the element. */
  readonly places: ReadonlyMap<string, Place>;
  /** Fields of the format that nobody asked for. */
  readonly others: readonly string[];
}

/** What was asked for of one struct that was not read as those before it. */
interface Reading {
  readonly places: Map<string, Place>;
  readonly taken: Set<string>;
  readonly forced: Set<string>;
}

/**
 * Turns one struct into a node of the IR: each method reads the first of some C fields that the struct has, under the
 * name it has in the IR, and gives zero where it has none of them. What nobody asked for ends up in `extra`.
 */
export class StructReader {
  private readonly alike: Alike | undefined;
  /** Undefined for a struct that is alike: all that is known of it was learnt from the first one. */
  private readonly reading: Reading | undefined;

  /**
   * @param at offset of the struct in the file, in bytes
   * @param elements of the table that it is an element of
   */
  constructor(
    readonly context: ReadContext,
    readonly value: WireStruct,
    readonly layout: StructLayout,
    readonly at: number,
    private readonly elements?: AlikeElements,
  ) {
    this.alike = elements?.for(value);
    this.reading =
      this.alike === undefined ? { places: new Map(), taken: new Set(), forced: new Set() } : undefined;
  }

  number(field: string, ...names: readonly FieldName[]): number {
    return Number(this.take(field, names) ?? 0);
  }

  bigint(field: string, ...names: readonly FieldName[]): bigint {
    return BigInt((this.take(field, names) as number | bigint | undefined) ?? 0);
  }

  numbers(field: string, ...names: readonly FieldName[]): readonly number[] {
    return (this.take(field, names) as readonly number[] | undefined) ?? [];
  }

  bigints(field: string, name: FieldName): readonly bigint[] {
    return (this.take(field, [name]) as readonly bigint[] | undefined) ?? [];
  }

  text(field: string, name: FieldName): string {
    return (this.take(field, [name]) as string | undefined) ?? "";
  }

  flags(field: string, vocabulary: VocabularyName, ...names: readonly FieldName[]): FlagSet {
    return readFlags(this.bigint(field, ...names), vocabularyOf(this.context.profile, vocabulary));
  }

  choice(field: string, vocabulary: VocabularyName, ...names: readonly FieldName[]): Choice {
    return readChoice(this.number(field, ...names), vocabularyOf(this.context.profile, vocabulary));
  }

  /** An embedded struct; undefined where there is none of these names. */
  struct(field: string, ...names: readonly FieldName[]): StructReader | undefined {
    const name = this.nameOf(names);
    const member = name === undefined ? undefined : this.layoutField(name);
    if (name === undefined || member?.kind !== "struct") return undefined;
    const value = this.take(field, [name]) as WireStruct;
    return new StructReader(this.context, value, member.layout, this.at + member.offset);
  }

  /** An embedded struct that every config has; of a file that ends before it, one without fields. */
  wholeStruct(field: string, ...names: readonly FieldName[]): StructReader {
    const found = this.struct(field, ...names);
    if (found !== undefined) return found;
    const member = names
      .map((name) => this.layoutField(name))
      .find((candidate) => candidate?.kind === "struct");
    if (member?.kind !== "struct") throw new Error(`${this.layout.name} has no struct ${names.join(" or ")}`);
    return new StructReader(this.context, {}, member.layout, this.at + member.offset);
  }

  structs(field: string, name: FieldName): readonly StructReader[] {
    const member = this.layoutField(name);
    if (member?.kind !== "structs" || this.value[name] === undefined) return [];
    const values = this.take(field, [name]) as readonly WireStruct[];
    return values.map(
      (value, index) =>
        new StructReader(
          this.context,
          value,
          member.layout,
          this.at + member.offset + index * member.layout.size,
        ),
    );
  }

  /**
   * The field says what it has to say in this place; any other value is kept as it stands, zero too. Not for elements that
   * are read alike: what is kept of one says nothing of the next.
   */
  expect(field: string, name: FieldName, expected: string | number | null): void {
    const value = this.value[name];
    if (value === undefined) return;
    this.refuseAlike(name);
    this.take(field, [name]);
    if (value !== expected) this.keep(name);
  }

  /** Keeps the field as it stands besides what was read from it. As {@link expect}, not for elements that are read alike. */
  keep(name: FieldName): void {
    this.refuseAlike(name);
    this.reading?.taken.delete(name);
    this.reading?.forced.add(name);
  }

  private refuseAlike(name: FieldName): void {
    if (this.elements !== undefined)
      throw new Error(`${name} cannot be kept: elements of ${this.layout.name} are read alike`);
  }

  /** The first of these fields that the struct has. */
  nameOf(names: readonly FieldName[]): FieldName | undefined {
    return names.find((name) => this.value[name] !== undefined);
  }

  /** The bytes of a field in the file. */
  placeOf(name: FieldName): Place | undefined {
    const member = this.layoutField(name);
    if (member === undefined) return undefined;
    const offset = this.at + member.offset;
    if (member.kind !== "integer" || member.bitWidth === undefined) return [offset, member.size];
    return [offset, member.size, { first: member.bitOffset ?? 0, width: member.bitWidth }];
  }

  /** Says that `field` was read from elsewhere in the file. */
  place(field: string, place: Place | undefined): void {
    if (place !== undefined) this.reading?.places.set(field, place);
  }

  /** @param explicit fields that count even where they are zero */
  finish(explicit: ReadonlySet<string> = noNames): IrNode {
    const { alike, reading } = this;
    if (alike !== undefined) return this.finishAlike(alike);
    const { places, taken, forced } = reading!;
    const extra: Record<string, WireValue> = {};
    for (const [name, value] of Object.entries(this.value)) {
      if (taken.has(name)) continue;
      if (forced.has(name) || explicit.has(name) || !isZero(value)) extra[name] = value;
    }
    this.elements?.learn(this.value, this.found(places, taken));
    return {
      origins: new PlacedOrigins(this.context.originOf, [this.at, this.layout.size], places),
      extra,
      residue: this.value[residue] ?? noResidue,
    };
  }

  private found(read: ReadonlyMap<string, Place>, taken: ReadonlySet<string>): Alike {
    const places = [...read].map(
      ([field, [offset, ...rest]]) => [field, [offset - this.at, ...rest]] as const,
    );
    return {
      places: new Map<string, Place>(places),
      others: Object.keys(this.value).filter((name) => !taken.has(name)),
    };
  }

  private finishAlike({ places, others }: Alike): IrNode {
    return {
      origins: new RelativeOrigins(this.context.originOf, this.at, this.layout.size, places),
      extra: extraOf(this.value, others),
      residue: this.value[residue] ?? noResidue,
    };
  }

  private take(field: string, names: readonly FieldName[]): WireValue | undefined {
    const name = this.nameOf(names);
    if (name === undefined) return undefined;
    if (this.reading === undefined) return this.value[name];
    this.reading.taken.add(name);
    this.place(field, this.placeOf(name));
    return this.value[name];
  }

  private layoutField(name: FieldName): Field | undefined {
    return this.layout.fields.find((field) => field.name === name);
  }
}

export const noResidue: Residue = [];
const noNames: ReadonlySet<string> = new Set();
const noExtra: Readonly<Record<string, WireValue>> = {};

/** Those of these fields that are not zero. */
export function extraOf(value: WireStruct, names: readonly string[]): Readonly<Record<string, WireValue>> {
  if (names.every((name) => value[name] === undefined || isZero(value[name]))) return noExtra;
  const others = names.flatMap((name) => {
    const other = value[name];
    return other === undefined || isZero(other) ? [] : [[name, other] as const];
  });
  return Object.fromEntries(others);
}

export function isZero(value: WireValue): boolean {
  if (Array.isArray(value)) return value.every((element: WireValue) => isZero(element));
  if (isStruct(value)) return value[residue] === undefined && Object.values(value).every(isZero);
  return value === 0 || value === 0n || value === "";
}
