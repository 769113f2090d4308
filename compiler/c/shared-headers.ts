import type { SourceFile } from "../support/source.js";
import type { DeclaredNames } from "./declarations/declared-names.js";
import type { LexedFile } from "./preprocessor/lexer.js";
import { type Prelude, startsWith } from "./preprocessor/prelude.js";
import type { CompileCOptions } from "./unit.js";

/** A tree of configs has a handful of different beginnings; more are not worth their memory. */
const kept = 8;

/**
 * What configs that are compiled one after the other have in common: the headers at their top, preprocessed and
 * parsed once. Only headers of which there is nothing to report are kept, and only while every `#include` in them
 * leads to the same file, so that a config compiles to the same, down to the last finding, with it and without.
 */
export class SharedHeaders {
  private preludes: readonly Prelude[] = [];
  private readonly declared = new WeakMap<Prelude, DeclaredNames>();

  /** What is kept for the beginning of this file. */
  find(main: SourceFile, lexed: LexedFile, options: CompileCOptions): Prelude | undefined {
    return this.preludes.find((prelude) => startsWith(main, lexed, options, prelude));
  }

  keep(prelude: Prelude): void {
    this.preludes = [prelude, ...this.preludes.slice(0, kept - 1)];
  }

  /** The names that the prelude's tokens declare. */
  namesOf(prelude: Prelude): DeclaredNames | undefined {
    return this.declared.get(prelude);
  }

  keepNames(prelude: Prelude, names: DeclaredNames): void {
    this.declared.set(prelude, names);
  }
}
