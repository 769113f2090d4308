/**
 * Diagnostics for tools, as one JSON object. The form is stable: `version` grows when a member changes its meaning;
 * new members may appear at any time. Described in schema/json/diagnostics.schema.json.
 */

import type { Diagnostic, Label, Place, Severity } from "./diagnostic.js";
import { expansionNotes, fileOf, shownSpan } from "./render-place.js";
import type { Findings } from "./reporter.js";

export const jsonVersion = 1;

/** Lines and columns are 1-based (UTF-16 units), `start` and `end` 0-based UTF-16 offsets, `end` exclusive. */
export interface JsonPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly start?: number;
  readonly end?: number;
  /** True for a text that cellc carries itself: `file` names no file on disk. */
  readonly builtin?: true;
  /** A place in a binary file: offset and length in bytes, and the field's path. */
  readonly byteOffset?: number;
  readonly byteLength?: number;
  readonly field?: string;
}

export interface JsonDiagnostic extends Partial<JsonPlace> {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly label?: string;
  readonly related: readonly (JsonPlace & { readonly message: string })[];
  readonly notes: readonly (Partial<JsonPlace> & { readonly message: string })[];
  readonly why?: string;
  readonly help?: string;
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly (JsonPlace & { readonly newText: string })[];
  }[];
}

export interface JsonFindings {
  readonly version: number;
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly notes: number;
    /** Findings beyond the limit per file, which `diagnostics` does not list. */
    readonly omitted: number;
  };
}

export function findingsToJson(findings: Findings): JsonFindings {
  const { counts } = findings;
  return {
    version: jsonVersion,
    diagnostics: findings.diagnostics.map(diagnosticToJson),
    summary: {
      errors: counts.error,
      warnings: counts.warning,
      notes: counts.note,
      omitted: findings.omitted.reduce((sum, { count }) => sum + count, 0),
    },
  };
}

export function diagnosticToJson(diagnostic: Diagnostic): JsonDiagnostic {
  const { primary } = diagnostic;
  return {
    id: diagnostic.id,
    severity: diagnostic.severity,
    message: diagnostic.message,
    ...(primary === undefined ? {} : placeToJson(primary.place)),
    ...(primary === undefined || primary.text === "" ? {} : { label: primary.text }),
    related: diagnostic.secondary.map((label: Label) => ({
      ...placeToJson(label.place),
      message: label.text,
    })),
    notes: [...(primary === undefined ? [] : expansionNotes(primary.place)), ...diagnostic.notes].map(
      (note) => ({
        ...(note.place === undefined ? {} : placeToJson(note.place)),
        message: note.message,
      }),
    ),
    ...(diagnostic.why === undefined ? {} : { why: diagnostic.why }),
    ...(diagnostic.help === undefined ? {} : { help: diagnostic.help }),
    fixes: diagnostic.fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map(({ span, newText }) => ({
        ...placeToJson({ kind: "source", span, expansion: null }),
        newText,
      })),
    })),
  };
}

/** As in the JSON of findings. */
export function placeToJson(place: Place): JsonPlace {
  const file = fileOf(place);
  if (place.kind === "file") return { file };
  if (place.kind === "binary") {
    return {
      file,
      byteOffset: place.offset,
      byteLength: place.length,
      ...(place.field === undefined ? {} : { field: place.field }),
    };
  }
  const { file: source, start, end } = shownSpan(place);
  const from = source.position(start);
  const to = source.position(end);
  return {
    file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    start,
    end,
    ...(source.builtin ? { builtin: true as const } : {}),
  };
}
