import { expect } from "chai";
import fc from "fast-check";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { findingsToGithub } from "../../../compiler/diagnostics/github.js";
import { fileOf } from "../../../compiler/diagnostics/render-place.js";
import { findingsPerFile, Reporter } from "../../../compiler/diagnostics/reporter.js";
import { SourceFile } from "../../../compiler/support/source.js";
import "../../support/seed.js";
import { randomFindings } from "./random-findings.js";
import { label, sample, spanOfText } from "./samples.js";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads a line as the runner does (actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2). */
function parseCommand(line: string): Command {
  const end = line.indexOf("::", 2);
  if (!line.startsWith("::") || end < 0) throw new Error(`no command: ${line}`);
  const [name = "", ...list] = line.slice(2, end).split(" ");
  const undo = (text: string): string => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const properties = list
    .join(" ")
    .split(",")
    .filter((each) => each !== "")
    .map((each): [string, string] => {
      const at = each.indexOf("=");
      const value = undo(each.slice(at + 1))
        .replaceAll("%3A", ":")
        .replaceAll("%2C", ",");
      return [each.slice(0, at), value.replaceAll("%25", "%")];
    });
  return {
    name,
    properties: Object.fromEntries(properties),
    message: undo(line.slice(end + 2)).replaceAll("%25", "%"),
  };
}

function githubOf(...diagnostics: readonly Diagnostic[]): string {
  const reporter = new Reporter();
  for (const diagnostic of diagnostics) reporter.report(diagnostic);
  return findingsToGithub(reporter.findings());
}

const config = new SourceFile("a,b:c.c", "int x;\nint bad = wrong;\n");

describe("findings as workflow commands", () => {
  it("has a finding in a source as one line, remarks included", () => {
    const text = githubOf(
      sample({
        id: "c-unknown",
        message: "100% unknown",
        primary: label(spanOfText(config, "wrong"), "here"),
        secondary: [label(spanOfText(config, "bad"), "for this"), label(spanOfText(config, "x"), "")],
        notes: [{ message: "a note" }, { message: "placed", place: { kind: "file", file: "b.c" } }],
        why: "because",
        help: "do",
        fixes: [{ title: "replace", edits: [{ span: spanOfText(config, "wrong"), newText: "right" }] }],
      }),
    );
    expect(text).to.equal(
      "::error file=a%2Cb%3Ac.c,line=2,endLine=2,col=11,endColumn=16,title=c-unknown::" +
        "100%25 unknown.%0Ahere%0Abecause%0Ahelp: do%0Anote: a note%0Aa,b:c.c:2:5: for this%0A" +
        "at a,b:c.c:1:5%0Ab.c: placed%0Afix: replace: `right`\n",
    );
  });

  it("has no columns where the lines differ", () => {
    const span = { file: config, start: 4, end: 12 };
    expect(githubOf(sample({ severity: "warning", primary: label(span, "") }))).to.equal(
      "::warning file=a%2Cb%3Ac.c,line=1,endLine=2,title=sample::message\n",
    );
  });

  it("has a place in a binary without a line", () => {
    const place = { kind: "binary", file: "pc.cell", offset: 44, length: 8, field: "cpus" } as const;
    expect(githubOf(sample({ severity: "note", primary: { place, text: "here" } }))).to.equal(
      "::notice file=pc.cell,title=sample::message%0Apc.cell @ 0x2c (cpus): here\n",
    );
  });

  it("names what is no file in the message only", () => {
    const builtin = new SourceFile("<built-in>/stddef.h", "int x;", true);
    const text = githubOf(
      sample({ primary: { place: { kind: "file", file: "<stdin>" }, text: "" } }),
      sample({ primary: label(spanOfText(builtin, "x"), "here") }),
      sample({ primary: { place: { kind: "file", file: "" }, text: "" } }),
    );
    expect(text).to.equal(
      "::error title=sample::message%0Aat <stdin>\n" +
        "::error title=sample::message%0A<built-in>/stddef.h:1:5: here\n" +
        "::error title=sample::message\n",
    );
  });

  it("counts findings that it does not list, and is empty without any", () => {
    expect(githubOf()).to.equal("");
    const many = Array.from({ length: findingsPerFile + 1 }, (_, index) => sample({ message: `${index}` }));
    expect(
      githubOf(...many)
        .split("\n")
        .at(-2),
    ).to.equal("::error::and 1 more error");
  });

  it("is read back by the runner as it was meant, for any findings", () => {
    fc.assert(
      fc.property(randomFindings, (findings) => {
        const text = findingsToGithub(findings);
        const lines = text === "" ? [] : text.slice(0, -1).split("\n");
        expect(lines).to.have.length(findings.diagnostics.length + findings.omitted.length);
        expect(text).not.to.include("\r");
        const commands = lines.map(parseCommand);
        for (const [index, { severity, primary }] of findings.diagnostics.entries()) {
          const { name, properties, message } = commands[index]!;
          expect(name).to.equal(severity === "note" ? "notice" : severity);
          expect(message).not.to.equal("");
          const known = ["file", "line", "endLine", "col", "endColumn", "title"];
          expect(known).to.include.members(Object.keys(properties));
          if (properties.file !== undefined) expect(properties.file).to.equal(fileOf(primary!.place));
          if (properties.col !== undefined) expect(properties.line).to.equal(properties.endLine);
        }
      }),
      { numRuns: 300 },
    );
  });
});
