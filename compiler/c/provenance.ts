import type { Token } from "./token.js";

/**
 * For each byte of a compiled object: the first token of the initialiser expression that put it there, or none
 * (the byte is zero because nothing was said about it).
 */
export class Provenance {
  private readonly tokens: Token[] = [];
  private index: Uint32Array;

  /** @param size of the object in bytes */
  constructor(size: number) {
    this.index = new Uint32Array(size);
  }

  /** Of the object in bytes. */
  get size(): number {
    return this.index.length;
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

  /** Says that the bytes `start` (inclusive) to `end` (exclusive) were written by the expression at `token`. */
  record(start: number, end: number, token: Token): void {
    if (this.tokens.at(-1) !== token) this.tokens.push(token);
    this.index.fill(this.tokens.length, start, end);
  }

  /** Forgets what wrote the bytes: a later initialiser cleared them. */
  clear(start: number, end: number): void {
    this.index.fill(0, start, end);
  }

  /** The `length` bytes at `target` were copied from those at `source` of the same object. */
  copyWithin(target: number, source: number, length: number): void {
    this.index.copyWithin(target, source, source + length);
  }

  /** The `length` bytes at `target` were copied from those at `source` of another object. */
  copyFrom(other: Provenance, source: number, target: number, length: number): void {
    const base = this.tokens.length;
    for (const token of other.tokens) this.tokens.push(token);
    for (let at = 0; at < length; at++) {
      const index = other.index[source + at] ?? 0;
      this.index[target + at] = index === 0 ? 0 : base + index;
    }
  }

  at(offset: number): Token | undefined {
    const index = this.index[offset];
    return index === undefined || index === 0 ? undefined : this.tokens[index - 1];
  }
}
