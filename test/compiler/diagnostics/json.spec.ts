import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import { findingsToJson } from "../../../compiler/diagnostics/json.js";
import { Reporter } from "../../../compiler/diagnostics/reporter.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { cellc } from "../../support/cli-runner.js";
import { label, sample, spanOfText } from "./samples.js";

describe("diagnostics as JSON", () => {
  it("has places as lines, columns and offsets, with labels, notes and fixes", () => {
    const file = new SourceFile("a.c", "int x;\nint bad = wrong;\n");
    const span = spanOfText(file, "wrong");
    const reporter = new Reporter();
    reporter.report(
      sample({
        id: "c-unknown",
        message: "unknown",
        primary: label(span, "here"),
        secondary: [label(spanOfText(file, "bad"), "for this")],
        notes: [{ message: "a note" }],
        why: "because",
        help: "do",
        fixes: [{ title: "replace", edits: [{ span, newText: "right" }] }],
      }),
    );
    const place = { file: "a.c", line: 2, column: 11, endLine: 2, endColumn: 16, start: 17, end: 22 };
    expect(findingsToJson(reporter.findings())).to.deep.equal({
      version: 1,
      diagnostics: [
        {
          id: "c-unknown",
          severity: "error",
          message: "unknown",
          ...place,
          label: "here",
          related: [
            {
              file: "a.c",
              line: 2,
              column: 5,
              endLine: 2,
              endColumn: 8,
              start: 11,
              end: 14,
              message: "for this",
            },
          ],
          notes: [{ message: "a note" }],
          why: "because",
          help: "do",
          fixes: [{ title: "replace", edits: [{ ...place, newText: "right" }] }],
        },
      ],
      summary: { errors: 1, warnings: 0, notes: 0, omitted: 0 },
    });
  });

  it("has places in binaries as byte offsets", () => {
    const reporter = new Reporter();
    const place = { kind: "binary", file: "x.cell", offset: 44, length: 8, field: "size" } as const;
    reporter.report(sample({ severity: "warning", primary: { place, text: "" } }));
    const [diagnostic] = findingsToJson(reporter.findings()).diagnostics;
    expect(diagnostic).to.include({ file: "x.cell", byteOffset: 44, byteLength: 8, field: "size" });
    expect(diagnostic).not.to.have.property("line");
  });

  it("follows the published schema, whatever the command", async () => {
    const file = path.resolve(import.meta.dirname, "../../../../schema/json/diagnostics.schema.json");
    const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
      JSON.parse(readFileSync(file, "utf8")),
    );
    const files = {
      "good.c": "struct { char a; } x = { 300 };",
      "bad.c": "#define M(a) (a + b)\nstruct { int a; } x = { .c = M(1) };\n#include <no.h>\n",
      "bad.cell": "JHCLL\0\u000e\0",
      "one.jail":
        'architecture x86\ncell a { cpus 1 }\ncell b { cpus 1; memory at 0x800 size 4K mapped at 0 r }\nallow cpu-overlap-cells because "alternatives"\n',
    };
    const texts = [
      (await cellc(["build", "--no-check", "good.c", "--format", "json"], files)).out,
      (await cellc(["build", "--no-check", "bad.c", "--format", "json"], files)).out,
      (await cellc(["decode", "bad.cell", "--format", "json"], files)).error,
      (await cellc(["check", "one.jail", "bad.cell", "--format", "json"], files)).out,
    ];
    for (const text of texts) {
      const findings = JSON.parse(text);
      expect(validate(findings), JSON.stringify(validate.errors)).to.equal(true);
      expect(findings.diagnostics).not.to.deep.equal([]);
    }
    expect(validate({ version: 1, diagnostics: [{ id: "x" }], summary: {} })).to.equal(false);
  });
});
