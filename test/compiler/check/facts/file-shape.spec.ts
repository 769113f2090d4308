import { expect } from "chai";
import { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import { type FileShape, fileShape, looksMisread } from "../../../../compiler/check/facts/file-shape.js";

import type { Config } from "../../../../compiler/ir/config.js";
import type { OriginOfBytes } from "../../../../compiler/ir/origin.js";
import type { ConfigKind } from "../../../../schema/codec/wire.js";
import { resolveProfile } from "../../../../schema/layout/resolve.js";
import type { Profile } from "../../../../schema/layout/types.js";
import { setOf } from "../../../support/checking.js";

const originOf: OriginOfBytes = (offset, length) => ({ kind: "binary", file: "a.cell", offset, length });
const bytesAt = (offset: number, length: number): object => ({
  kind: "binary",
  file: "a.cell",
  offset,
  length,
});

const profile = resolveProfile("HEAD")!;

/** Sizes of headers and elements, and where counts are in the description of a cell: revision 14 of the format. */
const headerOf: Readonly<Record<ConfigKind, number>> = {
  cell: headerSize(profile, "cell"),
  system: headerSize(profile, "system"),
};
const descriptionOf: Readonly<Record<ConfigKind, number>> = {
  cell: 0,
  system: headerOf.system - headerOf.cell,
};

function headerSize({ structs }: Profile, kind: ConfigKind): number {
  return structs.get(kind === "cell" ? "jailhouse_cell_desc" : "jailhouse_system")!.size;
}

interface Table {
  /** Where its count is, from the start of the file. */
  readonly countAt: number;
  readonly countSize: number;
  readonly unit: number;
}

function tablesOf(kind: ConfigKind): readonly Table[] {
  const fields = profile.structs.get("jailhouse_cell_desc")!.fields;
  return profile.tables.map((table) => {
    const count = fields.find(({ name }) => name === table.count)!;
    return {
      countAt: descriptionOf[kind] + count.offset,
      countSize: count.kind === "integer" ? count.size : 0,
      unit: table.unit === "bytes" ? 1 : table.elementSize,
    };
  });
}

/** A file whose header counts so many units of each table, with so many bytes. */
function file(kind: ConfigKind, counts: readonly number[], length: number): Uint8Array {
  const whole = new Uint8Array(Math.max(length, headerOf[kind]));
  const view = new DataView(whole.buffer);
  for (const [index, { countAt, countSize }] of tablesOf(kind).entries()) {
    const value = counts[index] ?? 0;
    if (countSize === 4) view.setUint32(countAt, value, true);
    else if (countSize === 2) view.setUint16(countAt, value, true);
    else view.setUint8(countAt, value);
  }
  return whole.slice(0, length);
}

const shapeOf = (kind: ConfigKind, counts: readonly number[], length: number): FileShape =>
  fileShape(file(kind, counts, length), { profile, kind }, originOf);

/** Table by table: what is read as long as there are bytes. */
function expected(kind: ConfigKind, counts: readonly number[], length: number): object {
  const header = headerOf[kind];
  if (length === 0) return { needed: header };
  if (length < header) return { needed: header, lastRead: bytesAt(length - 1, 1) };
  let end = header;
  let cut: Table | undefined;
  for (const [index, table] of tablesOf(kind).entries()) {
    for (let unit = 0; unit < (counts[index] ?? 0); unit++) {
      end += table.unit;
      if (end > length && cut === undefined) cut = table;
    }
  }
  return {
    needed: end,
    ...(cut === undefined ? {} : { lastRead: bytesAt(cut.countAt, cut.countSize) }),
    ...(length > end ? { behind: bytesAt(end, length - end) } : {}),
  };
}

describe("the shape of a file", () => {
  it("is that of its tables by their counts, whatever the file ends in", () => {
    const count = tablesOf("cell").length;
    const each = Array.from({ length: count }, (_, index) =>
      Array.from({ length: count }, (_, at) => (at === index ? 2 : 0)),
    );
    const ones = Array.from({ length: count }, () => 1);
    for (const kind of ["cell", "system"] as const)
      for (const counts of [[], [8], ones, ...each]) {
        const all = (expected(kind, counts, 1 << 16) as FileShape).needed;
        const header = headerOf[kind];
        const ends = [0, 1, 2, header - 1, header, header + 1, all - 1, all, all + 1, all + 2, all + 100];
        for (let length = header; length < all; length += 7) ends.push(length);
        for (const length of ends)
          expect(shapeOf(kind, counts, length), `${kind} ${counts} ${length}`).to.deep.equal(
            expected(kind, counts, length),
          );
      }
  });

  it("tells all that is known of revision 14", () => {
    expect(headerOf).to.deep.equal({ cell: 132, system: 488 });
    expect(shapeOf("cell", [8], 132)).to.deep.equal({
      needed: 140,
      lastRead: bytesAt(tablesOf("cell")[0]!.countAt, 4),
    });
    expect(shapeOf("cell", [8], 140)).to.deep.equal({ needed: 140 });
    expect(shapeOf("cell", [8], 142)).to.deep.equal({ needed: 140, behind: bytesAt(140, 2) });
  });

  it("is read where the bytes lie in a larger buffer", () => {
    const around = new Uint8Array(400).fill(255);
    around.set(file("cell", [8, 1], 200), 50);
    expect(fileShape(around.subarray(50, 250), { profile, kind: "cell" }, originOf)).to.deep.equal(
      expected("cell", [8, 1], 200),
    );
  });
});

describe("a table that is read from the middle of another one", () => {
  const demo = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:02.0; ioports 0x3f8-0x3ff }`).cells[0]!;
  const { memoryRegions, pciDevices, portIo } = demo.cell;
  const like = (parts: Partial<CheckedConfig["cell"]>): boolean =>
    looksMisread(new CheckedConfig({ ...demo.config, ...parts } as Config, demo.facts));

  const strange = pciDevices.map((device) => ({ ...device, type: 77 }));
  const ports = (base: number, length: number): Partial<CheckedConfig["cell"]> => {
    if (portIo.kind !== "ranges") throw new Error("no ranges of ports");
    return { portIo: { ...portIo, ranges: [...portIo.ranges, { ...portIo.ranges[0]!, base, length }] } };
  };

  it("looks unlike what anybody writes", () => {
    expect(looksMisread(demo)).to.equal(false);
    expect(like({ pciDevices: strange })).to.equal(true);
    expect(like({ pciDevices: [...pciDevices, ...strange] })).to.equal(true);
    const odd = { ...memoryRegions[0]!, flags: { ...memoryRegions[0]!.flags, unknown: 1n << 63n } };
    expect(like({ memoryRegions: [...memoryRegions, odd] })).to.equal(true);
    expect(like(ports(0x80, 0))).to.equal(true);
    expect(like(ports(0xffff, 2))).to.equal(true);
    expect(like(ports(0xffff, 1))).to.equal(false);
  });

  it("is not what is wrong where there is no region at all", () => {
    expect(like({ memoryRegions: [], pciDevices: strange })).to.equal(false);
    expect(like({ memoryRegions: memoryRegions.slice(0, 1), pciDevices: strange })).to.equal(true);
  });
});
