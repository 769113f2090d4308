import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import fc from "fast-check";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { findingsPerFile, Reporter } from "../../../compiler/diagnostics/reporter.js";
import {
  findingsToSarif,
  type RuleDescription,
  type SarifOptions,
} from "../../../compiler/diagnostics/sarif.js";
import type { SarifLog, SarifResult, SarifRun } from "../../../compiler/diagnostics/sarif-types.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { sarifFormats, sarifSchema } from "../../support/sarif-schema.js";
import "../../support/seed.js";
import { hostileText, randomFindings, randomPath, randomSuppressed } from "./random-findings.js";
import { label, sample, spanOfText } from "./samples.js";

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, formats: sarifFormats });
const validate = ajv.compile<SarifLog>(sarifSchema);

/** A log that follows the schema and whose indices lead to what they name. */
function expectValid(log: unknown): asserts log is SarifLog {
  // Readers see what JSON makes of the log: members that are undefined must not count.
  const read: unknown = JSON.parse(JSON.stringify(log));
  expect(read).to.deep.equal(log);
  if (!validate(read)) throw new Error(JSON.stringify(validate.errors));
  for (const run of read.runs) expectConsistent(run);
}

function expectConsistent(run: SarifRun): void {
  const { rules } = run.tool.driver;
  expect(new Set(rules.map((rule) => rule.id)).size).to.equal(rules.length);
  const used = new Set(run.results.map((result) => result.ruleIndex));
  expect([...used].sort((a, b) => a - b)).to.deep.equal(rules.map((_, index) => index));
  for (const result of run.results) expect(rules[result.ruleIndex]!.id).to.equal(result.ruleId);
  walk(run, (text, key, owner) => {
    expect(text, "a lone surrogate").not.to.match(/[\ud800-\udfff]/u);
    if (key !== "uri" || !("index" in owner)) return;
    const { location } = run.artifacts[Number(owner.index)]!;
    expect(owner).to.deep.equal(location);
  });
  const suppressible = run.results.filter((result) => result.suppressions !== undefined).length;
  expect([0, run.results.length]).to.include(suppressible);
}

/** Calls back for each string of a value, with its key and the object that holds it. */
function walk(
  value: unknown,
  visit: (text: string, key: string, owner: Readonly<Record<string, unknown>>) => void,
): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === "string") visit(member, key, value as Record<string, unknown>);
    else walk(member, visit);
  }
}

const options: SarifOptions = { version: "0.1.0", describe: () => undefined };

function logOf(diagnostics: readonly Diagnostic[], more: Partial<SarifOptions> = {}): SarifLog {
  const reporter = new Reporter();
  for (const diagnostic of diagnostics) reporter.report(diagnostic);
  const log = findingsToSarif(reporter.findings(), { ...options, ...more });
  expectValid(log);
  return log;
}

function runOf(diagnostics: readonly Diagnostic[], more: Partial<SarifOptions> = {}): SarifRun {
  return logOf(diagnostics, more).runs[0];
}

function resultOf(diagnostic: Diagnostic, more: Partial<SarifOptions> = {}): SarifResult {
  return runOf([diagnostic], more).results[0]!;
}

function uriOf(path: string, more: Partial<SarifOptions> = {}): string | undefined {
  const result = resultOf(sample({ primary: { place: { kind: "file", file: path }, text: "" } }), more);
  return result.locations[0]?.physicalLocation.artifactLocation.uri;
}

function hashOf(result: SarifResult): string | undefined {
  return result.partialFingerprints["cellcFinding/v1"];
}

const config = new SourceFile("board/pc.c", "struct {\n\t.size = 𝄞 0x1000,\n\t.end = 0x2000,\n};\n");
const overlap = sample({
  id: "memory-region-overlap",
  message: "mem_regions[0] overlaps {mem_regions[1]}",
  primary: label(spanOfText(config, "0x1000"), "up to here"),
  secondary: [label(spanOfText(config, "0x2000"), "and this")],
  notes: [
    { message: "both are writable" },
    { message: "given here", place: { kind: "file", file: "a b.c" } },
  ],
  why: "The cell could write the root cell's memory.",
  help: "move one of them",
});
const description: RuleDescription = {
  short: "Memory regions must not overlap.",
  full: "Two regions of a cell cover the same addresses.",
  help: "Move one of them.",
  helpMarkdown: "Move one of them: `{ .phys_start = 0 }`.",
  helpUri: "https://example.org/rules#memory-region-overlap",
  level: "error",
  tags: ["memory", "safety", "memory"],
};

describe("findings as SARIF", () => {
  it("has a finding in a source with its rule, its places and its remarks", () => {
    const base = { uriBaseId: "%SRCROOT%" };
    const log = logOf([overlap], { describe: (id) => (id === overlap.id ? description : undefined) });
    const fingerprint = hashOf(log.runs[0].results[0]!)!;
    expect(log).to.deep.equal({
      $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "cellc",
              version: "0.1.0",
              semanticVersion: "0.1.0",
              rules: [
                {
                  id: "memory-region-overlap",
                  name: "MemoryRegionOverlap",
                  shortDescription: { text: "Memory regions must not overlap." },
                  fullDescription: { text: "Two regions of a cell cover the same addresses." },
                  help: {
                    text: "Move one of them.",
                    markdown: "Move one of them: `{ .phys_start = 0 }`.",
                  },
                  helpUri: "https://example.org/rules#memory-region-overlap",
                  defaultConfiguration: { level: "error" },
                  properties: { tags: ["memory", "safety"] },
                },
              ],
            },
          },
          invocations: [{ executionSuccessful: true }],
          artifacts: [
            { location: { uri: "board/pc.c", ...base, index: 0 } },
            { location: { uri: "a%20b.c", ...base, index: 1 } },
          ],
          results: [
            {
              ruleId: "memory-region-overlap",
              ruleIndex: 0,
              level: "error",
              message: {
                text: [
                  "mem_regions[0] overlaps {{mem_regions[1]}}.",
                  "The cell could write the root cell's memory.",
                  "help: move one of them",
                  "note: both are writable",
                ].join("\n"),
              },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "board/pc.c", ...base, index: 0 },
                    // The sign before the number takes two UTF-16 units.
                    region: { startLine: 2, startColumn: 13, endLine: 2, endColumn: 19 },
                  },
                  message: { text: "up to here" },
                },
              ],
              relatedLocations: [
                {
                  id: 1,
                  physicalLocation: {
                    artifactLocation: { uri: "board/pc.c", ...base, index: 0 },
                    region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 15 },
                  },
                  message: { text: "and this" },
                },
                {
                  id: 2,
                  physicalLocation: { artifactLocation: { uri: "a%20b.c", ...base, index: 1 } },
                  message: { text: "given here" },
                },
              ],
              partialFingerprints: { "cellcFinding/v1": fingerprint },
            },
          ],
          columnKind: "utf16CodeUnits",
        },
      ],
    });
  });

  it("has a place in a binary as bytes and field path", () => {
    const place = {
      kind: "binary",
      file: "out/pc.cell",
      offset: 44,
      length: 8,
      field: "mem_regions[3].phys_start",
    } as const;
    const result = resultOf(sample({ severity: "note", primary: { place, text: "" } }));
    expect(result.level).to.equal("note");
    expect(result.locations).to.deep.equal([
      {
        physicalLocation: {
          artifactLocation: { uri: "out/pc.cell", uriBaseId: "%SRCROOT%", index: 0 },
          region: { byteOffset: 44, byteLength: 8 },
        },
        logicalLocations: [
          { name: "phys_start", fullyQualifiedName: "mem_regions[3].phys_start", kind: "member" },
        ],
      },
    ]);
  });

  it("has fixes as changes of each file", () => {
    const other = new SourceFile("other.c", "x\n");
    const fixes = [
      {
        title: "move both",
        edits: [
          { span: spanOfText(config, "0x1000"), newText: "0x4000" },
          { span: spanOfText(other, "x"), newText: "" },
          { span: spanOfText(config, "0x2000"), newText: "{0}" },
        ],
      },
    ];
    const result = resultOf(sample({ primary: label(spanOfText(config, "0x1000"), ""), fixes }));
    expect(result.fixes).to.deep.equal([
      {
        description: { text: "move both" },
        artifactChanges: [
          {
            artifactLocation: { uri: "board/pc.c", uriBaseId: "%SRCROOT%", index: 0 },
            replacements: [
              {
                deletedRegion: { startLine: 2, startColumn: 13, endLine: 2, endColumn: 19 },
                insertedContent: { text: "0x4000" },
              },
              {
                deletedRegion: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 15 },
                insertedContent: { text: "{0}" },
              },
            ],
          },
          {
            artifactLocation: { uri: "other.c", uriBaseId: "%SRCROOT%", index: 1 },
            replacements: [
              {
                deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
                insertedContent: { text: "" },
              },
            ],
          },
        ],
      },
    ]);
  });

  it("leaves out fixes that a tool could not apply, and gives equal ones once", () => {
    const fixOf = (file: SourceFile, newText: string) => ({
      title: "fix",
      edits: [{ span: { file, start: 0, end: 1 }, newText }],
    });
    const standardInput = new SourceFile("<stdin>", "text");
    const builtin = new SourceFile("<built-in>/stddef.h", "text", true);
    const given = [fixOf(config, "\udc80"), fixOf(standardInput, "x"), fixOf(builtin, "x")];
    expect(resultOf(sample({ fixes: [...given, { title: "nothing", edits: [] }] }))).not.to.have.property(
      "fixes",
    );
    expect(resultOf(sample({ fixes: [fixOf(config, "x"), fixOf(config, "x")] })).fixes).to.have.length(1);
  });

  it("marks what the user allowed, and only that", () => {
    const allowed = sample({ id: "c-unknown", severity: "warning", message: "unknown" });
    const suppressed = [
      {
        diagnostic: allowed,
        reason: "known, see the manual",
        place: label(spanOfText(config, ".end"), "").place,
      },
      { diagnostic: allowed, reason: "" },
    ];
    const run = runOf([overlap], { suppressed });
    expect(run.results.map((result) => [result.ruleId, result.suppressions])).to.deep.equal([
      ["memory-region-overlap", []],
      [
        "c-unknown",
        [
          {
            kind: "inSource",
            justification: "known, see the manual",
            location: {
              physicalLocation: {
                artifactLocation: { uri: "board/pc.c", uriBaseId: "%SRCROOT%", index: 0 },
                region: { startLine: 3, startColumn: 2, endLine: 3, endColumn: 6 },
              },
            },
          },
        ],
      ],
      ["c-unknown", [{ kind: "inSource" }]],
    ]);
    expect(runOf([overlap]).results[0]).not.to.have.property("suppressions");
  });

  it("lists each rule once, in the order of use, with what is known of it", () => {
    const asked: string[] = [];
    const one = sample({ id: "b-rule", severity: "warning", message: "one" });
    const run = runOf([one, sample({ id: "a-rule" }), { ...one, message: "two" }], {
      describe: (id) => {
        asked.push(id);
        return id === "a-rule" ? { name: "Own name", short: "Short.", level: "note" } : undefined;
      },
    });
    expect(asked).to.deep.equal(["b-rule", "a-rule"]);
    expect(run.results.map((result) => result.ruleIndex)).to.deep.equal([0, 1, 0]);
    expect(run.tool.driver.rules).to.deep.equal([
      { id: "b-rule", name: "BRule", defaultConfiguration: { level: "warning" } },
      {
        id: "a-rule",
        name: "Own name",
        shortDescription: { text: "Short." },
        defaultConfiguration: { level: "note" },
      },
    ]);
  });

  it("has findings without a place, and none at all", () => {
    expect(resultOf(sample({ message: "no input" })).locations).to.deep.equal([]);
    const nowhere = label({ file: new SourceFile("", "", true), start: 0, end: 0 }, "");
    const notes = [{ message: "from an option", place: nowhere.place }];
    const result = resultOf(sample({ primary: nowhere, notes }));
    expect(result.locations).to.deep.equal([]);
    expect(result).not.to.have.property("relatedLocations");
    expect(result.message.text).to.equal("message.\nnote: from an option");
    expect(runOf([])).to.deep.include({ results: [], artifacts: [] });
  });

  it("says which texts are no files", () => {
    const builtin = new SourceFile("<built-in r14.1>/jailhouse/cell-config.h", "int x;", true);
    const run = runOf([
      sample({ primary: label(spanOfText(builtin, "x"), "") }),
      sample({ primary: { place: { kind: "binary", file: "<stdin>", offset: 0, length: 4 }, text: "" } }),
      sample({ primary: label({ file: new SourceFile("carried.h", "x", true), start: 0, end: 1 }, "") }),
    ]);
    expect(run.artifacts).to.deep.equal([
      {
        location: { uri: "cellc:built-in%20r14.1/jailhouse/cell-config.h", index: 0 },
        description: { text: "<built-in r14.1>/jailhouse/cell-config.h: no file on disk" },
      },
      {
        location: { uri: "cellc:stdin", index: 1 },
        description: { text: "<stdin>: no file on disk" },
      },
      {
        location: { uri: "cellc:carried.h", index: 2 },
        description: { text: "carried.h: no file on disk" },
      },
    ]);
  });

  it("writes paths as URIs, byte for byte", () => {
    expect(uriOf("./dir//./a b.c")).to.equal("dir/a%20b.c");
    expect(uriOf("c:x%20#?.c")).to.equal("c%3Ax%2520%23%3F.c");
    expect(uriOf("é\udcff.c")).to.equal("%C3%A9%FF.c");
    expect(uriOf("../up.c")).to.equal("../up.c");
    expect(uriOf("a\\b.c")).to.equal("a%5Cb.c");
    expect(uriOf("/abs/a.c")).to.equal("file:///abs/a.c");
    expect(uriOf("<not a name.c")).to.equal("%3Cnot%20a%20name.c");
  });

  it("writes paths below the source root relative to it", () => {
    const below = runOf(
      [sample({ primary: { place: { kind: "file", file: "/my work/a/b.c" }, text: "" } })],
      {
        sourceRoot: "/my work",
      },
    );
    expect(below.originalUriBaseIds).to.deep.equal({ "%SRCROOT%": { uri: "file:///my%20work/" } });
    expect(below.artifacts[0]!.location).to.deep.equal({ uri: "a/b.c", uriBaseId: "%SRCROOT%", index: 0 });
    expect(uriOf("/my works/b.c", { sourceRoot: "/my work/" })).to.equal("file:///my%20works/b.c");
    expect(uriOf("/a.c", { sourceRoot: "/" })).to.equal("a.c");
    expect(runOf([], { sourceRoot: "/" }).originalUriBaseIds).to.deep.equal({
      "%SRCROOT%": { uri: "file:///" },
    });
  });

  it("lists the inputs, with findings or without", () => {
    const run = runOf([overlap], { inputs: ["clean.cell", "./board/pc.c"] });
    expect(run.artifacts.map(({ location, roles }) => [location.uri, roles])).to.deep.equal([
      ["clean.cell", ["analysisTarget"]],
      ["board/pc.c", ["analysisTarget"]],
      ["a%20b.c", undefined],
    ]);
  });

  it("tells what it could not do, and how many findings it does not list", () => {
    expect(runOf([], { executionSuccessful: false }).invocations).to.deep.equal([
      { executionSuccessful: false },
    ]);
    const many = Array.from({ length: findingsPerFile + 3 }, (_, index) =>
      sample({
        message: `message ${index}`,
        primary: { place: { kind: "file", file: "a.c" }, text: "" },
      }),
    );
    const run = runOf(many);
    expect(run.results).to.have.length(findingsPerFile);
    expect(run.invocations[0].toolExecutionNotifications).to.deep.equal([
      { level: "error", message: { text: "and 3 more errors in a.c" } },
    ]);
  });

  it("keeps texts from being read as placeholders, links or controls", () => {
    const message = "a {0} in [mem](x) \u202e \udc80";
    expect(resultOf(sample({ message })).message.text).to.equal("a {{0}} in [mem] (x) \ufffd \ufffd");
    expect(resultOf(sample({ message: "" })).message.text).to.equal("sample");
    expect(resultOf(sample({ message: "done?", help: "no" })).message.text).to.equal("done?\nhelp: no");
  });

  it("names a semantic version where the version is one", () => {
    const driver = runOf([], { version: "next", informationUri: "https://example.org/" }).tool.driver;
    expect(driver).to.include({ version: "next", informationUri: "https://example.org/" });
    expect(driver).not.to.have.property("semanticVersion");
  });

  it("gives the same log for the same findings", () => {
    const text = (): string => JSON.stringify(logOf([overlap, sample({})], { inputs: ["x.c"] }));
    expect(text()).to.equal(text());
  });

  it("validates for any findings", () => {
    fc.assert(
      fc.property(
        randomFindings,
        fc.array(randomSuppressed, { maxLength: 2 }),
        fc.record(
          {
            inputs: fc.array(randomPath, { maxLength: 2 }),
            sourceRoot: fc.oneof(
              fc.constantFrom("/", "/abs", "/abs/dir/"),
              hostileText.map((text) => `/${text}`),
            ),
            executionSuccessful: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        fc.option(
          fc.record({
            name: hostileText,
            short: hostileText,
            help: hostileText,
            helpMarkdown: hostileText,
            tags: fc.array(hostileText),
          }),
        ),
        (findings, suppressed, more, described) => {
          const log = findingsToSarif(findings, {
            ...options,
            ...more,
            suppressed,
            describe: () => described ?? undefined,
          });
          expectValid(log);
          expect(log.runs[0].results).to.have.length(findings.diagnostics.length + suppressed.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is checked by a schema that refuses what the standard refuses", () => {
    const broken = (change: (log: { runs: [SarifRun] } & Record<string, unknown>) => void): boolean => {
      const copy = JSON.parse(JSON.stringify(logOf([overlap])));
      change(copy);
      return validate(copy);
    };
    const edit = (target: object, members: Readonly<Record<string, unknown>>): void => {
      Object.assign(target, members);
    };
    expect(broken(() => {})).to.equal(true);
    expect(broken((log) => edit(log, { version: "2.0.0" }))).to.equal(false);
    expect(broken((log) => edit(log.runs[0].results[0]!, { level: "fatal" }))).to.equal(false);
    expect(broken((log) => edit(log.runs[0].results[0]!.message, { text: "{0}" }))).to.equal(false);
    expect(broken((log) => edit(log.runs[0].artifacts[0]!.location, { uri: "a b.c" }))).to.equal(false);
    expect(broken((log) => edit(log.runs[0].artifacts[0]!.location, { uri: "file:///a.c" }))).to.equal(false);
    expect(
      broken((log) => edit(log.runs[0].results[0]!.locations[0]!.physicalLocation, { region: {} })),
    ).to.equal(false);
  });
});

describe("fingerprints", () => {
  const at = (text: string, word: string, message = "bad"): SarifResult =>
    resultOf(sample({ message, primary: label(spanOfText(new SourceFile("a.c", text), word), "") }));

  it("have a form that does not change between versions", () => {
    // FNV-1a of "sample\nbad\nint wrong;", computed apart from the code.
    expect(hashOf(at("int wrong;\n", "wrong"))).to.equal("301253107cfaca55:1");
  });

  it("stay when lines move and blanks change", () => {
    const before = hashOf(at("int wrong;\n", "wrong"));
    expect(hashOf(at("\n\n/* new */\n\tint \twrong;\r\n", "wrong"))).to.equal(before);
    const named = hashOf(at("int wrong;\n", "wrong", "as in b.c:12:3"));
    expect(hashOf(at("int wrong;\n", "wrong", "as in b.c:99:1"))).to.equal(named);
  });

  it("differ by rule, message, line and field", () => {
    const binary = (field: string): SarifResult =>
      resultOf(
        sample({ primary: { place: { kind: "binary", file: "a", offset: 4, length: 1, field }, text: "" } }),
      );
    const hashes = [
      at("int wrong;\n", "wrong"),
      at("int wrong;\n", "wrong", "worse"),
      at("int wrong; // here\n", "wrong"),
      at("int wrong;\n", "wrong", "device 00:1f.2"),
      at("int wrong;\n", "wrong", "device 00:1c.2"),
      resultOf(sample({ id: "other", message: "bad" })),
      binary("a.b"),
      binary("a.c"),
    ].map(hashOf);
    expect(new Set(hashes).size).to.equal(hashes.length);
  });

  it("take the start of an endless line", () => {
    const start = "x".repeat(1000);
    const hash = (rest: string): string | undefined => hashOf(at(`${start} bad ${rest}`, "bad"));
    expect(hash("a".repeat(10_000_000))).to.equal(hash("b"));
  });

  it("count equal findings of a file in equal lines, file by file", () => {
    const file = new SourceFile("a.c", "x\nx\n");
    const results = runOf([
      sample({ primary: label(spanOfText(file, "x"), "") }),
      sample({ primary: label(spanOfText(file, "x", 2), "") }),
      sample({ primary: label(spanOfText(new SourceFile("b.c", "x\n"), "x"), "") }),
    ]).results;
    expect(results.map((result) => hashOf(result)!.slice(-2))).to.deep.equal([":1", ":2", ":1"]);
  });
});
