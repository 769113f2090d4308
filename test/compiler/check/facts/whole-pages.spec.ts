import { expect } from "chai";
import fc from "fast-check";
import { Region } from "../../../../compiler/check/facts/region.js";
import { splitAtPages } from "../../../../compiler/check/facts/whole-pages.js";
import { flagSet } from "../../../../compiler/ir/names.js";
import { setOf } from "../../../support/checking.js";

const { cells } = setOf(
  'import "machines/intel-pc.jail"\nsystem pc { use intel-pc() }\ncell demo { use inmate() }',
);
const config = cells[0]!;
const sample = config.regions[0]!.node;

interface Place {
  readonly physStart: bigint;
  readonly virtStart: bigint;
  readonly size: bigint;
}

function registers(place: Place, io = true): Region {
  const flags = flagSet(...(io ? ["JAILHOUSE_MEM_READ", "JAILHOUSE_MEM_IO"] : ["JAILHOUSE_MEM_READ"]));
  return new Region(config, { ...sample, ...place, flags }, 0);
}

interface Piece extends Place {
  readonly isWhole: boolean;
}

/** Page by page: what the region has of each, neighbours of one kind joined. */
function pieces({ physStart, virtStart, size }: Place): readonly Piece[] {
  const found: Piece[] = [];
  for (let page = virtStart - (virtStart % 4096n); page < virtStart + size; page += 4096n) {
    const start = page < virtStart ? virtStart : page;
    const end = page + 4096n < virtStart + size ? page + 4096n : virtStart + size;
    const isWhole = end - start === 4096n;
    const last = found.at(-1);
    if (last?.isWhole === true && isWhole) found[found.length - 1] = { ...last, size: last.size + 4096n };
    else
      found.push({ physStart: physStart + start - virtStart, virtStart: start, size: end - start, isWhole });
  }
  return found;
}

/** What the regions are once the changes are made. */
function afterSplit(region: Region): readonly Piece[] | undefined {
  const [fix] = splitAtPages(region);
  if (fix === undefined) return undefined;
  let { physStart, virtStart, size } = region.node;
  let isWhole = true;
  const copies: Piece[] = [];
  for (const change of fix.changes) {
    expect(change.at.node).to.equal(region.node);
    if (change.kind === "set") {
      expect(change.at.field).to.equal("size");
      size = change.value;
    } else if (change.kind === "flag") {
      expect([change.at.field, change.name, change.on]).to.deep.equal(["flags", "JAILHOUSE_MEM_IO_32", true]);
      isWhole = false;
    } else if (change.kind === "copy") {
      const place = change.values as unknown as Place;
      const flags = change.flags ?? [];
      expect(flags.every((name) => name === "JAILHOUSE_MEM_IO_32")).to.equal(true);
      copies.push({ ...place, isWhole: flags.length === 0 });
    } else throw new Error(`unexpected change ${change.kind}`);
  }
  return [{ physStart, virtStart, size, isWhole }, ...copies];
}

/** Ends near those of pages, and elsewhere. */
const nearPages = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0, 1, 2, 0x800, 0xffe, 0xfff))
  .map(([page, offset]) => BigInt(page * 4096 + offset));

describe("registers that are cut at their pages", () => {
  it("are mapped where they fill pages, and trapped elsewhere", () => {
    fc.assert(
      fc.property(
        nearPages,
        nearPages,
        fc.constantFrom(0n, 0x1000n, 0x40_0000n),
        (virtStart, size, shift) => {
          const place = { physStart: 0xfea0_0000n + virtStart + shift, virtStart, size };
          const expected = pieces(place);
          const isMixed = expected.some(({ isWhole }) => isWhole) && expected.some(({ isWhole }) => !isWhole);
          expect(afterSplit(registers(place))).to.deep.equal(isMixed ? expected : undefined);
        },
      ),
      { numRuns: 600 },
    );
  });

  const place = { physStart: 0xfea0_0f00n, virtStart: 0x2_0f00n, size: 0x2200n };

  it("are registers, not memory", () => {
    expect(afterSplit(registers(place))).to.have.length(3);
    expect(afterSplit(registers(place, false))).to.equal(undefined);
  });

  it("lie in a page of the machine as they do in that of the cell", () => {
    for (const shift of [1n, -1n, 0x800n, 0xfffn, 0x1001n])
      expect(afterSplit(registers({ ...place, physStart: place.physStart + shift }))).to.equal(undefined);
  });
});
