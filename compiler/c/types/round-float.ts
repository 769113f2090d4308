/** Floating constants as gcc reads them: the number written, rounded once to the format it is for. */

import type { Integer } from "./constant.js";

interface Format {
  /** Bits of the significand. */
  readonly precision: number;
  /** Exponent of two of the smallest positive number. */
  readonly least: number;
  /** Numbers from two to this power on are infinite. */
  readonly beyond: number;
}

const formats: Readonly<Record<4 | 8, Format>> = {
  4: { precision: 24, least: -149, beyond: 128 },
  8: { precision: 53, least: -1074, beyond: 1024 },
};

/** Further than any format reaches, also for a significand of many digits. */
const largestExponent = 20_000;

/**
 * The number `digits * base ^ exponent`, rounded to the nearest of the format, ties to the even one.
 *
 * @param size of the format in bytes: 4 (binary32) or 8 (binary64)
 */
export function roundFloat(digits: bigint, base: 2 | 10, exponent: number, size: 4 | 8): number {
  if (digits === 0n || exponent < -largestExponent) return 0;
  if (exponent > largestExponent) return Number.POSITIVE_INFINITY;
  const power = BigInt(base) ** BigInt(Math.abs(exponent));
  return roundQuotient(exponent < 0 ? digits : digits * power, exponent < 0 ? power : 1n, formats[size]);
}

/** An integer as a floating number, rounded once; by way of `double` a `float` would be rounded twice. */
export function floatOfInteger(value: Integer, size: 4 | 8): number {
  if (typeof value === "number") return size === 4 ? Math.fround(value) : value;
  const magnitude = roundFloat(value < 0n ? -value : value, 2, 0, size);
  return value < 0n ? -magnitude : magnitude;
}

function roundQuotient(numerator: bigint, denominator: bigint, format: Format): number {
  // the quotient has as many bits, or one less
  const bits = bitLength(numerator) - bitLength(denominator) + 1;
  for (const length of [bits - 1, bits]) {
    const unit = Math.max(length - format.precision, format.least);
    const scaled = unit < 0 ? numerator << BigInt(-unit) : numerator;
    const divisor = unit > 0 ? denominator << BigInt(unit) : denominator;
    let quotient = scaled / divisor;
    const twice = (scaled % divisor) * 2n;
    if (bitLength(quotient) > format.precision) continue;
    if (twice > divisor || (twice === divisor && (quotient & 1n) === 1n)) quotient += 1n;
    if (bitLength(quotient) + unit > format.beyond) return Number.POSITIVE_INFINITY;
    // both factors are exact, and so is the product: in two steps, as 2 ** unit alone may be too small
    const half = Math.trunc(unit / 2);
    return Number(quotient) * 2 ** half * 2 ** (unit - half);
  }
  throw new RangeError("a quotient has no more bits than its estimate");
}

function bitLength(value: bigint): number {
  return value === 0n
    ? 0
    : value.toString(16).length * 4 - Math.clz32(Number.parseInt(value.toString(16)[0]!, 16)) + 28;
}
