import { expect } from "chai";
import fc from "fast-check";
import { decode } from "../../../schema/codec/decode.js";
import { encode, sizeOf } from "../../../schema/codec/encode.js";
import { fromJson, toJson } from "../../../schema/codec/json.js";
import type { WireProblem } from "../../../schema/codec/problems.js";
import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { ConfigKind } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { allProfiles, profileNamed, randomConfig, randomFile } from "../../support/random-config.js";

const kinds: readonly ConfigKind[] = ["system", "cell"];

function isWhole(problems: readonly WireProblem[]): boolean {
  return problems.every(({ kind }) => kind !== "truncated-header");
}

/** A file with some bytes replaced, cut off or put behind: most still have a header. */
function mutated(profile: Profile): fc.Arbitrary<Uint8Array> {
  const replacements = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), {
    maxLength: 12,
  });
  return fc
    .tuple(randomFile(profile, { trailing: 4 }), replacements, fc.integer({ min: -80, max: 80 }))
    .map(([bytes, bursts, growth]) => {
      const changed = new Uint8Array(Math.max(0, bytes.length + growth));
      changed.set(bytes.subarray(0, changed.length));
      for (const [at, value] of bursts) if (changed.length > 0) changed[at % changed.length] = value;
      return changed;
    });
}

describe("the codec, for every profile", () => {
  it("gives back the bytes of every file that agrees with its profile, without a problem", () => {
    for (const profile of allProfiles()) {
      const kind = profile.signatures === null ? fc.constantFrom(...kinds) : fc.constant(undefined);
      const files = kind.chain((wanted) =>
        fc.tuple(fc.constant(wanted), randomFile(profile, wanted === undefined ? {} : { kind: wanted })),
      );
      fc.assert(
        fc.property(files, ([wanted, bytes]) => {
          const { config, problems } = decode(bytes, profile, wanted === undefined ? {} : { kind: wanted });
          expect(problems, profile.id).to.deep.equal([]);
          expect(sizeOf(config)).to.equal(bytes.length);
          expect(encode(config), profile.id).to.deep.equal(bytes);
        }),
        { numRuns: 12 },
      );
    }
  });

  it("gives back the bytes of files that do not agree, as long as their header is whole", () => {
    let whole = 0;
    for (const profile of allProfiles()) {
      fc.assert(
        fc.property(mutated(profile), fc.constantFrom(...kinds), (bytes, kind) => {
          const { config, problems } = decode(bytes, profile, { kind });
          if (!isWhole(problems)) return;
          whole += 1;
          expect(encode(config), profile.id).to.deep.equal(bytes);
        }),
        { numRuns: 12 },
      );
    }
    expect(whole).to.be.greaterThan(allProfiles().length * 6);
  });

  it("gives back any bytes at all that reach past the header", () => {
    for (const profile of allProfiles()) {
      for (const kind of kinds) {
        const { size } = planOfProfile(profile).headers[kind];
        fc.assert(
          fc.property(fc.uint8Array({ minLength: size, maxLength: size + 64, size: "max" }), (bytes) => {
            const { config, problems } = decode(bytes, profile, { kind });
            expect(isWhole(problems)).to.equal(true);
            expect(encode(config), profile.id).to.deep.equal(bytes);
          }),
          { numRuns: 3 },
        );
      }
    }
  });

  it("keeps every value when it goes through JSON", () => {
    for (const profile of allProfiles()) {
      fc.assert(
        fc.property(randomConfig(profile, { trailing: 3 }), (config) => {
          const text = JSON.stringify(toJson(config));
          const back = fromJson(JSON.parse(text), profileNamed, ({ pointer, message }) => {
            throw new Error(`${pointer}: ${message}`);
          });
          expect(back, profile.id).to.deep.equal(config);
          expect(encode(back!), profile.id).to.deep.equal(encode(config));
        }),
        { numRuns: 8 },
      );
    }
  });

  it("reads the platform data as any family without losing a byte", () => {
    const profile = profileNamed("r13");
    const files = randomFile(profile, { kind: "system" });
    fc.assert(
      fc.property(
        files,
        fc.constantFrom("x86" as const, "arm" as const, "riscv" as const),
        (bytes, architecture) => {
          expect(encode(decode(bytes, profile, { architecture }).config)).to.deep.equal(bytes);
        },
      ),
    );
  });

  it("has no field that JSON could mistake for the residue", () => {
    for (const profile of allProfiles()) {
      for (const layout of profile.structs.values()) {
        expect(layout.fields.map(({ name }) => name)).not.to.include("residue");
      }
    }
  });
});
