import { expect } from "chai";
import fc from "fast-check";
import { decode } from "../../../../schema/codec/decode.js";
import { encode } from "../../../../schema/codec/encode.js";
import type { WireConfig } from "../../../../schema/codec/wire.js";
import type { Profile } from "../../../../schema/layout/types.js";
import { jailOf, lossThroughJail } from "../../../support/jail-round-trip.js";
import { likelyConfig } from "../../../support/likely-config.js";
import { allProfiles, profileNamed, randomConfig } from "../../../support/random-config.js";
import { sharing, withSharing } from "../../../support/shared-machine.js";

/** Any bytes anywhere, mostly zeros; the same with any counts; and what people write. */
function anyConfig(profile: Profile): fc.Arbitrary<WireConfig> {
  const dusty = randomConfig(profile, { trailing: 20 });
  const miscounted = fc.tuple(dusty, fc.nat(), fc.nat(255)).map(([config, at, byte]) => {
    const bytes = encode(config);
    bytes[at % bytes.length] = byte;
    return decode(bytes, profile, { kind: config.kind }).config;
  });
  return fc.oneof(dusty, miscounted, { weight: 2, arbitrary: likelyConfig(profile) });
}

/** A few of one profile, of which one at most is a system. */
function anyMachine(profile: Profile): fc.Arbitrary<readonly WireConfig[]> {
  return fc.array(anyConfig(profile), { minLength: 2, maxLength: 4 }).map((configs) => {
    const system = configs.findIndex(({ kind }) => kind === "system");
    return configs.filter(({ kind }, index) => kind === "cell" || index === system);
  });
}

const words = (
  "first last at of size x rw rwx none true false spi start net virtio block msi pm ext pio mmio32 l3 code " +
  "arm64 x86 cell system link let pool fragment for if use import revision profile memory device interrupts " +
  "dma io loadable mapped from base pins id auto front end root nobody or as comm r14 n"
).split(" ");

/** What `peers` reads among the names of cells. */
function isOfPeers(name: string): boolean {
  return ["root", "nobody", "or", "as"].includes(name);
}

describe("the text of any config in the cell language", () => {
  it("gives its bytes again, in the formatter's layout, for every profile", function () {
    this.timeout(240_000);
    for (const profile of allProfiles()) {
      fc.assert(
        fc.property(anyConfig(profile), (config) => {
          const loss = lossThroughJail([{ config, stem: "any" }]);
          if (loss !== null) throw new Error(`${profile.id}: ${loss}`);
        }),
        { numRuns: 12 },
      );
    }
  });

  it("does so for several that become one machine", function () {
    this.timeout(240_000);
    for (const profile of allProfiles()) {
      fc.assert(
        fc.property(anyMachine(profile), (configs) => {
          const loss = lossThroughJail(configs.map((config, index) => ({ config, stem: `any-${index}` })));
          if (loss !== null) throw new Error(`${profile.id}: ${loss}`);
        }),
        { numRuns: 4 },
      );
    }
  });

  it("does so for cells and systems that are called as words of the language", function () {
    this.timeout(240_000);
    const profile = profileNamed("HEAD");
    const stems = fc.uniqueArray(fc.constantFrom(...words), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(anyMachine(profile), stems, sharing, (configs, names, how) => {
        const inputs = withSharing(configs, how).map((input, index) => ({ ...input, stem: names[index]! }));
        const loss = lossThroughJail(inputs);
        if (loss !== null) throw new Error(loss);
        const text = jailOf(inputs);
        for (const { stem, config } of inputs)
          expect(text).to.match(new RegExp(`^${config.kind} ${stem}${isOfPeers(stem) ? "-2" : ""} `, "m"));
      }),
      { numRuns: 150 },
    );
  });

  it("does so for cells that have what the system has, with comments that make names of it", function () {
    this.timeout(240_000);
    for (const profile of allProfiles()) {
      fc.assert(
        fc.property(anyMachine(profile), sharing, (configs, how) => {
          const loss = lossThroughJail(withSharing(configs, how));
          if (loss !== null) throw new Error(`${profile.id}: ${loss}`);
        }),
        { numRuns: 8 },
      );
    }
  });
});
