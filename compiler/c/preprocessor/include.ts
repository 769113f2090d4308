import type { Diagnostic, Note, Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import type { Span } from "../../support/span.js";
import { TokenKind } from "../token.js";
import type { IncludeResolver } from "../unit.js";
import type { Directive, HeaderName } from "./directive.js";
import type { Expander } from "./expander.js";
import { endOfInput, type PpToken } from "./pp-token.js";
import { systemHeader } from "./system-headers.js";

/** Where each header was first included: `from` is the `#include` line. */
export type IncludedFrom = ReadonlyMap<SourceFile, Span>;

/** The header named by tokens, e.g. after macro expansion; undefined where they name none. */
export function headerNameOf(next: () => PpToken): HeaderName | undefined {
  const first = next();
  if (first.kind === TokenKind.string && (first.text.startsWith('"') || first.text.startsWith("<"))) {
    return { name: first.text.slice(1, -1), form: first.text.startsWith("<") ? "angled" : "quoted" };
  }
  if (first.text !== "<") return undefined;
  const parts: string[] = [];
  for (;;) {
    const token = next();
    if (token === endOfInput) return undefined;
    if (token.text === ">") return { name: parts.join(""), form: "angled" };
    if (token.spaceBefore) parts.push(" ");
    parts.push(token.text);
  }
}

/** The header that an `#include` names, and the first token behind it that has no business there. */
export function headerOf(
  { header, tokens }: Directive,
  expander: Expander,
): { readonly header: HeaderName | undefined; readonly extra: PpToken | undefined } {
  if (header !== null) return { header, extra: tokens[1] };
  return expander.withLine(tokens, (next) => {
    const found = headerNameOf(() => next(false));
    const after = next(false);
    return { header: found, extra: after === endOfInput ? undefined : after };
  });
}

/** Finds a header: first with the user's resolver, then among the built-in ones. */
export function findHeader(
  includes: IncludeResolver,
  header: HeaderName,
  from: SourceFile,
): SourceFile | undefined {
  return includes.resolve(header.name, header.form, from) ?? systemHeader(header.name);
}

/** The same for all paths that lead to one file. */
export function identityOf(file: SourceFile): unknown {
  return file.identity ?? file;
}

/** Whether a finding says of a header that it cannot be had. */
export function isAboutHeaders({ id }: Diagnostic): boolean {
  return id === "c-include-not-found" || id === "c-include-unreadable";
}

const shownLevels = 8;

/** Notes that lead from a header to the file the user compiles. */
export function includeNotes(file: SourceFile, includedFrom: IncludedFrom): Note[] {
  const notes: Note[] = [];
  let from = includedFrom.get(file);
  while (from !== undefined && notes.length < shownLevels) {
    const { line } = from.file.position(from.start);
    notes.push({ message: `included from ${from.file.path}:${line}`, place: at(from) });
    from = includedFrom.get(from.file);
  }
  return notes;
}

/** Adds to each finding in a header the notes that say how the header was reached. */
export function withIncludeNotes(report: Report, includedFrom: IncludedFrom): Report {
  return (diagnostic) => {
    const place = diagnostic.primary?.place;
    const notes = place?.kind === "source" ? includeNotes(place.span.file, includedFrom) : [];
    report(notes.length === 0 ? diagnostic : { ...diagnostic, notes: [...diagnostic.notes, ...notes] });
  };
}
