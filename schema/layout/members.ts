/** Short ways to write a member in a profile: `u32("num_irqchips")`, `text("name", 32)`, `union(null, [...])`. */

import type { Member, NestedMember, PlainMember } from "./types.js";

type IntegerType = "u8" | "u16" | "u32" | "u64" | "s16";

/** `length` makes it an array. */
type IntegerMember = (name: string, length?: number) => PlainMember;

function integer(type: IntegerType): IntegerMember {
  return (name, length) => ({ name, type: arrayType(type, length) });
}

function arrayType(type: string, length: number | undefined): string {
  return length === undefined ? type : `${type}[${length}]`;
}

export const u8 = integer("u8");
export const u16 = integer("u16");
export const u32 = integer("u32");
export const u64 = integer("u64");
export const s16 = integer("s16");

/** `char name[length]`. */
export function text(name: string, length: number): PlainMember {
  return { name, type: `char[${length}]` };
}

/** A bit-field of `width` bits in units of `type`. */
export function bits(type: IntegerType, name: string, width: number): PlainMember {
  return { name, type, bits: width };
}

/** A member that is a struct or union of the profile, given by its tag; `length` makes it an array. */
export function embed(tag: string, name: string, length?: number): PlainMember {
  return { name, type: arrayType(tag, length) };
}

export function struct(name: string | null, members: readonly Member[]): NestedMember {
  return { name, kind: "struct", members };
}

export function union(name: string | null, members: readonly Member[]): NestedMember {
  return { name, kind: "union", members };
}
