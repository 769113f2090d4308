import type { Note, Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import type { Span } from "../../support/span.js";
import { TokenKind } from "../token.js";
import { IncludeError, type IncludeResolver } from "../unit.js";
import type { HeaderName } from "./directive.js";
import { messages } from "./messages.js";
import { endOfInput, type PpToken } from "./pp-token.js";
import { systemHeader, systemHeaderNames } from "./system-headers.js";

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

/** Finds a header: first with the user's resolver, then among the built-in ones. */
export function findHeader(
  includes: IncludeResolver,
  header: HeaderName,
  from: SourceFile,
): SourceFile | undefined {
  return includes.resolve(header.name, header.form, from) ?? systemHeader(header.name);
}

/** As {@link findHeader}, and says what is wrong where it finds nothing. */
export function requireHeader(
  includes: IncludeResolver,
  header: HeaderName,
  from: SourceFile,
  place: Span,
  report: Report,
): SourceFile | undefined {
  const { name, form } = header;
  try {
    const file = findHeader(includes, header, from);
    if (file === undefined) reportMissing(includes.searched(name, form, from), name, place, report);
    return file;
  } catch (error) {
    if (!(error instanceof IncludeError)) throw error;
    report(messages["c-include-unreadable"]({ name, problem: error.message }, at(place)));
    return undefined;
  }
}

const shownPlaces = 10;

function reportMissing(searched: readonly string[], name: string, place: Span, report: Report): void {
  const notes: Note[] = searched.slice(0, shownPlaces).map((where) => ({ message: `searched ${where}` }));
  if (searched.length > shownPlaces) {
    notes.push({ message: `and ${searched.length - shownPlaces} more places` });
  }
  report(
    messages["c-include-not-found"]({ name }, at(place), {
      notes,
      help: name.startsWith("jailhouse/")
        ? "give the headers of your Jailhouse version with -I, or choose a built-in one with --profile"
        : `give the directory that holds it with -I; built in are only ${systemHeaderNames.map((header) => `<${header}>`).join(", ")}`,
    }),
  );
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
