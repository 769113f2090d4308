import { expect } from "chai";
import fc from "fast-check";
import { builtinMacro, type Macro } from "../../../../compiler/c/preprocessor/macro.js";
import { KnownMacros, MacroTable } from "../../../../compiler/c/preprocessor/macro-table.js";

const names = ["a", "b", "c", "d", "e"];
const step = fc.oneof(
  fc.record({ do: fc.constant("set" as const), name: fc.constantFrom(...names) }),
  fc.record({ do: fc.constant("delete" as const), name: fc.constantFrom(...names) }),
  fc.constant({ do: "copy" as const, name: "" }),
);

describe("the table of macros", () => {
  it("is a map, its order and its copies included", () => {
    fc.assert(
      fc.property(fc.subarray(names), fc.array(step, { maxLength: 20 }), (known, steps) => {
        const expected = new Map<string, Macro>(known.map((name) => [name, builtinMacro(name, "line")]));
        // every other one is text at first
        const read = (text: string) => builtinMacro(text, "line");
        let table = new MacroTable(
          new KnownMacros(
            new Map(known.map((name) => [name, name < "c" ? name : expected.get(name)!])),
            read,
          ),
        );
        for (const { do: action, name } of steps) {
          if (action === "copy") table = new MacroTable(table.copy());
          else if (action === "delete") {
            expected.delete(name);
            table.delete(name);
          } else {
            const macro = builtinMacro(name, "counter");
            expected.set(name, macro);
            table.set(name, macro);
          }
          expect([...table]).to.deep.equal([...expected]);
          for (const each of names) {
            expect(table.get(each)).to.deep.equal(expected.get(each));
            expect(table.has(each)).to.equal(expected.has(each));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
