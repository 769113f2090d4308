import type { Report } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../support/source.js";
import type { Span } from "../support/span.js";
import type { Provenance } from "./provenance.js";
import type { SharedHeaders } from "./shared-headers.js";
import type { CompileOptions } from "./target.js";

/** Finds the text behind `#include`. The same file must always give the same `SourceFile` object. */
export interface IncludeResolver {
  /** Undefined where no such file exists on the search path. May throw an `IncludeError` for a file it cannot read. */
  resolve(name: string, form: "angled" | "quoted", from: SourceFile): SourceFile | undefined;
  /** The directories and other places that were searched, for the message. */
  searched(name: string, form: "angled" | "quoted", from: SourceFile): readonly string[];
  /** A sentence on a place where the user may expect the header and that was left out. */
  leftOut?(name: string, form: "angled" | "quoted", from: SourceFile): string | undefined;
}

/** A file that exists but cannot be read (permissions, a directory, too large). */
export class IncludeError extends Error {}

export interface CompileCOptions extends CompileOptions {
  /** `-include`, in order, before the first line of the file. */
  readonly forcedIncludes: readonly SourceFile[];
  readonly includes: IncludeResolver;
  readonly report: Report;
  /** Given to all configs that are compiled one after the other, has headers read once that many of them include. */
  readonly sharedHeaders?: SharedHeaders | undefined;
  /**
   * What is known elsewhere of a struct member that the config's headers lack, as help for the user: the states of the
   * format that have it. `struct` is the tag, null for an anonymous struct. See `known-elsewhere.ts`.
   */
  readonly explainMember?: Explain<[struct: string | null, member: string]> | undefined;
  /** The same for a constant or macro that is not defined. */
  readonly explainConstant?: Explain<[name: string]> | undefined;
}

/** A sentence for the user, or undefined where there is nothing to say. Called only once something is wrong. */
export type Explain<Subject extends readonly unknown[]> = (...subject: Subject) => string | undefined;

/** A struct member as the user's headers lay it out; offsets and sizes in bytes. */
export interface CMember {
  /** Null for an anonymous struct or union. */
  readonly name: string | null;
  /** Of a bit-field: of the first byte it touches. */
  readonly offset: number;
  /** Of a bit-field: how many bytes it touches. */
  readonly size: number;
  /** Of a bit-field: its lowest bit counted from `offset`, and its width. */
  readonly bits?: { readonly offset: number; readonly width: number };
  readonly isArray?: true;
  /** Where it is a struct or union, or an array of such. */
  readonly layout?: CLayout;
}

/** A struct or union as laid out by the user's headers. Unnamed bit-fields are left out. */
export interface CLayout {
  readonly tag: string | null;
  /** In bytes; 1 of a packed struct. */
  readonly alignment: number;
  readonly size: number;
  readonly members: readonly CMember[];
}

/** One object that gcc and objcopy would write, with its bytes. */
export interface ConfigObject {
  readonly name: string;
  /** Of `__attribute__((section("...")))`; null for the default section. */
  readonly section: string | null;
  readonly bytes: Uint8Array;
  /** Of its struct; null where it is none. */
  readonly layout: CLayout | null;
  readonly provenance: Provenance;
  /** Where its name stands. */
  readonly span: Span;
}

/** What one C file compiles to. Where `report` received an error, `objects` may be incomplete and must not be written. */
export interface CUnit {
  /**
   * In the order of the file. Left out are objects without bytes, and `static` ones that gcc drops at -O2 because
   * nothing uses them (no section of their own, neither `used` nor `volatile`) where others remain.
   */
  readonly objects: readonly ConfigObject[];
  /** The layout of each tagged struct and union the unit saw, as laid out by its own headers: tag to top-level members. */
  readonly structs: ReadonlyMap<string, CLayout>;
  /** The value of a macro that is a number or a shifted one, as flags are; undefined for others. */
  constant(name: string): bigint | undefined;
  /** Every file that was read, in order of first use, the main file first; built-in headers included. */
  readonly files: readonly SourceFile[];
}
