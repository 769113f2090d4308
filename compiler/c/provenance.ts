import type { Token } from "./token.js";

/** An index with this bit leads to a byte that several bit-fields wrote. */
const splitMark = 0x8000_0000;

/** Of one byte, the token numbers of its bits from the lowest; 0: none. */
type Split = readonly number[];

/**
 * For each byte of a compiled object, and for each bit of a byte that bit-fields share: the first token of the
 * initialiser expression that put it there, or none (it is zero because nothing was said about it).
 */
export class Provenance {
  private readonly tokens: Token[] = [];
  private readonly splits: Split[] = [];
  /** Numbers of the splits, by their content: few differ, however often a range repeats them. */
  private readonly splitNumbers = new Map<string, number>();
  /** For each byte 0, or the number of a token plus one, or the number of a split with `splitMark`. */
  private index: Uint32Array;
  /** What the indices of other objects have become here, so that no token is taken over twice. */
  private readonly taken = new Map<Provenance, Map<number, number>>();

  /** @param size of the object in bytes */
  constructor(size: number) {
    this.index = new Uint32Array(size);
  }

  /** Of the object in bytes. */
  get size(): number {
    return this.index.length;
  }

  /** How many tokens and splits are held: what this costs besides the object's size. */
  get entries(): number {
    return this.tokens.length + this.splits.length;
  }

  /** Makes the object larger (the new bytes come from nothing) or cuts it off. */
  resize(size: number): void {
    if (size <= this.index.length) {
      this.index = this.index.subarray(0, size);
      return;
    }
    const larger = new Uint32Array(size);
    larger.set(this.index);
    this.index = larger;
  }

  /** Frees what only further copies would need. */
  finish(): void {
    this.taken.clear();
    this.splitNumbers.clear();
  }

  /** Says that the bytes `start` (inclusive) to `end` (exclusive) were written by the expression at `token`. */
  record(start: number, end: number, token: Token): void {
    this.index.fill(this.numberOf(token), start, end);
  }

  /** The same of `width` bits from bit `bit` (0 .. 7) of the byte at `offset` on. */
  recordBits(offset: number, bit: number, width: number, token: Token): void {
    const number = this.numberOf(token);
    let first = bit;
    let left = width;
    for (let at = offset; left > 0; at++) {
      const end = Math.min(8, first + left);
      this.index[at] = end - first === 8 ? number : this.splitWith(this.index[at] ?? 0, first, end, number);
      left -= end - first;
      first = 0;
    }
  }

  /** Forgets what wrote the bytes: a later initialiser cleared them. */
  clear(start: number, end: number): void {
    this.index.fill(0, start, end);
  }

  /** Whether anything wrote one of the bytes `start` (inclusive) to `end` (exclusive). */
  isRecorded(start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      if (this.index[at] !== 0) return true;
    }
    return false;
  }

  /** The `length` bytes at `target` were copied from those at `source` of the same object. */
  copyWithin(target: number, source: number, length: number): void {
    this.index.copyWithin(target, source, source + length);
  }

  /** The `length` bytes at `target` were copied from those at `source` of another object. */
  copyFrom(other: Provenance, source: number, target: number, length: number): void {
    let taken = this.taken.get(other);
    if (taken === undefined) {
      taken = new Map();
      this.taken.set(other, taken);
    }
    let last = 0;
    let lastHere = 0;
    for (let at = 0; at < length; at++) {
      const index = other.index[source + at] ?? 0;
      // the bytes of one value stand side by side
      if (index !== last) {
        last = index;
        lastHere = index === 0 ? 0 : this.take(other, index, taken);
      }
      this.index[target + at] = lastHere;
    }
  }

  /**
   * What wrote the bit `bit` of the byte at `offset`, counted from the lowest; without a bit, what wrote the lowest
   * bit of the byte that anything wrote.
   */
  at(offset: number, bit?: number): Token | undefined {
    const index = this.index[offset] ?? 0;
    if (index < splitMark) return this.tokens[index - 1];
    const split = this.splits[index - splitMark]!;
    return this.tokens[(bit === undefined ? (split.find((number) => number !== 0) ?? 0) : split[bit]!) - 1];
  }

  private numberOf(token: Token): number {
    if (this.tokens.at(-1) !== token) this.tokens.push(token);
    return this.tokens.length;
  }

  /** The index for a byte that was `before` and whose bits `first` to `end` (exclusive) now come from a token. */
  private splitWith(before: number, first: number, end: number, number: number): number {
    const bits =
      before < splitMark ? new Array<number>(8).fill(before) : [...this.splits[before - splitMark]!];
    return this.splitOf(bits.fill(number, first, end));
  }

  private splitOf(bits: Split): number {
    const key = bits.join();
    let known = this.splitNumbers.get(key);
    if (known === undefined) {
      known = this.splits.length;
      this.splits.push(bits);
      this.splitNumbers.set(key, known);
    }
    return splitMark + known;
  }

  /** The index here of what has `index` in another object. */
  private take(other: Provenance, index: number, taken: Map<number, number>): number {
    let here = taken.get(index);
    if (here === undefined) {
      if (index < splitMark) {
        this.tokens.push(other.tokens[index - 1]!);
        here = this.tokens.length;
      } else {
        const split = other.splits[index - splitMark]!;
        here = this.splitOf(split.map((number) => (number === 0 ? 0 : this.take(other, number, taken))));
      }
      taken.set(index, here);
    }
    return here;
  }
}
