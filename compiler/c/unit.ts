import type { Report } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../support/source.js";
import type { Span } from "../support/span.js";
import type { Provenance } from "./provenance.js";
import type { CompileOptions } from "./target.js";

/** Finds the text behind `#include`. The same file must always give the same `SourceFile` object. */
export interface IncludeResolver {
  /** Undefined where no such file exists on the search path. May throw an `IncludeError` for a file it cannot read. */
  resolve(name: string, form: "angled" | "quoted", from: SourceFile): SourceFile | undefined;
  /** The places that were searched, for the message. */
  searched(name: string, form: "angled" | "quoted", from: SourceFile): readonly string[];
}

/** A file that exists but cannot be read (permissions, a directory, too large). */
export class IncludeError extends Error {}

export interface CompileCOptions extends CompileOptions {
  /** `-include`, in order, before the first line of the file. */
  readonly forcedIncludes: readonly SourceFile[];
  readonly includes: IncludeResolver;
  readonly report: Report;
}

/** A struct member as the user's headers lay it out; offsets and sizes in bytes. */
export interface CMember {
  readonly name: string | null;
  readonly offset: number;
  readonly size: number;
}

/** One initialised object with a struct type: the bytes that gcc and objcopy would make of it. */
export interface ConfigObject {
  readonly name: string;
  /** Of `__attribute__((section("...")))`; null for the default section. */
  readonly section: string | null;
  readonly bytes: Uint8Array;
  readonly provenance: Provenance;
  /** Where its name stands. */
  readonly span: Span;
}

/** What one C file compiles to. Where `report` received an error, `objects` may be incomplete and must not be written. */
export interface CUnit {
  readonly objects: readonly ConfigObject[];
  /** The layout of each tagged struct and union the unit saw, as laid out by its own headers: tag to top-level members. */
  readonly structs: ReadonlyMap<string, { readonly size: number; readonly members: readonly CMember[] }>;
  /** Every file that was read, in order of first use, the main file first; built-in headers included. */
  readonly files: readonly SourceFile[];
}
