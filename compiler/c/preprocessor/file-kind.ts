import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { at, atFile } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { isBinaryConfig, isPlainlyJail, isUtf16 } from "../../support/text-kind.js";
import type { LexedFile } from "./lexer.js";
import { messages } from "./messages.js";

/** Files that are no C at all, where every further word would be noise. */

/** Why nothing of the file can be read; undefined for what may be C. */
export function wrongFileKind(file: SourceFile): Diagnostic | undefined {
  const { text, path } = file;
  if (isUtf16(text)) return messages["c-utf-16"]({}, atFile(path));
  if (isBinaryConfig(text)) return messages["c-binary-config"]({}, atFile(path));
  if (isPlainlyJail(text)) return messages["c-cell-language"]({}, atFile(path));
  return undefined;
}

const markers = /^(?:<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)(?=[ \r\n]|$)/gm;
const shownMarkers = 5;

/** The marks that a merge leaves where it met a conflict; undefined where there are none outside comments. */
export function mergeConflict({ file, tokens }: LexedFile): Diagnostic | undefined {
  if (!file.text.includes("<<<<<<< ")) return undefined;
  const starts = new Set(tokens.map(({ start }) => start));
  const found: { start: number; end: number }[] = [];
  for (const { 0: text, index } of file.text.matchAll(markers)) {
    if (starts.has(index)) found.push({ start: index, end: index + text.length });
    if (found.length === shownMarkers) break;
  }
  const [first, ...others] = found.map((span) => at({ file, ...span }));
  if (first === undefined || file.text[first.span.start] !== "<") return undefined;
  return messages["c-merge-conflict"]({}, first, {
    secondary: others.map((place) => ({ place, text: "" })),
  });
}
