import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { compileC } from "../../../compiler/c/compile.js";
import { diagnosticTables } from "../../../compiler/cli/diagnostic-tables.js";
import { defineDiagnostics } from "../../../compiler/diagnostics/define.js";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { allExplanations, explainedTable } from "../../../compiler/diagnostics/explain.js";
import { languageMessages } from "../../../compiler/dsl/messages.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { cellc } from "../../support/cli-runner.js";
import { compileText } from "../dsl/compiling.js";

function findingsOf(code: string): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  compileC(new SourceFile("example.c", `${code}\n`), {
    target: "x86_64",
    macros: [],
    forcedIncludes: [],
    includes: { resolve: () => undefined, searched: () => [] },
    report: (finding) => findings.push(finding),
  });
  return findings;
}

describe("explaining diagnostics", () => {
  const all = allExplanations(diagnosticTables);

  it("shows the message of the example, and prefers what is said for those who ask", () => {
    const table = defineDiagnostics({
      "some-id": {
        severity: "warning",
        message: ({ count }: { count: number }) => `${count} things`,
        why: "It matters.",
        help: ({ count }: { count: number }) => `have fewer than ${count}`,
      },
      "other-id": { severity: "error", message: () => "wrong" },
    });
    const explained = allExplanations([
      explainedTable(table, {
        "some-id": { example: { count: 3 }, help: "have fewer" },
        "other-id": { example: {}, why: "It does.", help: "mend it", code: "x" },
      }),
    ]);
    expect([...explained.values()]).to.deep.equal([
      {
        id: "other-id",
        severity: "error",
        message: "wrong",
        code: "x",
        language: "c",
        why: "It does.",
        help: "mend it",
      },
      { id: "some-id", severity: "warning", message: "3 things", why: "It matters.", help: "have fewer" },
    ]);
  });

  it("knows every table of the compiler, and no id twice", () => {
    const compiler = path.resolve(import.meta.dirname, "../../../compiler");
    const defining = readdirSync(compiler, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js"))
      .filter((file) => / = defineDiagnostics\(/.test(readFileSync(path.join(compiler, file), "utf8")));
    const ids = diagnosticTables.flatMap(({ table }) => Object.keys(table));
    expect(new Set(ids).size).to.equal(ids.length);
    expect(diagnosticTables, defining.join(", ")).to.have.length(defining.length);
  });

  it("says of every id why it matters and what to do about it, in one form", () => {
    for (const { id, message, why, help } of all.values()) {
      expect(id, id).to.match(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      expect(message.trim(), id)
        .not.to.equal("")
        .and.not.match(/undefined|NaN|\[object|<\w+> /);
      expect(why, id).to.match(/^(?:[A-Z`"]|gcc|cellc).*[^.]\.$/s);
      expect(help, id).to.match(/^[^A-Z\s].*[^.\s]$/s);
    }
  });

  it("shows sources that give just the message beside them", () => {
    const sources = [...all.values()].filter(({ language }) => language === "c");
    expect(sources.length).to.be.greaterThan(80);
    for (const { id, severity, message, code } of sources) {
      const found = findingsOf(code!).find((finding) => finding.id === id);
      expect([found?.severity, found?.message], id).to.deep.equal([severity, message]);
    }
  });

  it("shows files of the cell language that give the message and nothing else, and what is right", () => {
    const sources = [...all.values()].filter(({ language }) => language === "jail");
    expect(sources.length).to.be.greaterThan(40);
    for (const { id, severity, message, code, right } of sources) {
      const found = compileText(code!).findings.map((each) => [each.id, each.severity, each.message]);
      expect(found, id).to.deep.equal([[id, severity, message]]);
      const { machine, findings } = compileText(right!);
      expect(
        findings.map((finding) => `${finding.id}: ${finding.message}`),
        id,
      ).to.deep.equal([]);
      expect(machine.cells, id).to.have.lengthOf.at.least(1);
    }
  });

  it("has files for every mistake in the meaning of a cell-language file that one file can show", () => {
    const without = Object.keys(languageMessages).filter((id) => all.get(id)?.right === undefined);
    expect(without).to.deep.equal([
      "jail-chain-too-long",
      "jail-import-cycle",
      "jail-import-outside",
      "jail-import-unreadable",
      "jail-too-many-imports",
      "jail-pin-lost",
      "jail-too-many-pools",
    ]);
  });

  it("has a source for every mistake in C that a few lines can show", () => {
    const without = [...all.values()].filter(({ id, code }) => id.startsWith("c-") && code === undefined);
    expect(without.map(({ id }) => id)).to.deep.equal([
      "c-binary-config",
      "c-command-line-macro",
      "c-expansion-depth",
      "c-expansion-limit",
      "c-include-count",
      "c-include-depth",
      "c-include-unreadable",
      "c-initializer-too-complex",
      "c-source-limit",
      "c-source-too-large",
      "c-too-deep",
      "c-too-many-continuations",
      "c-too-many-errors",
      "c-utf-16",
    ]);
  });
});

describe("cellc explain", () => {
  it("shows a source with its finding, or a message alone", async () => {
    const dot = await cellc(["explain", "c-missing-dot"]);
    expect(dot.out).to.match(
      /^c-missing-dot \(error\)\n\nFor example, in\n\n {2}struct .*size = 1 };\n\n {2}error: `size =` names no member.*\n\nWhy it matters: .*\.\n\nWhat to do: .*\n$/,
    );
    const range = await cellc(["explain", "jail-range-backwards"]);
    expect(range.out).to.match(
      /^jail-range-backwards \(error\)\n\nFor example, in\n\n {2}architecture x86\n {2}cell demo \{ cpus 3-1 \}\n\n {2}error: the range ends at 1, .*\n\nRight is, for example,\n\n {2}architecture x86\n {2}cell demo \{ cpus 1-3 \}\n\nWhy it matters: .*\.\n\nWhat to do: .*\n$/,
    );
    const collide = await cellc(["explain", "outputs-collide"]);
    expect(collide.out).to.match(
      /^outputs-collide \(error\)\n\nFor example: old\/pc.c and new\/pc.c would .*\n\nWhy/,
    );
  });

  it("takes several ids, also as they stand in a message", async () => {
    const { out, status } = await cellc(["explain", "error[c-unclosed]", "not-a-config"]);
    expect(status).to.equal(0);
    expect(out.match(/^\S+ \((?:error|warning)\)$/gm)).to.deep.equal([
      "c-unclosed (error)",
      "not-a-config (warning)",
    ]);
    const json = JSON.parse((await cellc(["explain", "not-a-config", "--format", "json"])).out);
    expect(json).to.include({ id: "not-a-config", severity: "warning" });
  });

  it("puts no control characters of a source on the terminal", async () => {
    const { out } = await cellc(["explain", "c-null-character"]);
    expect(out).to.include("\u2400").and.not.include("\u0000");
  });
});
