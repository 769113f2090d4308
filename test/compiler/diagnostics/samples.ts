import type { Diagnostic, Label, SourcePlace } from "../../../compiler/diagnostics/diagnostic.js";
import type { SourceFile } from "../../../compiler/support/source.js";
import type { Expansion, Span } from "../../../compiler/support/span.js";

/** A diagnostic with the parts that a test is about. */
export function sample(parts: Partial<Diagnostic>): Diagnostic {
  return {
    id: "sample",
    severity: "error",
    message: "message",
    secondary: [],
    notes: [],
    fixes: [],
    ...parts,
  };
}

/** The first (or a later) occurrence of a text in a file. */
export function spanOfText(file: SourceFile, text: string, occurrence = 1): Span {
  let start = -1;
  for (let count = 0; count < occurrence; count += 1) start = file.text.indexOf(text, start + 1);
  if (start < 0) throw new Error(`no ${text} in ${file.path}`);
  return { file, start, end: start + text.length };
}

export function label(span: Span, text: string, expansion: Expansion | null = null): Label {
  const place: SourcePlace = { kind: "source", span, expansion };
  return { place, text };
}
