/** Findings with everything that a finding may have, and with texts that are hard on a report format. */

import fc from "fast-check";
import type { Diagnostic, Fix, Label, Note, Place } from "../../../compiler/diagnostics/diagnostic.js";
import type { Findings } from "../../../compiler/diagnostics/reporter.js";
import type { SuppressedFinding } from "../../../compiler/diagnostics/sarif.js";
import { SourceFile } from "../../../compiler/support/source.js";
import type { Expansion, Span } from "../../../compiler/support/span.js";

/** Lone surrogates stand for bytes that are no UTF-8; the others mean something in SARIF, in commands or on a terminal. */
const pieces = [
  ...'\ud800 \udc80 \udcff \n \r\n \t % %0A : , { } {0} [a](b) ]( \\ " \u202e \u0000 \u001b[31m é 𝄞 :: ::error:: # ? / .. . < >'.split(
    " ",
  ),
  " ",
  "word",
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.lorem({ maxCount: 6 }),
);

const path = fc.oneof(
  fc.constantFrom(
    "pc.c",
    "./pc.c",
    "dir/pc.c",
    "/abs/dir/pc.c",
    "<stdin>",
    "<built-in r14>/asm/a.h",
    "../up.c",
    "",
  ),
  hostileText,
);

const id = fc.oneof(
  fc.constantFrom("memory-region-overlap", "c-unknown", "irq-out-of-range"),
  hostileText.filter((text) => text !== ""),
);

const sourceFile = fc
  .record({ path, text: hostileText, builtin: fc.boolean() })
  .map((each) => new SourceFile(each.path, each.text, each.builtin));

const span: fc.Arbitrary<Span> = fc.tuple(sourceFile, fc.nat(), fc.nat()).map(([file, one, other]): Span => {
  const [a, b] = [one % (file.text.length + 1), other % (file.text.length + 1)];
  return { file, start: Math.min(a, b), end: Math.max(a, b) };
});

const expansion: fc.Arbitrary<Expansion | null> = fc
  .array(fc.tuple(hostileText, span), { maxLength: 3 })
  .map((uses) =>
    uses.reduce<Expansion | null>((parent, [macro, use]) => ({ macro, use, definition: null, parent }), null),
  );

const place: fc.Arbitrary<Place> = fc.oneof(
  fc.record({ kind: fc.constant("source" as const), span, expansion }),
  fc.record(
    {
      kind: fc.constant("binary" as const),
      file: path,
      offset: fc.nat(),
      length: fc.nat(64),
      field: fc.oneof(fc.constant("mem_regions[3].phys_start"), hostileText),
    },
    { requiredKeys: ["kind", "file", "offset", "length"] },
  ),
  fc.record({ kind: fc.constant("file" as const), file: path }),
);

const labelled: fc.Arbitrary<Label> = fc.record({ place, text: hostileText });
const note: fc.Arbitrary<Note> = fc.record({ message: hostileText, place }, { requiredKeys: ["message"] });
const fix: fc.Arbitrary<Fix> = fc.record({
  title: hostileText,
  edits: fc.array(fc.record({ span, newText: hostileText }), { maxLength: 3 }),
});

const severity = fc.constantFrom("error" as const, "warning" as const, "note" as const);

export const randomDiagnostic: fc.Arbitrary<Diagnostic> = fc.record(
  {
    id,
    severity,
    message: hostileText,
    primary: labelled,
    secondary: fc.array(labelled, { maxLength: 3 }),
    notes: fc.array(note, { maxLength: 3 }),
    why: hostileText,
    help: hostileText,
    fixes: fc.array(fix, { maxLength: 2 }),
  },
  { requiredKeys: ["id", "severity", "message", "secondary", "notes", "fixes"] },
);

export const randomFindings: fc.Arbitrary<Findings> = fc.record({
  diagnostics: fc.array(randomDiagnostic, { maxLength: 4 }),
  omitted: fc.array(fc.record({ file: path, severity, count: fc.integer({ min: 1, max: 1000 }) }), {
    maxLength: 2,
  }),
  counts: fc.constant({ error: 0, warning: 0, note: 0 }),
});

export const randomSuppressed: fc.Arbitrary<SuppressedFinding> = fc.record(
  { diagnostic: randomDiagnostic, reason: hostileText, place },
  { requiredKeys: ["diagnostic", "reason"] },
);

export const randomPath = path;
