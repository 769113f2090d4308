import { expect } from "chai";
import fc from "fast-check";
import type { Diagnostic } from "../../../../compiler/diagnostics/diagnostic.js";
import { conditionMacros, randomCondition, randomProgram } from "./random-programs.js";
import { joinPrograms, preprocessText, runGcc, sentinel, spellings, splitPrograms } from "./support.js";

const seed = 20_260_214;

describe("the preprocessor on random programs", function () {
  this.timeout(60_000);

  it("gives the tokens of gcc for macros, and sees errors only where gcc does", () => {
    const programs = fc.sample(randomProgram, { seed, numRuns: 5000 });
    // programs that are valid to both: after an error gcc's own output is not to be relied on
    const valid = programs.filter((program) => !failed(preprocessText(joinPrograms([program])).diagnostics));
    expect(valid.length).to.be.greaterThan(500);
    const text = joinPrograms(valid);
    const { stdout, stderr } = runGcc(text);
    expect(stderr.split("\n").filter((line) => line.includes("error:"))).to.deep.equal([]);
    const expected = splitPrograms(spellings(stdout));
    const actual = splitPrograms(preprocessText(text).texts);
    expect(expected.size).to.equal(valid.length);
    for (const [index, program] of valid.entries()) {
      const number = String(index);
      expect(actual.get(number)?.join(" "), program).to.equal(expected.get(number)?.join(" "));
    }
  });

  it("sees an error in every program in which gcc sees one", () => {
    const programs = fc.sample(randomProgram, { seed: seed + 1, numRuns: 400 });
    const text = joinPrograms(programs);
    const lines = text.split("\n");
    const programAt = (line: number): string =>
      lines.slice(0, line).findLast((content) => content.startsWith(sentinel)) ?? "";
    const theirs = new Set(
      [...runGcc(text, ["-w"]).stderr.matchAll(/^<stdin>:(\d+):\d+: error:/gm)].map((match) =>
        programAt(Number(match[1])),
      ),
    );
    const ours = new Set(
      preprocessText(text)
        .diagnostics.filter(({ severity }) => severity === "error")
        .map((diagnostic) => programAt(Number(lineOf(diagnostic)))),
    );
    expect([...theirs].filter((program) => !ours.has(program))).to.deep.equal([]);
    expect(theirs.size).to.be.greaterThan(200);
  });

  it("takes the branches of gcc, and warns and fails where gcc does", () => {
    const conditions = fc.sample(randomCondition, { seed, numRuns: 2000 });
    const text = `${conditionMacros}${conditions.map((condition) => `#if ${condition}\n1\n#else\n0\n#endif\n`).join("")}`;
    const { stdout, stderr } = runGcc(text);
    const { texts, diagnostics } = preprocessText(text, { path: "<stdin>" });
    const expected = spellings(stdout);
    expect(expected).to.have.length(conditions.length);
    for (const [index, condition] of conditions.entries()) {
      expect(texts[index], condition).to.equal(expected[index]);
    }
    for (const severity of ["error", "warning"] as const) {
      const theirs = new Set(
        [...stderr.matchAll(new RegExp(`:(\\d+):\\d+: ${severity}:`, "g"))].map(([, line]) => line),
      );
      const lines = diagnostics.filter((diagnostic) => diagnostic.severity === severity).map(lineOf);
      // what stands in a macro's text gcc places there, and sometimes also what stands behind it
      const macroLines = conditionMacros.split("\n").map((_, index) => String(index + 1));
      const without = (these: Iterable<string | undefined>, others: readonly (string | undefined)[]) =>
        [...these].filter(
          (line) => !others.includes(line) && !macroLines.includes(line!) && !/[CF]/.test(source(line) ?? ""),
        );
      const source = (line: string | undefined) => text.split("\n")[Number(line) - 1];
      expect(without(lines, [...theirs]).map(source), `${severity}s that gcc does not see`).to.deep.equal([]);
      expect(without(theirs, lines).map(source), `${severity}s of gcc alone`).to.deep.equal([]);
    }
  });
});

function failed(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function lineOf({ primary }: { readonly primary?: { readonly place: unknown } }): string {
  const place = primary!.place as {
    span: { file: { position(at: number): { line: number } }; start: number };
  };
  return String(place.span.file.position(place.span.start).line);
}
