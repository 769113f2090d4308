import type { SourceFile } from "../../support/source.js";

/**
 * The tree of a source file, as written: no name is resolved and no word has a meaning yet. Offsets are UTF-16 indices
 * into the text of the file, half-open.
 */

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What one `.jail` file says. */
export interface FileTree {
  readonly source: SourceFile;
  /** In the order of the text. */
  readonly declarations: readonly Statement[];
  readonly comments: readonly Comment[];
}

export interface Comment extends Place {
  readonly kind: "line" | "block";
}

/** A line: a word, what belongs to it, and perhaps a block. */
export interface Statement extends Place {
  /** Where the word is missing, one name without text; the statement is then damaged. */
  readonly head: Path;
  /** What stands behind the head: `at 0x1000 size 4K rw` has five items. */
  readonly items: readonly Item[];
  /** What stands behind `=`: at least one. */
  readonly value: readonly Range[] | null;
  readonly block: Block | null;
  readonly branches: readonly Branch[];
  /** A part of it could not be read; what is wrong has been reported. */
  readonly damaged: boolean;
}

export interface Block extends Place {
  readonly statements: readonly Statement[];
}

/** `else { ... }` or `else if CONDITION { ... }`. */
export interface Branch extends Place {
  readonly items: readonly Item[];
  readonly block: Block;
}

/** One value, or all from one value to another, both included. */
export interface Range extends Place {
  readonly from: Expression;
  readonly to: Expression | null;
}

/** One of the things in a line: a word, a value or a range. What a comma joins to a list is for the word to say. */
export interface Item extends Range {
  readonly afterComma: boolean;
}

/** Parentheses around one belong to its place. */
export type Expression =
  | NumberLiteral
  | TextLiteral
  | AddressLiteral
  | Path
  | Call
  | List
  | Unary
  | Binary
  | Conditional;

export interface NumberLiteral extends Place {
  readonly kind: "number";
  /** 0..2^64-1 */
  readonly value: bigint;
}

export interface TextLiteral extends Place {
  readonly kind: "text";
  /** Decoded as `schema/text.ts` does, so that it can hold any bytes. */
  readonly value: string;
}

export interface AddressLiteral extends Place {
  readonly kind: "address";
  /** 0..0xffff, null where the literal names none. */
  readonly domain: number | null;
  /** Bus in bits 15..8, device in 7..3, function in 2..0. */
  readonly bdf: number;
}

/** A name, or the name of something within something. */
export interface Path extends Place {
  readonly kind: "path";
  /** At least one. */
  readonly names: readonly NameUse[];
}

export interface NameUse extends Place {
  readonly text: string;
}

export interface Call extends Place {
  readonly kind: "call";
  readonly target: Path;
  readonly arguments: readonly Argument[];
}

export interface Argument extends Place {
  readonly name: NameUse | null;
  readonly value: Expression;
}

export interface List extends Place {
  readonly kind: "list";
  readonly ranges: readonly Range[];
}

export interface Unary extends Place {
  readonly kind: "unary";
  readonly operator: "!" | "~";
  readonly operand: Expression;
}

export const binaryOperators = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<", "<=", ">", ">="],
  ["|"],
  ["^"],
  ["&"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
] as const;

export type BinaryOperator = (typeof binaryOperators)[number][number];

export interface Binary extends Place {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional extends Place {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
