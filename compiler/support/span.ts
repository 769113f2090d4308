import type { SourceFile } from "./source.js";

/** A half-open range of offsets in one file. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/**
 * One use of a macro. A token that came out of a macro has its spelling place in the macro's body (or argument)
 * and a chain of expansions that leads to the text the user wrote: `parent` is the expansion in which this use
 * itself was produced, null when the use stands in a file.
 */
export interface Expansion {
  readonly macro: string;
  /** Where the macro's name stands at this use. */
  readonly use: Span;
  /** Where the macro is defined; null for predefined macros and those of `-D`. */
  readonly definition: Span | null;
  readonly parent: Expansion | null;
}

/** The place in the user's file from which an expansion chain started. */
export function outermostUse(span: Span, expansion: Expansion | null): Span {
  let place = span;
  for (let step = expansion; step !== null; step = step.parent) place = step.use;
  return place;
}
