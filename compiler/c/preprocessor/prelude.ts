import type { SourceFile } from "../../support/source.js";
import type { Span } from "../../support/span.js";
import type { CompileCOptions, IncludeResolver } from "../unit.js";
import { lineOf } from "./directive.js";
import { type LexedFile, lexFile } from "./lexer.js";
import type { KnownMacros } from "./macro-table.js";
import type { PpToken } from "./pp-token.js";

/**
 * What stands before a config's own text: the macros of the command line, the forced includes, and the `#include`
 * lines at its top. Nearly all configs of a tree begin with the same ones, and what reading them gives is kept for
 * the next config that does, as compilers do with precompiled headers.
 */
export interface Prelude {
  readonly options: PreludeOptions;
  /** Everything that was asked of the resolver: with the same answers, reading it again would do the same again. */
  readonly questions: readonly Question[];
  /** How many `#include` lines it takes from the main file. */
  readonly includes: number;
  readonly tokens: readonly PpToken[];
  /** Without the main file, in order of first use. */
  readonly files: readonly SourceFile[];
  /** The line that first reached each header; for those of the main file their number, from 0. */
  readonly includedFrom: ReadonlyMap<SourceFile, Span | number>;
  /** What must not be read a second time. */
  readonly once: ReadonlySet<unknown>;
  readonly counter: number;
  readonly entered: number;
  readonly sourceTokens: number;
  readonly expander: ExpanderState;
}

/** What an expander knows between two directives. */
export interface ExpanderState {
  readonly macros: KnownMacros;
  readonly expandedTokens: number;
  readonly madeText: number;
}

type PreludeOptions = Pick<CompileCOptions, "target" | "macros" | "forcedIncludes">;

interface Question {
  readonly name: string;
  readonly form: "angled" | "quoted";
  /** Null for the main file. */
  readonly from: SourceFile | null;
  readonly answer: SourceFile | undefined;
}

/** The number of `#include` lines that stand before all else in a file and name their headers directly. */
export function leadingIncludes({ directives }: LexedFile): number {
  let count = 0;
  for (const { name, at, header, tokens } of directives) {
    if (at > 0 || name !== "include" || header === null || header.name === "" || tokens.length > 1) break;
    count++;
  }
  return count;
}

/** Whether reading the file would start as the prelude did when it was read. */
export function startsWith(
  main: SourceFile,
  lexed: LexedFile,
  options: CompileCOptions,
  prelude: Prelude,
): boolean {
  return (
    leadingIncludes(lexed) === prelude.includes &&
    isSameStart(options, prelude.options) &&
    !prelude.files.includes(main) &&
    getSameAnswers(main, lexed, options.includes, prelude)
  );
}

function isSameStart(one: PreludeOptions, other: PreludeOptions): boolean {
  return (
    one.target === other.target &&
    isSameList(one.forcedIncludes, other.forcedIncludes) &&
    (one.macros === other.macros || JSON.stringify(one.macros) === JSON.stringify(other.macros))
  );
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function getSameAnswers(
  main: SourceFile,
  { directives }: LexedFile,
  includes: IncludeResolver,
  prelude: Prelude,
): boolean {
  let line = 0;
  return prelude.questions.every(({ name, form, from, answer }) => {
    if (from === null) {
      const header = directives[line++]?.header;
      if (header?.name !== name || header.form !== form) return false;
    }
    try {
      return includes.resolve(name, form, from ?? main) === answer;
    } catch {
      // asked once more where it matters, the resolver says what is wrong
      return false;
    }
  });
}

/** The line that first reached each header, where the prelude stands in this file. */
export function includedFromIn(lexed: LexedFile, prelude: Prelude): [SourceFile, Span][] {
  return [...prelude.includedFrom].map(([file, from]) => [
    file,
    typeof from === "number" ? lineOf(lexed.directives[from]!).span : from,
  ]);
}

/** The reverse of {@link includedFromIn}. */
export function numberedLines(
  lexed: LexedFile,
  includedFrom: ReadonlyMap<SourceFile, Span>,
): ReadonlyMap<SourceFile, Span | number> {
  const numbered = new Map<SourceFile, Span | number>();
  for (const [file, from] of includedFrom) {
    const isMain = from.file === lexed.file;
    numbered.set(file, isMain ? lexed.directives.findIndex(({ hash }) => hash.start === from.start) : from);
  }
  return numbered;
}

export function usesDigraphs({ files }: Pick<Prelude, "files">): boolean {
  return files.some((file) => lexFile(file).digraphs);
}

/** A resolver that notes what it is asked, until told otherwise. */
export class NotedIncludes implements IncludeResolver {
  private noted: Question[] | null = [];
  private hasFailed = false;

  constructor(
    private readonly includes: IncludeResolver,
    private readonly main: SourceFile,
  ) {}

  resolve(name: string, form: "angled" | "quoted", from: SourceFile): SourceFile | undefined {
    let answer: SourceFile | undefined;
    try {
      answer = this.includes.resolve(name, form, from);
    } catch (error) {
      // no later answer is the same as a failure, which `__has_include` passes over in silence
      this.hasFailed = true;
      throw error;
    }
    this.noted?.push({ name, form, from: from === this.main ? null : from, answer });
    return answer;
  }

  searched(name: string, form: "angled" | "quoted", from: SourceFile): readonly string[] {
    return this.includes.searched(name, form, from);
  }

  leftOut(name: string, form: "angled" | "quoted", from: SourceFile): string | undefined {
    return this.includes.leftOut?.(name, form, from);
  }

  /** What was asked so far, undefined where not all was answered; from now on nothing is noted. */
  end(): readonly Question[] | undefined {
    const { noted } = this;
    this.noted = null;
    return this.hasFailed ? undefined : (noted ?? []);
  }
}
