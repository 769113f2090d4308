import { expect } from "chai";
import fc from "fast-check";
import { parseFloating } from "../../../../compiler/c/floating-literal.js";
import { floatOfInteger, roundFloat } from "../../../../compiler/c/types/round-float.js";

const view = new DataView(new ArrayBuffer(8));

/** The next number of binary32 above a finite one that is not negative. */
function above(value: number): number {
  view.setFloat32(0, value);
  view.setUint32(0, view.getUint32(0) + 1);
  return view.getFloat32(0);
}

/** A finite number as an exact multiple of 2^-1200. */
function scaled(value: number): bigint {
  let exponent = 1200;
  let whole = value;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    exponent -= 1;
  }
  return BigInt(whole) << BigInt(exponent);
}

/** Of two neighbours in binary32 the one nearest to `numerator / denominator`, by comparing exact distances. */
function nearest(low: number, numerator: bigint, denominator: bigint): number {
  const high = above(low);
  const highest = high === Number.POSITIVE_INFINITY ? (2n ** 128n) << 1200n : scaled(high);
  const twice = (numerator << 1201n) - (scaled(low) + highest) * denominator;
  if (twice !== 0n) return twice > 0n ? high : low;
  view.setFloat32(0, low);
  return (view.getUint32(0) & 1) === 0 ? low : high;
}

const bits32 = fc.integer({ min: 0, max: 0x7f7f_ffff }).map((bits) => {
  view.setUint32(0, bits);
  return view.getFloat32(0);
});

describe("floating constants", () => {
  it("are rounded to binary64 as JavaScript reads decimal text", () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 40n });
    fc.assert(
      fc.property(digits, fc.integer({ min: -380, max: 330 }), (value, exponent) => {
        const text = `${value}e${exponent}`;
        expect(roundFloat(value, 10, exponent, 8)).to.equal(Number(text));
        expect(parseFloating(text)).to.deep.equal({ value: Number(text), size: 8 });
      }),
    );
  });

  it("are rounded to binary32 once: near the middle between two numbers, the nearer one or the even one", () => {
    const offset = fc.bigInt({ min: -2n, max: 2n });
    fc.assert(
      fc.property(bits32, offset, fc.integer({ min: 1, max: 300 }), (low, nudge, fine) => {
        const next = above(low);
        const top = next === Number.POSITIVE_INFINITY ? (2n ** 128n) << 1200n : scaled(next);
        const numerator = ((scaled(low) + top) << BigInt(fine - 1)) + nudge;
        const denominator = 1n << BigInt(1200 + fine);
        expect(roundFloat(numerator, 2, -1200 - fine, 4)).to.equal(nearest(low, numerator, denominator));
      }),
    );
  });

  it("are what they were when they are written exactly, in either base", () => {
    fc.assert(
      fc.property(bits32, (value) => {
        const exact = scaled(value);
        expect(roundFloat(exact, 2, -1200, 4)).to.equal(value);
        expect(roundFloat(exact * 5n ** 1200n, 10, -1200, 4)).to.equal(value);
        expect(roundFloat(exact, 2, -1200, 8)).to.equal(value);
        expect(parseFloating(`0x${exact.toString(16)}p-1200f`)).to.deep.equal({ value, size: 4 });
      }),
    );
  });

  it("of integers are rounded once", () => {
    // between two floats, and so near to their middle that a double would take it for the middle
    const value = 2n ** 53n + 2n ** 29n + 1n;
    expect(floatOfInteger(value, 4)).to.equal(2 ** 53 + 2 ** 30);
    expect(floatOfInteger(-value, 4)).to.equal(-(2 ** 53) - 2 ** 30);
    expect(floatOfInteger(value, 8)).to.equal(Number(value));
  });

  it("may be of any length and exponent, in bounded time", () => {
    const long = "9".repeat(1_000_000);
    expect(parseFloating(`0.${long}`)).to.deep.equal({ value: 1, size: 8 });
    expect(parseFloating(`${long}e-1000000`)).to.deep.equal({ value: 1, size: 8 });
    expect(parseFloating(`1e${long}`)).to.deep.equal({ value: Number.POSITIVE_INFINITY, size: 8 });
    expect(parseFloating(`1e-${long}`)).to.deep.equal({ value: 0, size: 8 });
    expect(parseFloating(`0x0p${long}f`)).to.deep.equal({ value: 0, size: 4 });
  });

  it("without a digit, or of a type that is not there, are none", () => {
    for (const text of ["0xp1", "0x.p1", ".e1", "1.5L", "1.5x", "0x1.5", "1e", "1e+", "1.2.3", "0b1.5"]) {
      expect(parseFloating(text), text).to.equal(undefined);
    }
  });
});
