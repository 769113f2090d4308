import fc from "fast-check";
import { decode } from "../../../../schema/codec/decode.js";
import { encode } from "../../../../schema/codec/encode.js";
import type { WireConfig } from "../../../../schema/codec/wire.js";
import type { Profile } from "../../../../schema/layout/types.js";
import { lossThroughJail } from "../../../support/jail-round-trip.js";
import { likelyConfig } from "../../../support/likely-config.js";
import { allProfiles, randomConfig } from "../../../support/random-config.js";
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
