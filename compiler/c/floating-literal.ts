import { roundFloat } from "./types/round-float.js";

/** The values of C's floating constants, as gcc 12 reads them with `-std=gnu17`. */

export interface FloatingLiteral {
  /** Rounded once, to the nearest of its format; infinite where it is beyond it. */
  readonly value: number;
  /** Of its type in bytes: 4 with the suffix `f`, else 8. */
  readonly size: 4 | 8;
}

/** `d` is gcc's own suffix for what is `double` anyhow. */
const decimalForm = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?([fFdD]?)$/;
const hexadecimalForm = /^0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)([fFdD]?)$/;

/** Whether a preprocessing number is meant as a floating constant. */
export function isFloating(text: string): boolean {
  if (/^0[xX]/.test(text)) return /[.pP]/.test(text);
  return /[.eE]/.test(text) && !/^0[bB]/.test(text);
}

/** Undefined for what gcc refuses, and for the types cellc does not have (`1.5L`, `1.5i`, `1.5f128`). */
export function parseFloating(text: string): FloatingLiteral | undefined {
  const isHexadecimal = /^0[xX]/.test(text);
  const match = (isHexadecimal ? hexadecimalForm : decimalForm).exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0", suffix = ""] = match;
  if (whole === "" && fraction === "") return undefined;
  const size = /f/i.test(suffix) ? 4 : 8;
  const { digits, dropped } = significantDigits(whole + fraction);
  const places = dropped - fraction.length;
  const value = isHexadecimal
    ? roundFloat(BigInt(`0x${digits}`), 2, Number(exponent) + 4 * places, size)
    : roundFloat(BigInt(digits), 10, Number(exponent) + places, size);
  return { value, size };
}

/** More than the longest number half-way between two of binary64 has, which is 767. */
const mostDigits = 800;

/** The digits without leading zeros, and without those at the end that can only tell "half" from "more than half". */
function significantDigits(all: string): { digits: string; dropped: number } {
  const digits = all.replace(/^0+(?=.)/, "");
  if (digits.length <= mostDigits) return { digits, dropped: 0 };
  const isExact = /^0*$/.test(digits.slice(mostDigits));
  return {
    digits: `${digits.slice(0, mostDigits)}${isExact ? "0" : "1"}`,
    dropped: digits.length - mostDigits - 1,
  };
}
