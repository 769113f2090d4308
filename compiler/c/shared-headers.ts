import type { SourceFile } from "../support/source.js";
import type { DeclaredNames } from "./declarations/declared-names.js";
import type { LexedFile } from "./preprocessor/lexer.js";
import { type Prelude, startsWith } from "./preprocessor/prelude.js";
import type { CompileCOptions } from "./unit.js";

/** A tree of configs has a handful of different beginnings; more are not worth their memory. */
const most = 8;

interface Kept {
  readonly prelude: Prelude;
  /** What its tokens declare; undefined where that was not read yet, or cannot be shared. */
  names: DeclaredNames | undefined;
}

/**
 * What configs that are compiled one after the other have in common: the headers at their top, preprocessed and
 * parsed once. Only headers of which there is nothing to report are kept, and only while every `#include` in them
 * leads to the same file, so that a config compiles to the same, down to the last finding, with it and without.
 */
export class SharedHeaders {
  /** The one used last first. */
  private kept: readonly Kept[] = [];

  /** What is kept for the beginning of this file. */
  find(main: SourceFile, lexed: LexedFile, options: CompileCOptions): Prelude | undefined {
    const found = this.kept.find(({ prelude }) => startsWith(main, lexed, options, prelude));
    if (found !== undefined) this.kept = [found, ...this.kept.filter((each) => each !== found)];
    return found?.prelude;
  }

  keep(prelude: Prelude): void {
    this.kept = [{ prelude, names: undefined }, ...this.kept.slice(0, most - 1)];
  }

  namesOf(prelude: Prelude): DeclaredNames | undefined {
    return this.kept.find((each) => each.prelude === prelude)?.names;
  }

  keepNames(prelude: Prelude, names: DeclaredNames): void {
    const kept = this.kept.find((each) => each.prelude === prelude);
    if (kept !== undefined) kept.names = names;
  }
}
