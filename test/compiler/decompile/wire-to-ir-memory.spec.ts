import { expect } from "chai";
import fc from "fast-check";
import { readMemoryRegion, readMemoryRegions } from "../../../compiler/decompile/wire-to-ir-memory.js";
import { StructReader } from "../../../compiler/decompile/wire-to-ir-reader.js";
import type { MemoryRegion } from "../../../compiler/ir/memory.js";
import { binaryOrigins, withoutOrigins } from "../../../compiler/ir/node.js";
import { residue, type WireStruct } from "../../../schema/codec/wire.js";
import { profileSummaries, resolveProfile } from "../../../schema/layout/resolve.js";
import type { StructLayout } from "../../../schema/layout/types.js";

const fieldsOfRegions = ["physStart", "virtStart", "size", "flags", "colors"] as const;

describe("the regions of a table, read all at once", () => {
  it("are what each is by itself, with the same origins, in every profile", () => {
    const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
    for (const { id } of profileSummaries()) {
      const profile = resolveProfile(id)!;
      const layout = profile.structs.get("jailhouse_memory")!;
      const context = { profile, originOf: binaryOrigins("x.cell"), family: null };
      const value = structOf(layout, u64);
      fc.assert(
        fc.property(fc.array(value, { maxLength: 5 }), fc.nat(1000), (values, offset) => {
          const section = {
            table: "mem_regions",
            layout,
            offset,
            length: values.length * layout.size,
            elementSize: layout.size,
          };
          const together = readMemoryRegions(context, values, section);
          const single = values.map((each, index) =>
            readMemoryRegion(new StructReader(context, each, layout, offset + index * layout.size)),
          );
          expect(together.map(withoutOrigins)).to.deep.equal(single.map(withoutOrigins));
          expect(together.map(originsOf)).to.deep.equal(single.map(originsOf));
        }),
        { numRuns: 5 },
      );
    }
  });
});

/** All fields, sometimes one is missing, sometimes there are bytes that no field covers. */
function structOf(layout: StructLayout, u64: fc.Arbitrary<bigint>): fc.Arbitrary<WireStruct> {
  const names = layout.fields.map(({ name }) => name);
  return fc
    .tuple(
      fc.array(u64, { minLength: names.length, maxLength: names.length }),
      fc.option(fc.constantFrom(...names), { freq: 4 }),
      fc.boolean(),
    )
    .map(([numbers, missing, hasResidue]) => ({
      ...Object.fromEntries(
        names.map((name, index) => [name, numbers[index]!]).filter(([name]) => name !== missing),
      ),
      ...(hasResidue ? { [residue]: [{ offset: 0, bytes: new Uint8Array([1]) }] } : {}),
    })) as fc.Arbitrary<WireStruct>;
}

function originsOf({ origins }: MemoryRegion): unknown {
  return [origins.of(), ...fieldsOfRegions.map((field) => origins.of(field))];
}
