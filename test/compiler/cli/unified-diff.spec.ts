import { expect } from "chai";
import fc from "fast-check";
import { unifiedDiff } from "../../../compiler/cli/unified-diff.js";
import "../../support/seed.js";

/** What `patch` does; throws where a line is not what the difference says. */
function patched(before: string, difference: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const out: string[] = [];
  let next = 0;
  const rows = difference.match(/[^\n]*\n/g) ?? [];
  for (const [index, row] of rows.entries()) {
    const range = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$/.exec(row.trimEnd());
    if (range !== null) {
      const first = range[2] === "0" ? Number(range[1]) : Number(range[1]) - 1;
      while (next < first) out.push(lines[next++]!);
      expect(out.length).to.equal(range[4] === "0" ? Number(range[3]) : Number(range[3]) - 1);
      continue;
    }
    if (index < 2 || row.startsWith("\\")) continue;
    const text = rows[index + 1]?.startsWith("\\") === true ? row.slice(1, -1) : row.slice(1);
    if (!row.startsWith("+")) expect(lines[next++]).to.equal(text);
    if (!row.startsWith("-")) out.push(text);
  }
  return [...out, ...lines.slice(next)].join("");
}

const text = fc
  .array(fc.constantFrom("a\n", "b\n", "c\n", "d\n", "\n"), { maxLength: 40 })
  .map((lines) => lines.join(""));

describe("unified differences", () => {
  it("show the changed lines with three around them", () => {
    const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    expect(unifiedDiff("x.c", before, before.replace("5\n", "five\nand a half\n"))).to.equal(
      "--- a/x.c\n+++ b/x.c\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n+and a half\n 6\n 7\n 8\n",
    );
  });

  it("put changes together whose surroundings touch, and others apart", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`);
    const changed = (...numbers: readonly number[]): string =>
      lines.map((line, index) => (numbers.includes(index + 1) ? "x\n" : line)).join("");
    const hunks = (after: string): number => unifiedDiff("x", lines.join(""), after).split("@@ -").length - 1;
    expect([hunks(changed(5)), hunks(changed(5, 12)), hunks(changed(5, 13))]).to.deep.equal([1, 1, 2]);
  });

  it("say where a last line has no end", () => {
    expect(unifiedDiff("x.c", "a\nb", "a\nb\n")).to.equal(
      "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n",
    );
  });

  it("are empty for equal texts, and count from nothing", () => {
    expect(unifiedDiff("x", "a\n", "a\n")).to.equal("");
    expect(unifiedDiff("x", "", "a\n")).to.equal("--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n");
    expect(unifiedDiff("x", "a\n", "")).to.equal("--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n");
  });

  it("make the new text of the old one", () => {
    fc.assert(
      fc.property(text, text, fc.boolean(), (before, after, ends) => {
        const last = ends ? after : `${after}z`;
        expect(patched(before, unifiedDiff("x", before, last))).to.equal(last);
      }),
      { numRuns: 500 },
    );
  });

  it("take the fewest changes where there are few", () => {
    const before = "a\nb\nc\na\nb\nb\na\n";
    const difference = unifiedDiff("x", before, "c\nb\na\nb\na\nc\n");
    expect(difference.match(/^[-+](?![-+])/gm)).to.have.length(5);
  });
});
