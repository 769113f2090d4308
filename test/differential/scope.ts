import type { Choices } from "./choices.js";

/**
 * What the generator promises to exercise. Each case notes what it used, and the test asks for every one of them,
 * so that a generator that silently stops making something is found.
 */
export const features = [
  "object-like macro",
  "function-like macro",
  "stringify",
  "paste",
  "variadic macro",
  "__VA_OPT__",
  "self-referential macro",
  "#if expression",
  "#ifdef",
  "#elif",
  "#else",
  "#undef",
  "#include",
  "-include",
  "-D",
  "-U",
  "target macro",
  "line continuation",
  "comment",
  "__COUNTER__",
  "typedef",
  "enum",
  "struct",
  "union",
  "anonymous member",
  "bit-field",
  "array length expression",
  "zero-length array",
  "packed",
  "aligned",
  "static inline function",
  "_Static_assert",
  "cast",
  "shift",
  "ternary",
  "sizeof",
  "offsetof",
  "compound literal",
  "character constant",
  "string literal",
  "string concatenation",
  "designated initialiser",
  "nested designator",
  "positional initialiser",
  "range designator",
  "later wins",
  "brace elision",
  "empty braces",
  "excess elements",
  "over-aligned member",
  "_Alignas",
  "enum attribute",
  "redeclaration",
  "open array",
  "const read",
  "const copy",
  "wide literal",
  "fork struct",
  "several sections",
  "profile header",
  "changed header",
] as const;

export type Feature = (typeof features)[number];

/** A name (or call) with a value the generator knows: usable as a length, an index, a width. */
export interface KnownName {
  readonly text: string;
  readonly value: number;
  /** Also known to the preprocessor. */
  readonly macro: boolean;
}

export interface Define {
  readonly name: string;
  readonly body: string;
}

/**
 * What one generated program has declared so far. Every file-scope name begins with `@`, which is replaced by a
 * prefix of the case when it is written out, so that many cases can share a translation unit of gcc.
 */
export class Scope {
  readonly used = new Set<Feature>();
  /** Lines at the top of the main file. */
  readonly prelude: string[] = [];
  readonly files = new Map<string, string>();
  readonly defines: Define[] = [];
  readonly undefines: string[] = [];
  readonly forcedIncludes: string[] = [];
  readonly known: KnownName[] = [];
  /** Names of integer types that the program can use. */
  readonly typeNames: string[] = [];
  /** Those with an alignment beyond their size, which nothing can be an array of; a bit-field has up to `bits`. */
  readonly alignedNames: { readonly name: string; readonly bits: number }[] = [];
  /** Constant objects whose value an initialiser can name: scalars as expressions, others by type. */
  readonly reads: string[] = [];
  readonly copies: { readonly name: string; readonly type: object }[] = [];
  /** Calls of function-like macros that are integer constant expressions, fit for `#if` too. */
  readonly calls: ((depth: number, argument: (depth: number) => string) => string)[] = [];
  /** Expressions whose value is a string. */
  readonly strings: (() => string)[] = [];
  /** `offsetof`-like texts. */
  readonly offsets: string[] = [];
  /** Names of types other than integers, e.g. `struct @s1`. */
  readonly types: string[] = [];
  /** Names of objects, and macros that stand for expressions: `sizeof` takes them as they are. */
  readonly objects: string[] = [];
  /** The case cannot share a translation unit with others. */
  alone = false;
  /** Inside a macro body or argument: no directives. */
  inline = 0;
  private names = 0;

  constructor(readonly choices: Choices) {}

  use(...used: readonly Feature[]): void {
    for (const feature of used) this.used.add(feature);
  }

  fresh(kind: string): string {
    this.names += 1;
    return `@${kind}${this.names}`;
  }

  /** Runs `make` where no directive may be written. */
  withoutDirectives<T>(make: () => T): T {
    this.inline += 1;
    try {
      return make();
    } finally {
      this.inline -= 1;
    }
  }
}
