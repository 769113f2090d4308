import type { IntegerField } from "../layout/types.js";
import { WireValueError } from "./wire-value-error.js";

/** Readers and writers of little-endian integers. Up to 4 bytes the value is a number, with 8 bytes a bigint. */

export type IntegerSize = 1 | 2 | 4 | 8;
export type ReadInteger = (view: DataView, at: number) => number | bigint;
export type WriteInteger = (view: DataView, at: number, value: number | bigint) => void;

export interface IntegerRange {
  readonly least: bigint;
  readonly most: bigint;
}

/** The values that `bits` bits hold. */
export function rangeOf(bits: number, signed: boolean): IntegerRange {
  return signed
    ? { least: -(1n << BigInt(bits - 1)), most: (1n << BigInt(bits - 1)) - 1n }
    : { least: 0n, most: (1n << BigInt(bits)) - 1n };
}

/** The values that an integer field holds, bit-fields included. */
export function rangeOfField(field: IntegerField): IntegerRange {
  return rangeOf(field.bitWidth ?? field.size * 8, field.signed);
}

export function integerReader(size: IntegerSize, signed: boolean, offset = 0): ReadInteger {
  switch (size) {
    case 1:
      return signed ? (view, at) => view.getInt8(at + offset) : (view, at) => view.getUint8(at + offset);
    case 2:
      return signed
        ? (view, at) => view.getInt16(at + offset, true)
        : (view, at) => view.getUint16(at + offset, true);
    case 4:
      return signed
        ? (view, at) => view.getInt32(at + offset, true)
        : (view, at) => view.getUint32(at + offset, true);
    case 8:
      return signed
        ? (view, at) => view.getBigInt64(at + offset, true)
        : (view, at) => view.getBigUint64(at + offset, true);
  }
}

/** Writers check the value: a number up to 4 bytes, a bigint with 8, and within range. */
export function integerWriter(size: IntegerSize, signed: boolean, offset = 0): WriteInteger {
  const range = rangeOf(size * 8, signed);
  if (size === 8) {
    return (view, at, value) => {
      view.setBigUint64(at + offset, BigInt.asUintN(64, bigintWithin(value, range)), true);
    };
  }
  const least = Number(range.least);
  const most = Number(range.most);
  const store = numberStore(size);
  return (view, at, value) => store(view, at + offset, numberWithin(value, least, most));
}

function numberStore(size: 1 | 2 | 4): (view: DataView, at: number, value: number) => void {
  if (size === 1) return (view, at, value) => view.setUint8(at, value);
  if (size === 2) return (view, at, value) => view.setUint16(at, value, true);
  return (view, at, value) => view.setUint32(at, value, true);
}

/** @throws WireValueError for what is no integral number from `least` to `most` */
export function numberWithin(value: unknown, least: number, most: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw new WireValueError(`${describe(value)} is not a number from ${least} to ${most}`);
  }
  return value;
}

/** @throws WireValueError for what is no bigint within the range */
export function bigintWithin(value: unknown, range: IntegerRange): bigint {
  if (typeof value !== "bigint" || value < range.least || value > range.most) {
    throw new WireValueError(`${describe(value)} is not a bigint from ${range.least} to ${range.most}`);
  }
  return value;
}

export function describe(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean" || value == null) return String(value);
  return Array.isArray(value) ? "an array" : "an object";
}

/** A bit-field: bits `bitOffset` upwards, counted from the least significant bit of its unit. */
export function bitFieldReader(field: IntegerField): ReadInteger {
  const shift = field.bitOffset ?? 0;
  const width = field.bitWidth ?? field.size * 8;
  const unit = integerReader(field.size, false, field.offset);
  if (field.size === 8) {
    const wrap = field.signed ? BigInt.asIntN : BigInt.asUintN;
    return (view, at) => wrap(width, (unit(view, at) as bigint) >> BigInt(shift));
  }
  const up = 32 - shift - width;
  return field.signed
    ? (view, at) => (((unit(view, at) as number) << up) | 0) >> (32 - width)
    : (view, at) => ((unit(view, at) as number) << up) >>> (32 - width);
}

export function bitFieldWriter(field: IntegerField): WriteInteger {
  const shift = BigInt(field.bitOffset ?? 0);
  const width = field.bitWidth ?? field.size * 8;
  const range = rangeOfField(field);
  const read = integerReader(field.size, false, field.offset);
  const write = integerWriter(field.size, false, field.offset);
  const mask = ((1n << BigInt(width)) - 1n) << shift;
  const narrow = field.size === 8 ? (unit: bigint) => unit : Number;
  return (view, at, value) => {
    const checked =
      field.size === 8
        ? bigintWithin(value, range)
        : BigInt(numberWithin(value, Number(range.least), Number(range.most)));
    const others = BigInt(read(view, at)) & ~mask;
    write(view, at, narrow(others | ((checked << shift) & mask)));
  };
}
