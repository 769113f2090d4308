import type { Expansion, Span } from "../support/span.js";

export type Severity = "error" | "warning" | "note";

/** A place in a text, with the macro uses that led there. */
export interface SourcePlace {
  readonly kind: "source";
  readonly span: Span;
  readonly expansion: Expansion | null;
}

/** A place in a binary file: byte offset and length, and the field's path, e.g. `mem_regions[3].phys_start`. */
export interface BinaryPlace {
  readonly kind: "binary";
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  readonly field?: string;
}

/** A file as a whole, e.g. one that cannot be read. */
export interface FilePlace {
  readonly kind: "file";
  readonly file: string;
}

export type Place = SourcePlace | BinaryPlace | FilePlace;

export interface Label {
  readonly place: Place;
  /** A few words under the mark; empty for a bare mark. */
  readonly text: string;
}

export interface Note {
  readonly message: string;
  readonly place?: Place;
}

/** A replacement of one span that mends the problem. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

/**
 * One finding. `message` says what is wrong with the values in it; `why` what it does to the machine or the build;
 * `help` what to do about it.
 */
export interface Diagnostic {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly primary?: Label;
  readonly secondary: readonly Label[];
  readonly notes: readonly Note[];
  readonly why?: string;
  readonly help?: string;
  readonly fixes: readonly Fix[];
}

/** Receives findings as they are made. */
export type Report = (diagnostic: Diagnostic) => void;

export function at(span: Span, expansion: Expansion | null = null): SourcePlace {
  return { kind: "source", span, expansion };
}

export function atFile(file: string): FilePlace {
  return { kind: "file", file };
}
