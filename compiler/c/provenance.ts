import type { Token } from "./token.js";

/**
 * For each byte of a compiled object: the first token of the initialiser expression that put it there, or none
 * (the byte is zero because nothing was said about it).
 */
export class Provenance {
  private readonly tokens: Token[] = [];
  private readonly index: Uint32Array;

  /** @param size of the object in bytes */
  constructor(readonly size: number) {
    this.index = new Uint32Array(size);
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

  at(offset: number): Token | undefined {
    const index = this.index[offset];
    return index === undefined || index === 0 ? undefined : this.tokens[index - 1];
  }
}
