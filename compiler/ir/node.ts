import type { Residue, WireValue } from "../../schema/codec/wire.js";
import type { Origin, OriginOfBytes } from "./origin.js";

/** Finds the origin of each field of one node. Derived on demand: most are never asked for. */
export interface Origins {
  /** @param field name of a field of the node, as in its interface; of the node as a whole where it is left out */
  of(field?: string): Origin;
}

/** What every node of the IR carries besides its own fields. */
export interface IrNode {
  readonly origins: Origins;
  /**
   * Fields of the format that the model has no place for, by C name: those of forks, of old states, and padding that
   * is not zero. Absent fields are zero. They belong to the profile the config was read in.
   */
  readonly extra: Readonly<Record<string, WireValue>>;
  /** Bytes that no field covers, as in `schema/codec`; they too belong to that profile. */
  readonly residue: Residue;
}

/** The part of a node that a front end fills in that has neither unknown fields nor bytes. */
export function plainNode(origins: Origins): IrNode {
  return { origins, extra: {}, residue: [] };
}

/** Nothing of the node is written anywhere. */
export function impliedOrigins(reason: string): Origins {
  const origin: Origin = { kind: "implied", reason };
  return { of: () => origin };
}

/** Every byte comes from the file itself. */
export function binaryOrigins(file: string): OriginOfBytes {
  return (offset, length) => ({ kind: "binary", file, offset, length });
}

type WithoutOrigins<Value> = Value extends readonly (infer Element)[]
  ? readonly WithoutOrigins<Element>[]
  : Value extends Uint8Array | bigint | number | string | boolean | null | undefined
    ? Value
    : { readonly [Key in keyof Value as Key extends "origins" ? never : Key]: WithoutOrigins<Value[Key]> };

/** The same tree without `origins`, for comparing what two configs say. */
export function withoutOrigins<Value>(value: Value): WithoutOrigins<Value> {
  if (Array.isArray(value)) return value.map(withoutOrigins) as WithoutOrigins<Value>;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) {
    return value as WithoutOrigins<Value>;
  }
  const plain: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value))
    if (key !== "origins") plain[key] = withoutOrigins(member);
  return plain as WithoutOrigins<Value>;
}
