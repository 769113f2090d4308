import type { Expansion, Span } from "../support/span.js";

/** Where a value of the IR came from. */
export type Origin =
  | {
      readonly kind: "source";
      readonly span: Span;
      readonly expansion: Expansion | null;
      /** Of a node as a whole, where the language has names for such things. */
      readonly called?: SourceName;
    }
  | { readonly kind: "binary"; readonly file: string; readonly offset: number; readonly length: number }
  | { readonly kind: "document"; readonly file: string; readonly pointer: string }
  /** Not written anywhere: zero because the source says nothing, or computed. */
  | { readonly kind: "implied"; readonly reason: string };

/** What the author of a source calls a thing, for messages. */
export interface SourceName {
  /** The word that its statement begins with: `memory`, `link`, `device`. */
  readonly word: string;
  /** As it is written, texts in their quotes; null where the statement gives it none. */
  readonly name: string | null;
  /** Which section of a shared-memory device a region is, in their order. */
  readonly section?: number;
}

/** Bits of a little-endian integer: the lowest of them, counted from the integer's lowest, and how many they are. */
export interface BitRange {
  readonly first: number;
  readonly width: number;
}

/**
 * Finds the origin of the bytes at `offset`, or of some bits of the integer that lies there: how the origin of a C
 * file reaches the IR through the bytes.
 */
export type OriginOfBytes = (offset: number, length: number, bits?: BitRange) => Origin;
