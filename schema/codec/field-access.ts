import { bigintWithin, describe, numberWithin } from "./integer-access.js";
import type { ReadStruct, WriteStruct } from "./struct-codec.js";
import type { ViewContext } from "./union-views.js";
import { isStruct, type PathStep, type WireStruct, type WireValue } from "./wire.js";
import { at as atStep, WireValueError } from "./wire-value-error.js";

/** What codecs of structs, generated and interpreted ones, call for single fields. */

/** Fields that were written. */
type Written = 0 | 1;

// ---- integers ------------------------------------------------------------------------------------------------------

/**
 * Writers of integer fields: 1 where there is a value, 0 where there is none and the bytes stay zero.
 *
 * @throws WireValueError for a value out of range, with the name of the field
 */
export function writeU8(view: DataView, at: number, value: WireValue | undefined, field: string): Written {
  if (value === undefined) return 0;
  view.setUint8(at, numberOf(value, 0, 0xff, field));
  return 1;
}

export function writeS8(view: DataView, at: number, value: WireValue | undefined, field: string): Written {
  if (value === undefined) return 0;
  view.setUint8(at, numberOf(value, -0x80, 0x7f, field));
  return 1;
}

export function writeU16(view: DataView, at: number, value: WireValue | undefined, field: string): Written {
  if (value === undefined) return 0;
  view.setUint16(at, numberOf(value, 0, 0xffff, field), true);
  return 1;
}

export function writeS16(view: DataView, at: number, value: WireValue | undefined, field: string): Written {
  if (value === undefined) return 0;
  view.setUint16(at, numberOf(value, -0x8000, 0x7fff, field), true);
  return 1;
}

export function writeU32(view: DataView, at: number, value: WireValue | undefined, field: string): Written {
  if (value === undefined) return 0;
  view.setUint32(at, numberOf(value, 0, 0xffffffff, field), true);
  return 1;
}

export function writeS32(view: DataView, at: number, value: WireValue | undefined, field: string): Written {
  if (value === undefined) return 0;
  view.setUint32(at, numberOf(value, -0x80000000, 0x7fffffff, field), true);
  return 1;
}

export function writeU64(view: DataView, at: number, value: WireValue | undefined, field: string): Written {
  if (value === undefined) return 0;
  view.setBigUint64(at, bigintOf(value, 0n, 0xffffffffffffffffn, field), true);
  return 1;
}

export function writeS64(view: DataView, at: number, value: WireValue | undefined, field: string): Written {
  if (value === undefined) return 0;
  view.setBigUint64(at, bigintOf(value, -0x8000000000000000n, 0x7fffffffffffffffn, field), true);
  return 1;
}

/** The value of a number up to 32 bits, bit-fields included. @throws WireValueError where it is none, or out of range */
export function numberOf(value: WireValue, least: number, most: number, step: PathStep): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  return atStep(step, () => numberWithin(value, least, most));
}

/** As {@link numberOf}, for 64 bits. */
export function bigintOf(value: WireValue, least: bigint, most: bigint, step: PathStep): bigint {
  if (typeof value === "bigint" && value >= least && value <= most) return value;
  return atStep(step, () => bigintWithin(value, { least, most }));
}

// ---- structs and arrays --------------------------------------------------------------------------------------------

/** @throws WireValueError for what is no struct */
export function structOf(value: unknown): WireStruct {
  if (!isStruct(value)) throw new WireValueError(`${describe(value)} is not a struct`);
  return value;
}

/** @throws WireValueError for what is no array, or a longer one; missing elements are zero */
export function arrayOf<Element>(value: unknown, length: number): readonly Element[] {
  if (!Array.isArray(value) || value.length > length) {
    throw new WireValueError(`${describe(value)} is not an array of up to ${length} elements`);
  }
  return value;
}

/** `length` structs of `size` bytes each, from `at` on. */
export function readStructs(
  read: ReadStruct,
  view: DataView,
  at: number,
  length: number,
  size: number,
  context: ViewContext,
): readonly WireStruct[] {
  return Array.from({ length }, (_, index) => read(view, at + index * size, context));
}

/** The inverse of {@link readStructs}. @throws WireValueError with the path from the array on */
export function writeStructs(
  write: WriteStruct,
  view: DataView,
  at: number,
  length: number,
  size: number,
  value: unknown,
): void {
  arrayOf<WireStruct>(value, length).forEach((element, index) => {
    atStep(index, () => write(view, at + index * size, structOf(element)));
  });
}

/** Writes any other field where there is a value. @throws WireValueError of `write`, with the name of the field */
export function writeField(
  value: WireValue | undefined,
  field: string,
  write: (value: WireValue) => void,
): Written {
  if (value === undefined) return 0;
  atStep(field, () => write(value));
  return 1;
}

// ---- all fields of a struct ----------------------------------------------------------------------------------------

/**
 * Refuses fields that a struct does not have.
 *
 * @param written how many of `fields` the value gives
 * @throws WireValueError
 */
export function refuseOthers(
  struct: string,
  value: WireStruct,
  written: number,
  fields: readonly string[],
): void {
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  if (written === names.length) return;
  const stranger = names.find((name) => !fields.includes(name));
  throw new WireValueError(`${struct} has no field ${stranger}`);
}
