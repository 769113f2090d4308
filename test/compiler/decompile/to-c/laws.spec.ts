import { expect } from "chai";
import fc from "fast-check";
import { toC } from "../../../../compiler/decompile/to-c/to-c.js";
import { decode } from "../../../../schema/codec/decode.js";
import { encode } from "../../../../schema/codec/encode.js";
import type { WireConfig } from "../../../../schema/codec/wire.js";
import type { Profile } from "../../../../schema/layout/types.js";
import { lossThroughC } from "../../../support/c-round-trip.js";
import { gccBytes } from "../../../support/gcc-bytes.js";
import { likelyConfig } from "../../../support/likely-config.js";
import { allProfiles, randomConfig } from "../../../support/random-config.js";

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

describe("the C source of any config", () => {
  it("gives its bytes again, for every profile", async function () {
    this.timeout(240_000);
    for (const profile of allProfiles()) {
      await fc.assert(
        fc.asyncProperty(anyConfig(profile), async (config) => {
          const loss = await lossThroughC(config);
          if (loss !== null) throw new Error(`${profile.id}: ${loss}`);
        }),
        { numRuns: 20 },
      );
    }
  });

  it("gives them through gcc as well, for every profile", async function () {
    this.timeout(240_000);
    const configs = allProfiles().flatMap((profile) => fc.sample(anyConfig(profile), 4));
    const found = await gccBytes(
      configs.map((config) => ({ source: toC(config), profile: config.profile.id })),
    );
    configs.forEach((config, index) => {
      const bytes = found[index]!;
      if (typeof bytes === "string") throw new Error(`${config.profile.id}: ${bytes}\n${toC(config)}`);
      expect(Buffer.from(bytes).toString("hex"), toC(config)).to.equal(
        Buffer.from(encode(config)).toString("hex"),
      );
    });
  });

  it("is tried with everything that it can say in a way of its own", () => {
    const ways: Readonly<Record<string, RegExp>> = {
      "a network link": /JAILHOUSE_SHMEM_NET_REGIONS\(0x[0-9a-f]+, [01]\)/,
      "a network link at the end of a type": /JAILHOUSE_SHMEM_NET_REGIONS\(0x[0-9a-f]+ULL, [01]\)/,
      "masks of BARs": /\.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_/,
      "ranges of ports": /PIO_RANGE\(/,
      "runs of ports": /\/8 \.\.\. /,
      pins: /1 << \(/,
      "a sum": /JAILHOUSE_SHMEM_PROTO_VIRTIO_(FRONT|BACK) \+\s+VIRTIO_DEV_/,
      "an extended capability": /\| JAILHOUSE_PCI_EXT_CAP/,
      "stream ids with masks": /\.mmu500\.mask_out = /,
      "a literal in pieces": /" "/,
    };
    const rare = new Set(Object.keys(ways));
    for (const config of allProfiles().flatMap((profile) => fc.sample(anyConfig(profile), 20))) {
      const source = toC(config);
      for (const way of rare) if (ways[way]!.test(source)) rare.delete(way);
    }
    expect([...rare]).to.deep.equal([]);
  });
});
