import { inspect } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { interpretedCodec } from "../../../schema/codec/interpreted-codec.js";
import { readerOf } from "../../../schema/codec/reader-of.js";
import type { StructCodec } from "../../../schema/codec/struct-codec.js";
import { writerOf } from "../../../schema/codec/writer-of.js";
import { readers } from "../../../schema/generated/readers.js";
import { writers } from "../../../schema/generated/writers.js";
import type { Field, Profile, StructLayout } from "../../../schema/layout/types.js";
import { allProfiles, profileNamed } from "../../support/random-config.js";
import {
  bytesFor,
  contextOf,
  edgesOf,
  lead,
  valueFor,
  viewOn,
  written,
} from "../../support/random-struct.js";

/**
 * The interpreter reads and writes the same layouts by other means: whatever a generated codec does, with any bytes
 * and with any value, it does too, down to the words of an error.
 */

interface Pair {
  readonly profile: Profile;
  readonly layout: StructLayout;
  readonly generated: StructCodec;
  readonly interpreted: StructCodec;
}

/** Every named struct of every profile; those that are embedded only come with the structs they are part of. */
function* pairs(): Generator<Pair> {
  for (const profile of allProfiles()) {
    for (const layout of profile.structs.values()) {
      const generated = { read: readerOf(profile, layout), write: writerOf(profile, layout) };
      yield { profile, layout, generated, interpreted: interpretedCodec(layout) };
    }
  }
}

/** The quick way for results that agree. */
function same(one: Uint8Array | string, other: Uint8Array | string): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

describe("the generated codecs, for every struct of every profile", () => {
  it("read any bytes as the interpreter does, and write them back", () => {
    let runs = 0;
    for (const { profile, layout, generated, interpreted } of pairs()) {
      fc.assert(
        fc.property(bytesFor(layout), (bytes) => {
          const context = contextOf(profile.constants, runs++);
          const value = generated.read(viewOn(bytes), lead, context);
          const expected = interpreted.read(viewOn(bytes), lead, context);
          expect(value, `${layout.name} of ${profile.id}`).to.deep.equal(expected);
          expect(Object.keys(value)).to.deep.equal(Object.keys(expected));
          const back = written(generated, layout.size, value);
          expect(back).to.deep.equal(Uint8Array.of(0, 0, 0, ...bytes.subarray(lead)));
        }),
        { numRuns: 4 },
      );
    }
    expect(runs).to.be.greaterThan(4000);
  });

  it("write any value as the interpreter does, or refuse it in the same words", () => {
    let accepted = 0;
    let refused = 0;
    for (const { profile, layout, generated, interpreted } of pairs()) {
      fc.assert(
        fc.property(valueFor(layout), (value) => {
          const result = written(generated, layout.size, value);
          const expected = written(interpreted, layout.size, value);
          expect(result, `${layout.name} of ${profile.id}`).to.deep.equal(expected);
          if (typeof result === "string") refused += 1;
          else accepted += 1;
        }),
        { numRuns: 8 },
      );
    }
    expect(accepted).to.be.greaterThan(1000);
    expect(refused).to.be.greaterThan(1000);
  });

  it("agree with the interpreter at every edge of every field", () => {
    const seen = new Set<StructCodec["write"]>();
    let accepted = 0;
    const refusals = new Set<string>();
    for (const { profile, layout, generated, interpreted } of pairs()) {
      if (seen.has(generated.write)) continue;
      seen.add(generated.write);
      for (const value of edgesOf(layout)) {
        const result = written(generated, layout.size, value);
        const expected = written(interpreted, layout.size, value);
        if (typeof result === "string") refusals.add(result);
        else accepted += 1;
        if (same(result, expected)) continue;
        expect(result, `${layout.name} of ${profile.id}: ${inspect(value)}`).to.deep.equal(expected);
      }
    }
    expect(accepted).to.be.greaterThan(10_000);
    for (const reason of [
      /^\w+: -?[\d.]+ is not a number from \d+ to \d+$/,
      /^\w+: -?\d+n is not a bigint from \d+ to \d+$/,
      /^\w+\.\w+: null is not a number/,
      /^\w+\[\d\]: -?\d+ is not a number/,
      /is not a struct$/,
      /is not text$/,
      /is not an array of up to \d+ elements$/,
      /the residue at byte \d+ has bits that belong to a field$/,
      /jailhouse_memory has no field stranger$/,
      /^platform_info: x86 and arm describe the same bytes: only one can be given$/,
    ]) {
      expect(
        [...refusals].some((text) => reason.test(text)),
        reason.source,
      ).to.equal(true);
    }
  });

  it("are there for every struct, and for no other", () => {
    for (const profile of allProfiles()) {
      const found = (of: typeof readers | typeof writers): readonly string[] =>
        Object.keys(of).filter((tag) => of[tag]!(profile.id) !== undefined);
      const tags = [...profile.structs.keys()];
      expect(found(readers), profile.id).to.have.members(tags);
      expect(found(writers), profile.id).to.have.members(tags);
    }
    expect(readers.jailhouse_system!("r99.1")).to.equal(undefined);
    expect(writers.jailhouse_system!("r99.1")).to.equal(undefined);
  });

  it("are one for profiles whose structs are the same, and two where they differ", () => {
    const memory = (name: string) => {
      const profile = profileNamed(name);
      return readerOf(profile, profile.structs.get("jailhouse_memory")!);
    };
    expect(memory("v0.12")).to.equal(memory("v0.5"));
    expect(memory("r0.1")).not.to.equal(memory("r0.3"));
    expect(memory("v0.12").name).to.equal("readJailhouseMemory_r0_3");
  });
});

describe("a profile that is not a built-in one", () => {
  it("is read and written by its own layouts, whatever its id", () => {
    const known = profileNamed("r14.1");
    const layout = known.structs.get("jailhouse_pio")!;
    const [base, length] = layout.fields as [Field, Field];
    const swapped = {
      ...layout,
      fields: [
        { ...length, offset: 0 },
        { ...base, offset: 2 },
      ],
    };
    const profile = { ...known, structs: new Map([...known.structs, ["jailhouse_pio", swapped]]) };
    const bytes = new DataView(Uint8Array.of(1, 0, 2, 0).buffer);
    const value = { length: 1, base: 2 };
    expect(readerOf(profile, swapped)(bytes, 0, contextOf(known.constants, 0))).to.deep.equal(value);
    const back = new Uint8Array(4);
    writerOf(profile, swapped)(viewOn(back), 0, value);
    expect([...back]).to.deep.equal([1, 0, 2, 0]);
  });

  it("is not taken for one by having a built-in id", () => {
    const known = profileNamed("r14.1");
    const layout = { ...known.structs.get("jailhouse_pio")!, name: "jailhouse_nothing" };
    expect(() => readerOf(known, layout)).to.throw("no codec was generated for jailhouse_nothing of r14.1");
    expect(() => writerOf(known, layout)).to.throw("no codec was generated for jailhouse_nothing of r14.1");
  });
});
