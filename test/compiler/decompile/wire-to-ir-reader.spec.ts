import { expect } from "chai";
import {
  AlikeElements,
  type ReadContext,
  StructReader,
} from "../../../compiler/decompile/wire-to-ir-reader.js";
import { binaryOrigins } from "../../../compiler/ir/node.js";
import type { WireStruct } from "../../../schema/codec/wire.js";
import type { StructLayout } from "../../../schema/layout/types.js";
import { profileNamed } from "../../support/random-config.js";

const profile = profileNamed("r14");
const layout = {
  name: "sample",
  size: 8,
  fields: ["size", "flags"].map((name, index) => ({ kind: "integer", name, offset: 4 * index, size: 4 })),
} as unknown as StructLayout;
const context: ReadContext = { profile, family: "arm", originOf: binaryOrigins("sample.cell") };

describe("elements of a table that are read alike", () => {
  const reader = (value: WireStruct, at: number, elements?: AlikeElements): StructReader =>
    new StructReader(context, value, layout, at, elements);

  it("refuse to keep a field besides what is read, from the first one on", () => {
    const elements = new AlikeElements();
    for (const at of [0, 8]) {
      const each = reader({ size: 5, flags: 7 }, at, elements);
      expect(each.number("size", "size")).to.equal(5);
      expect(() => each.keep("size")).to.throw("size cannot be kept");
      expect(() => each.expect("flags", "flags", 0)).to.throw("flags cannot be kept");
      expect(each.finish().extra).to.deep.equal({ flags: 7 });
    }
  });

  it("leave what is kept of a struct by itself alone", () => {
    for (const at of [0, 8]) {
      const each = reader({ size: 0, flags: 7 }, at);
      each.number("size", "size");
      each.keep("size");
      each.expect("flags", "flags", 7);
      expect(each.finish().extra).to.deep.equal({ size: 0 });
    }
  });
});
