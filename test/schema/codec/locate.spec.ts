import { expect } from "chai";
import fc from "fast-check";
import { encode } from "../../../schema/codec/encode.js";
import { pathAt, placeOf, sectionsOf } from "../../../schema/codec/locate.js";
import { pathText } from "../../../schema/codec/wire.js";
import { buildConfig } from "../../support/build-config.js";
import { allProfiles, profileNamed, randomConfig } from "../../support/random-config.js";

const r14 = profileNamed("r14");
const config = buildConfig(r14, "system", {
  cell: { name: "root" },
  tables: {
    cpus: new Uint8Array(8),
    mem_regions: [{}, { size: 0x1122n }],
    irqchips: [{ pin_bitmap: [0, 0, 5, 0] }],
    stream_ids: [{ id: 9 }],
  },
  trailing: new Uint8Array(3),
});

describe("places of values in a file", () => {
  it("lists the sections in file order", () => {
    const sections = sectionsOf(config).map(({ table, offset, length }) => [table, offset, length]);
    expect(sections.filter(([, , length]) => length !== 0)).to.deep.equal([
      [null, 0, 488],
      ["cpus", 488, 8],
      ["mem_regions", 496, 64],
      ["irqchips", 560, 32],
      ["stream_ids", 592, 4],
      [null, 596, 3],
    ]);
  });

  it("finds fields, elements and tables", () => {
    expect(placeOf(config, ["mem_regions", 1, "size"])).to.deep.equal({ offset: 496 + 32 + 16, length: 8 });
    expect(placeOf(config, ["irqchips", 0, "pin_bitmap", 2])).to.deep.equal({
      offset: 560 + 16 + 8,
      length: 4,
    });
    expect(placeOf(config, ["platform_info", "iommu_units", 1, "base"])).to.deep.equal({
      offset: 88 + 28 + 4,
      length: 8,
    });
    expect(placeOf(config, ["root_cell", "name"])).to.deep.equal({ offset: 356 + 8, length: 32 });
    expect(placeOf(config, ["mem_regions"])).to.deep.equal({ offset: 496, length: 64 });
    expect(placeOf(config, ["mem_regions", 0])).to.deep.equal({ offset: 496, length: 32 });
    expect(placeOf(config, ["cpus", 3])).to.deep.equal({ offset: 491, length: 1 });
    expect(placeOf(config, ["platform_info", "iommu_units", 7])).to.deep.equal({
      offset: 88 + 7 * 28,
      length: 28,
    });
  });

  it("finds nothing where there is nothing", () => {
    const paths = [
      [],
      ["nowhere"],
      ["mem_regions", 2],
      ["mem_regions", -1],
      ["mem_regions", "size"],
      ["cpus", 1, "x"],
      ["flags", 0],
      ["irqchips", 0, "pin_bitmap", 4],
      ["irqchips", 0, "pin_bitmap", 0, "x"],
      ["root_cell", "nowhere"],
    ];
    for (const path of paths) expect(placeOf(config, path), pathText(path)).to.equal(undefined);
  });

  it("names the field at an offset", () => {
    const named = (offset: number): string => pathText(pathAt(config, offset));
    expect(named(0)).to.equal("signature");
    expect(named(5)).to.equal("architecture");
    expect(named(364)).to.equal("root_cell.name");
    expect(named(496 + 32 + 17)).to.equal("mem_regions[1].size");
    expect(named(560 + 16 + 9)).to.equal("irqchips[0].pin_bitmap[2]");
    expect(named(592)).to.equal("stream_ids[0].id");
    expect(named(490)).to.equal("cpus[2]");
    expect(named(88 + 28 + 4)).to.equal("platform_info.iommu_units[1].base");
    expect(named(88 + 28 + 20)).to.equal("platform_info.iommu_units[1]");
    expect(named(597)).to.equal("");
    expect(named(10_000)).to.equal("");
  });

  it("agrees with itself: the field named at an offset lies at that offset", () => {
    for (const profile of allProfiles().filter((_, index) => index % 7 === 0)) {
      fc.assert(
        fc.property(randomConfig(profile), fc.nat(), (random, at) => {
          const offset = at % Math.max(1, encode(random).length);
          const path = pathAt(random, offset);
          if (path.length === 0) return;
          const place = placeOf(random, path)!;
          expect(offset).to.be.within(place.offset, place.offset + place.length - 1);
        }),
        { numRuns: 30 },
      );
    }
  });
});
