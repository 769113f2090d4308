import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { diagnosticTables } from "../../../compiler/cli/diagnostic-tables.js";
import { defineDiagnostics } from "../../../compiler/diagnostics/define.js";
import { explanations } from "../../../compiler/diagnostics/explain.js";

describe("explaining diagnostics", () => {
  it("puts the names of arguments where their values will be", () => {
    const table = defineDiagnostics({
      "some-id": {
        severity: "warning",
        message: ({ count, names }: { count: number; names: readonly string[] }) =>
          `${count} things: ${names.map((name) => `\`${name}\``).join(", ")}`,
        why: "It matters.",
        help: ({ count }: { count: number; names: readonly string[] }) => `have fewer than ${count}`,
      },
    });
    expect(explanations([table]).get("some-id")).to.deep.equal({
      id: "some-id",
      severity: "warning",
      message: "<count> things: <names>",
      why: "It matters.",
      help: "have fewer than <count>",
    });
  });

  it("knows every table of the compiler, and no id twice", () => {
    const compiler = path.resolve(import.meta.dirname, "../../../compiler");
    const defining = readdirSync(compiler, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js"))
      .filter((file) => / = defineDiagnostics\(/.test(readFileSync(path.join(compiler, file), "utf8")));
    const ids = diagnosticTables.flatMap((table) => Object.keys(table));
    expect(new Set(ids).size).to.equal(ids.length);
    expect(diagnosticTables, defining.join(", ")).to.have.length(defining.length);
  });

  it("says why it matters and what to do about it, for all that the command itself reports", () => {
    for (const { id, severity, message, why, help } of explanations(diagnosticTables).values()) {
      expect([typeof message, typeof severity], id).to.deep.equal(["string", "string"]);
      if (id.startsWith("c-")) continue;
      expect(why, id).to.match(/^\S.*\.$/s);
      expect(help, id).to.be.a("string");
    }
  });

  it("has a readable message for each of them", () => {
    for (const { id, message } of explanations(diagnosticTables).values()) {
      expect(message, id).not.to.match(/undefined|NaN|\[object/);
      expect(message.trim(), id).not.to.equal("");
    }
  });
});
