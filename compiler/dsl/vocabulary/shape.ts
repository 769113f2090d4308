/**
 * What may stand where. The compiler reads lines by these tables, messages suggest from them, and the editor completes
 * and explains by them: a word that is not here does not exist.
 */

/** What stands behind a word of a line. */
export type Takes =
  /** One number. */
  | "number"
  /** Numbers and ranges of numbers, with commas between. */
  | "ranges"
  /** A name, perhaps of something within something. */
  | "name";

export interface ClauseShape {
  readonly word: string;
  /** A second word that must follow, as in `mapped at`. */
  readonly then?: string;
  /** The clause that it is where it stands right behind another one. */
  readonly behind?: { readonly word: string; readonly is: string };
  readonly takes: Takes;
  /** What it says, without a full stop. */
  readonly says: string;
}

/** Flags and choices that go by the names of a profile's constants. */
export type WordVocabulary =
  | "memoryFlags"
  | "cacheFlags"
  | "cellFlags"
  | "systemFlags"
  | "consoleFlags"
  | "capabilityFlags";

/** What stands before the clauses. */
export type Lead =
  /** Nothing. */
  | "none"
  /** One value of some kind, or a list with commas. */
  | "values"
  /** Words that the statement reads by itself. */
  | "free";

/** The kinds of blocks. */
export type BlockPlace =
  | "file"
  | "system"
  | "cell"
  | "link"
  | "link-end"
  | "device"
  | "ivshmem"
  | "gic"
  | "x86"
  | "iommu"
  | "scenario"
  /** Nothing but raw fields. */
  | "raw";

export interface LineShape {
  readonly word: string;
  /** What it says, without a full stop. */
  readonly says: string;
  /** How it is written, with an example. */
  readonly example: string;
  /** A name or a text may stand first: `name` must be a name, `label` may be either. */
  readonly label?: "name" | "label";
  readonly lead?: Lead;
  readonly clauses?: readonly ClauseShape[];
  /** Words that stand for themselves. */
  readonly words?: readonly { readonly word: string; readonly says: string }[];
  readonly flags?: WordVocabulary;
  readonly block?: BlockPlace;
  /** Without its block it says nothing. */
  readonly needsBlock?: boolean;
  /** It says something that there is only one of: what a block says replaces what its fragments say. */
  readonly single?: boolean;
  /** It is written with `=`. */
  readonly assigns?: boolean;
}

export type Shapes = ReadonlyMap<string, LineShape>;

export function shapes(...lists: readonly (readonly LineShape[])[]): Shapes {
  return new Map(lists.flat().map((shape) => [shape.word, shape]));
}

export const clause = (word: string, takes: Takes, says: string, then?: string): ClauseShape =>
  then === undefined ? { word, takes, says } : { word, then, takes, says };

/** A line of one value, which stands once in a block. */
export const singleValue = (word: string, says: string, example: string): LineShape => ({
  word,
  says,
  example,
  lead: "values",
  single: true,
});
