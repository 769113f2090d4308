/**
 * Computes sizes and offsets from declarations, with the rules of C on the targets of the format (all the same:
 * natural alignment of 1, 2, 4 and 8 byte integers, bit-fields from the least significant bit upwards).
 *
 * Inline structs and unions follow the packing of the tagged struct around them, as upstream's header declares each
 * of them.
 */

import { isNested, ProfileMistake } from "./declarations.js";
import type { Field, IntegerField, Member, NestedMember, StructDeclaration, StructLayout } from "./types.js";

type Width = 1 | 2 | 4 | 8;

/** Finds the layout of another struct of the profile by its tag. */
export type LayoutOfTag = (tag: string) => StructLayout | undefined;

const integerTypes: ReadonlyMap<string, { readonly size: Width; readonly signed: boolean }> = new Map([
  ["u8", { size: 1, signed: false }],
  ["u16", { size: 2, signed: false }],
  ["u32", { size: 4, signed: false }],
  ["u64", { size: 8, signed: false }],
  ["s8", { size: 1, signed: true }],
  ["s16", { size: 2, signed: true }],
  ["s32", { size: 4, signed: true }],
  ["s64", { size: 8, signed: true }],
]);

/** Size and sign of `u8` ... `s64`; undefined for any other type. */
export function integerType(type: string): { readonly size: Width; readonly signed: boolean } | undefined {
  return integerTypes.get(type);
}

/** Splits `u32[4]` into its element type and length; length undefined where the type is no array. */
export function splitArrayType(type: string): { readonly element: string; readonly length?: number } {
  const match = /^(\w+)\[(\d+)\]$/.exec(type);
  return match === null ? { element: type } : { element: match[1]!, length: Number(match[2]) };
}

/** @throws ProfileMistake for a type that is not known, or a bit-field that does not fit its unit */
export function computeLayout(declaration: StructDeclaration, layoutOfTag: LayoutOfTag): StructLayout {
  return layOut(declaration, declaration.name, declaration.packed, layoutOfTag);
}

function layOut(
  declaration: StructDeclaration | NestedMember,
  name: string,
  packed: boolean,
  layoutOfTag: LayoutOfTag,
): StructLayout {
  const fields: Field[] = [];
  const isUnion = declaration.kind === "union";
  let overlapping = isUnion;
  let alignment = 1;
  let bit = 0;
  let endOfUnion = 0;

  for (const member of declaration.members) {
    const place = placeMember(member, name, packed, layoutOfTag);
    const memberAlignment = packed ? 1 : place.alignment;
    alignment = Math.max(alignment, memberAlignment);
    const start = isUnion ? 0 : bit;
    if (place.bits !== undefined) {
      const at = bitFieldStart(start, place.bits, place.size, packed);
      fields.push(bitField(member.name!, place, at, packed));
      bit = at + place.bits;
    } else {
      const offset = roundUp(Math.ceil(start / 8), memberAlignment);
      fields.push(...place.fieldsAt(offset));
      overlapping ||= place.overlapping;
      bit = (offset + place.size) * 8;
    }
    endOfUnion = Math.max(endOfUnion, bit);
  }

  const used = Math.ceil((isUnion ? endOfUnion : bit) / 8);
  return {
    name,
    kind: declaration.kind,
    size: roundUp(used, alignment),
    alignment,
    fields,
    overlapping,
    declaration,
  };
}

interface Placement {
  readonly size: number;
  readonly alignment: number;
  readonly signed: boolean;
  readonly bits?: number;
  /** Its members share bytes and appear in the enclosing layout. */
  readonly overlapping: boolean;
  readonly fieldsAt: (offset: number) => readonly Field[];
}

function placeMember(
  member: Member,
  enclosing: string,
  packed: boolean,
  layoutOfTag: LayoutOfTag,
): Placement {
  if (isNested(member)) {
    const layout = layOut(
      member,
      member.name === null ? enclosing : `${enclosing}.${member.name}`,
      packed,
      layoutOfTag,
    );
    const { size, alignment } = layout;
    const name = member.name;
    if (name === null) {
      const fieldsAt = (offset: number) => layout.fields.map((field) => moved(field, offset));
      return { size, alignment, signed: false, overlapping: layout.overlapping, fieldsAt };
    }
    return {
      size,
      alignment,
      signed: false,
      overlapping: false,
      fieldsAt: (offset) => [{ kind: "struct", name, offset, size, layout }],
    };
  }

  const { name } = member;
  const { element, length } = splitArrayType(member.type);
  if (element === "char" && length !== undefined) {
    return plain(length, 1, (offset) => ({ kind: "text", name, offset, size: length }));
  }
  const integer = integerTypes.get(element);
  if (integer !== undefined) {
    const { size: elementSize, signed } = integer;
    if (member.bits !== undefined) {
      if (length !== undefined || member.bits < 1 || member.bits > elementSize * 8) {
        throw new ProfileMistake(`${enclosing}.${name}: ${member.bits} bits do not fit ${member.type}`);
      }
      return {
        size: elementSize,
        alignment: elementSize,
        signed,
        bits: member.bits,
        overlapping: false,
        fieldsAt: () => [],
      };
    }
    if (length === undefined) {
      return plain(elementSize, elementSize, (offset) => ({
        kind: "integer",
        name,
        offset,
        size: elementSize,
        signed,
      }));
    }
    const size = elementSize * length;
    return plain(size, elementSize, (offset) => ({
      kind: "integers",
      name,
      offset,
      size,
      length,
      elementSize,
      signed,
    }));
  }
  const layout = layoutOfTag(element);
  if (layout === undefined) throw new ProfileMistake(`${enclosing}.${name}: no type ${member.type}`);
  if (length === undefined) {
    return plain(layout.size, layout.alignment, (offset) => ({
      kind: "struct",
      name,
      offset,
      size: layout.size,
      layout,
    }));
  }
  const size = layout.size * length;
  return plain(size, layout.alignment, (offset) => ({ kind: "structs", name, offset, size, length, layout }));
}

function plain(size: number, alignment: number, field: (offset: number) => Field): Placement {
  return { size, alignment, signed: false, overlapping: false, fieldsAt: (offset) => [field(offset)] };
}

/** First bit of a bit-field: packed ones follow each other, others do not cross a unit of their type. */
function bitFieldStart(bit: number, width: number, unitSize: number, packed: boolean): number {
  if (packed) return bit;
  const unit = unitSize * 8;
  return Math.floor(bit / unit) === Math.floor((bit + width - 1) / unit) ? bit : roundUp(bit, unit);
}

function bitField(name: string, place: Placement, at: number, packed: boolean): IntegerField {
  const unit = (packed ? 1 : place.size) * 8;
  const offset = Math.floor(at / unit) * (unit / 8);
  const bitOffset = at - offset * 8;
  const size = ([1, 2, 4, 8] as const).find(
    (bytes) => bytes * 8 >= bitOffset + place.bits! && bytes * 8 >= unit,
  );
  if (size === undefined) throw new ProfileMistake(`bit-field ${name} crosses 64 bits`);
  return {
    kind: "integer",
    name,
    offset,
    size,
    signed: place.signed,
    bitOffset,
    bitWidth: place.bits!,
  };
}

function moved(field: Field, by: number): Field {
  return { ...field, offset: field.offset + by };
}

function roundUp(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}
