import { expect } from "chai";
import fc from "fast-check";
import { jsonErrorOffset } from "../../../compiler/support/json-syntax.js";

describe("finding where JSON goes wrong", () => {
  const cases = [
    ['{"a": }', 6],
    ['{"a" 1}', 5],
    ["[1, 2,]", 6],
    ['{"a": 1,}', 8],
    ["[1 2]", 3],
    ['{"a": "x', 6],
    ["{'a': 1}", 1],
    ["[1]]", 3],
    ["[1", 2],
    ["", 0],
    ["01", 1],
    ["{]", 1],
  ] as const;
  for (const [text, offset] of cases) it(text, () => expect(jsonErrorOffset(text)).to.equal(offset));

  it("agrees with JSON.parse on what is valid", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      "1",
      "-0.5e3",
      "true",
      "null",
      " ",
      "\n",
      "x",
    );
    const valid = fc.json();
    const text = fc.oneof(
      valid,
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (json) => {
        let parses = true;
        try {
          JSON.parse(json);
        } catch {
          parses = false;
        }
        expect(jsonErrorOffset(json) === undefined, json).to.equal(parses);
      }),
      { numRuns: 3000 },
    );
  });

  it("takes no stack for deep nesting", () => {
    expect(jsonErrorOffset("[".repeat(1_000_000))).to.equal(1_000_000);
  });
});
