/**
 * Integer values of constant expressions, with the wrap-around of fixed-width types.
 *
 * Nearly every value in a config is small, and BigInt arithmetic allocates; so a value is a plain number as long as
 * that is exact, and a bigint only beyond. The representation is canonical: equal values have equal representation.
 */

/** A number if it is a safe integer, else a bigint. */
export type Integer = number | bigint;

/** The width and sign that a value must fit. */
export interface Range {
  /** Value bits including the sign: 1 (`_Bool`) to 128. */
  readonly bits: number;
  readonly signed: boolean;
}

export function integerOf(value: bigint): Integer {
  return value >= -0x1fffffffffffffn && value <= 0x1fffffffffffffn ? Number(value) : value;
}

/** The value of a finite floating number without its fraction. */
export function integerOfFloat(value: number): Integer {
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? whole + 0 : integerOf(BigInt(whole));
}

export function isZero(value: Integer): boolean {
  return value === 0;
}

/** The value modulo 2^bits, in the range of the type. */
export function wrap(value: Integer, range: Range): Integer {
  if (fits(value, range)) return value;
  const wide = BigInt(value);
  return integerOf(range.signed ? BigInt.asIntN(range.bits, wide) : BigInt.asUintN(range.bits, wide));
}

export function fits(value: Integer, { bits, signed }: Range): boolean {
  if (typeof value === "number") {
    if (signed) return bits > 53 || (value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1));
    return value >= 0 && (bits > 53 || value < 2 ** bits);
  }
  return signed ? BigInt.asIntN(bits, value) === value : BigInt.asUintN(bits, value) === value;
}

export function add(left: Integer, right: Integer): Integer {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return integerOf(BigInt(left) + BigInt(right));
}

export function subtract(left: Integer, right: Integer): Integer {
  if (typeof left === "number" && typeof right === "number") {
    const difference = left - right;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return integerOf(BigInt(left) - BigInt(right));
}

export function multiply(left: Integer, right: Integer): Integer {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    // "+ 0" turns the negative zero of 0 * -1 into zero
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return integerOf(BigInt(left) * BigInt(right));
}

/** The quotient, rounded towards zero; `right` is not zero. */
export function divide(left: Integer, right: Integer): Integer {
  if (typeof left === "number" && typeof right === "number") return (left - (left % right)) / right + 0;
  return integerOf(BigInt(left) / BigInt(right));
}

/** The remainder with the sign of `left`; `right` is not zero. */
export function remainder(left: Integer, right: Integer): Integer {
  if (typeof left === "number" && typeof right === "number") return (left % right) + 0;
  return integerOf(BigInt(left) % BigInt(right));
}

/** @param count 0 .. 127 */
export function shiftLeft(value: Integer, count: number): Integer {
  if (typeof value === "number") {
    const shifted = value * 2 ** count;
    if (Number.isSafeInteger(shifted)) return shifted;
  }
  return integerOf(BigInt(value) << BigInt(count));
}

/** Rounds towards minus infinity, so negative values keep their sign. @param count 0 .. 127 */
export function shiftRight(value: Integer, count: number): Integer {
  if (typeof value === "number") return Math.floor(value / 2 ** count);
  return integerOf(value >> BigInt(count));
}

export function bitOr(left: Integer, right: Integer): Integer {
  if (isSmall(left) && isSmall(right)) return left | right;
  return integerOf(BigInt(left) | BigInt(right));
}

export function bitAnd(left: Integer, right: Integer): Integer {
  if (isSmall(left) && isSmall(right)) return left & right;
  return integerOf(BigInt(left) & BigInt(right));
}

export function bitXor(left: Integer, right: Integer): Integer {
  if (isSmall(left) && isSmall(right)) return left ^ right;
  return integerOf(BigInt(left) ^ BigInt(right));
}

/** The value as a two's complement number of 64 bits, split in 32-bit halves, for writing it into bytes. */
export function halves(value: Integer): { readonly low: number; readonly high: number } {
  if (typeof value === "number") {
    return { low: value >>> 0, high: Math.floor(value / 0x1_0000_0000) >>> 0 };
  }
  const bits = BigInt.asUintN(64, value);
  return { low: Number(bits & 0xffff_ffffn), high: Number(bits >> 32n) };
}

/** The value of two halves, read as the type would. */
export function fromHalves(low: number, high: number, range: Range): Integer {
  return wrap(high === 0 ? low : integerOf((BigInt(high) << 32n) | BigInt(low)), range);
}

/** Hexadecimal from 10 upwards, where people think in bits; decimal below. */
export function showInteger(value: Integer): string {
  if (value > -10 && value < 10) return value.toString();
  return value < 0 ? value.toString() : `0x${value.toString(16)}`;
}

/** -2^31 .. 2^31-1: what JavaScript's bit operators take and give unchanged. */
function isSmall(value: Integer): value is number {
  return typeof value === "number" && (value | 0) === value;
}
