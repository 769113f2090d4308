import { expect } from "chai";
import fc from "fast-check";
import type { CheckedSet } from "../../../../compiler/check/facts/checked-set.js";
import type { Change } from "../../../../compiler/check/fix.js";
import { toC } from "../../../../compiler/decompile/to-c/to-c.js";
import { decode } from "../../../../schema/codec/decode.js";
import { encode } from "../../../../schema/codec/encode.js";
import type { WireConfig, WireStruct } from "../../../../schema/codec/wire.js";
import { compiled } from "../../../support/c-round-trip.js";
import { copy, editedBy, flag, remove, set } from "../../../support/fixing.js";
import { compiledJail, jailOf } from "../../../support/jail-round-trip.js";
import { likelyConfig } from "../../../support/likely-config.js";
import { profileNamed } from "../../../support/random-config.js";
import { sharing, withSharing } from "../../../support/shared-machine.js";

/** What happens to a region: as a change, and as what its element of the table becomes. */
interface Happening {
  readonly kind: "set" | "flag" | "remove" | "copy";
  readonly field: "physStart" | "virtStart" | "size";
  readonly value: bigint;
  readonly bit: number;
}

const values = fc.oneof(
  fc.nat(0xffff).map((page) => BigInt(page) << 12n),
  fc.constantFrom(0n, 8n, 0x1800n, 1n << 20n, 0x3b00_0800n),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
);

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom("set" as const, "flag" as const, "remove" as const, "copy" as const),
  field: fc.constantFrom("physStart" as const, "virtStart" as const, "size" as const),
  value: values,
  bit: fc.nat(3),
});

const flagNames = ["READ", "WRITE", "EXECUTE", "DMA"].map((name) => `JAILHOUSE_MEM_${name}`);
const wireName = { physStart: "phys_start", virtStart: "virt_start", size: "size" } as const;
const shmemDevice = 3;

function changeOf(checked: CheckedSet, cell: number, region: number, how: Happening): Change {
  const config = checked.all[cell]!;
  const node = config.cell.memoryRegions[region]!;
  const name = flagNames[how.bit]!;
  switch (how.kind) {
    case "set":
      return set(config, node, how.field, how.value);
    case "flag":
      return flag(config, node, name, !node.flags.names.includes(name));
    case "remove":
      return remove(config, node);
    case "copy":
      return copy(config, node, { [how.field]: how.value });
  }
}

/** The bytes that the changed config must have, worked out from those of the format alone. */
function changedBytes(config: WireConfig, index: number, how: Happening): Uint8Array {
  const regions = [...(config.tables.mem_regions as readonly WireStruct[])];
  const region = regions[index]!;
  const altered = { ...region, [wireName[how.field]]: how.value };
  const moved = how.kind === "remove" ? -1 : how.kind === "copy" ? 1 : 0;
  if (how.kind === "set") regions[index] = altered;
  if (how.kind === "flag")
    regions[index] = { ...region, flags: (region.flags as bigint) ^ (1n << BigInt(how.bit)) };
  if (how.kind === "remove") regions.splice(index, 1);
  if (how.kind === "copy") regions.splice(index + 1, 0, altered);
  const devices = (config.tables.pci_devices as readonly WireStruct[]).map((device) =>
    device.type === shmemDevice && (device.shmem_regions_start as number) > index
      ? { ...device, shmem_regions_start: (device.shmem_regions_start as number) + moved }
      : device,
  );
  return encode({ ...config, tables: { ...config.tables, mem_regions: regions, pci_devices: devices } });
}

function regionCount({ tables }: WireConfig): number {
  return (tables.mem_regions as readonly unknown[]).length;
}

/** All of it is in the tables, and the counts say so. */
function isPlain(config: WireConfig): boolean {
  const again = decode(encode(config), config.profile);
  return again.problems.length === 0 && regionCount(again.config) === regionCount(config);
}

const head = profileNamed("HEAD");

// What macros, loops and raw fields make is not offered: about half of what likely configs hold is written plainly.
describe("any change of a region, as an edit of its source", () => {
  it("makes just these bytes in C, where it is offered", async function () {
    this.timeout(120_000);
    let offered = 0;
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(likelyConfig(head), happening, fc.nat(), async (any, how, at) => {
        const [config] = isPlain(any) ? [decode(encode(any), head).config] : [];
        if (config === undefined || regionCount(config) === 0) return;
        const index = at % regionCount(config);
        const text = toC(config);
        const edited = await editedBy({ "a.c": text }, (checked) => [changeOf(checked, 0, index, how)]);
        asked += 1;
        if (edited === undefined) return;
        offered += 1;
        const bytes = await compiled(edited.texts["a.c"]!, head.id);
        expect(typeof bytes === "string" ? bytes : Buffer.from(bytes)).to.deep.equal(
          Buffer.from(changedBytes(config, index, how)),
        );
      }),
      { numRuns: 120 },
    );
    expect(offered / asked, `${offered} of ${asked}`).to.be.greaterThan(0.5);
  });

  it("makes just these bytes in the cell language, where it is offered", async function () {
    this.timeout(240_000);
    let offered = 0;
    let asked = 0;
    const machine = fc.array(likelyConfig(head), { minLength: 2, maxLength: 3 }).map((configs) => {
      const system = configs.findIndex(({ kind }) => kind === "system");
      return configs.filter(
        (config, index) => isPlain(config) && (config.kind === "cell" || index === system),
      );
    });
    await fc.assert(
      fc.asyncProperty(machine, sharing, happening, fc.nat(), async (plain, shared, how, at) => {
        const inputs = withSharing(plain, shared).map((input) => ({
          ...input,
          config: decode(encode(input.config), head).config,
        }));
        // The system comes first, wherever it was among the inputs.
        const ordered = inputs.toSorted((one, other) => order(one.config) - order(other.config));
        const cell = at % Math.max(ordered.length, 1);
        const config = ordered[cell]?.config;
        if (config === undefined || regionCount(config) === 0) return;
        const index = at % regionCount(config);
        const edited = await editedBy({ "a.jail": jailOf(inputs) }, (checked) => [
          changeOf(checked, cell, index, how),
        ]);
        asked += 1;
        if (edited === undefined) return;
        offered += 1;
        const cells = compiledJail(edited.texts["a.jail"]!);
        if (typeof cells === "string") throw new Error(cells);
        for (const [number, { bytes }] of cells.entries()) {
          const expected =
            number === cell ? changedBytes(config, index, how) : encode(ordered[number]!.config);
          expect(Buffer.from(bytes)).to.deep.equal(Buffer.from(expected));
        }
      }),
      { numRuns: 120 },
    );
    expect(offered / asked, `${offered} of ${asked}`).to.be.greaterThan(0.4);
  });
});

function order({ kind }: WireConfig): number {
  return kind === "system" ? 0 : 1;
}
