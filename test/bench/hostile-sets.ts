import type { WireConfig, WireStruct } from "../../schema/codec/wire.js";
import { type Contents, configsOf, region } from "./hostile-configs.js";
import { hostileTables } from "./hostile-tables.js";

/** Sets in which everything meets everything else: what compares elements pair by pair never ends with them. */

export interface HostileSet {
  readonly name: string;
  /** Made anew each time: no more than one set has to be held. */
  configs(): readonly WireConfig[];
}

/** Regions and devices of one config. */
interface Tables {
  readonly regions?: readonly WireStruct[];
  readonly devices?: readonly WireStruct[];
}

const page = 0x1000n;
const base = 0x1_0000_0000n;
const readOnly = 1n;
const readWrite = 3n;
const rootShared = 0x80n;
const io32 = 0x40000n;
const io32Unaligned = io32 | 0x8000n;
const physicalDevice = 1;
const ivshmem = 3;

/** @param count of the elements of one kind of each config */
export function hostileSets(cells: number, count: number): readonly HostileSet[] {
  return [...hostileMemory(cells, count), ...hostileTables(cells, count)];
}

function hostileMemory(cells: number, count: number): readonly HostileSet[] {
  const numbers = [...Array(count).keys()];
  const identical = numbers.map(() => region(base, 0n, page, readWrite));
  const nested = numbers.map((index) =>
    region(
      base + BigInt(index) * page,
      BigInt(index) * page,
      BigInt(2 * count - 2 * index) * page,
      readWrite,
    ),
  );
  const trapped = numbers.map(() => region(base + 0x400n, 0x400n, 0x100n, readWrite | io32));
  const trappedLong = numbers.map((index) =>
    region(base + BigInt(index) * 4n, BigInt(index) * 4n, 0x1800n, readWrite | io32Unaligned),
  );
  const readOnlyRoot = identical.map((each) => ({ ...each, virt_start: base, flags: readOnly }));
  const inRoot = (regions: readonly WireStruct[]) =>
    regions.map((each) => ({ ...each, virt_start: each.phys_start! }));
  const tables = numbers.map((index) => ({
    type: physicalDevice,
    bdf: index,
    num_msix_vectors: 5,
    msix_region_size: 0x1000,
    msix_address: base,
  }));
  const same = (name: string, cell: Tables, root: Tables = {}): HostileSet => ({
    name,
    configs: () =>
      configsOf(
        contentsOf(root),
        Array.from({ length: cells }, () => contentsOf(cell)),
      ),
  });
  const ownLinks = (cell: number): Tables => ({
    regions: identical.map((each) => ({ ...each, flags: readWrite | rootShared })),
    devices: numbers.map((index) => end(cell * count + index, 0, 0)),
  });
  return [
    same("identical regions", { regions: identical }, { regions: inRoot(identical) }),
    same("identical regions, read-only in the root cell", { regions: identical }, { regions: readOnlyRoot }),
    same("nested regions", { regions: nested }, { regions: inRoot(nested) }),
    same("trapped regions", { regions: trapped }, { regions: inRoot(trapped) }),
    same("trapped regions over mapped ones", { regions: trapped }, { regions: inRoot(identical) }),
    same("mapped regions over trapped ones", { regions: identical }, { regions: inRoot(trapped) }),
    same("trapped and mapped regions", { regions: half(trapped, identical) }),
    same("trapped regions beyond their pages", { regions: trappedLong }, { regions: inRoot(trappedLong) }),
    same("tables and regions", { regions: identical, devices: tables }, { devices: tables }),
    same("tables in regions of others", { regions: identical }, { devices: tables, regions: readOnlyRoot }),
    same("links on one memory", linked(numbers, identical)),
    same("ends of one link", { ...linked(numbers, identical), devices: numbers.map((id) => end(0, id, id)) }),
    {
      name: "links of each cell",
      configs: () =>
        configsOf(
          {},
          Array.from({ length: cells }, (_, cell) => contentsOf(ownLinks(cell))),
        ),
    },
  ];
}

function contentsOf({ regions = [], devices = [] }: Tables): Contents {
  return { tables: { mem_regions: regions, pci_devices: devices } };
}

/** Links that differ in their address alone. */
function linked(numbers: readonly number[], regions: readonly WireStruct[]): Tables {
  return {
    regions: regions.map((each) => ({ ...each, flags: readWrite | rootShared })),
    devices: numbers.map((index) => end(index, index % 12, 0)),
  };
}

function end(bdf: number, id: number, protocol: number): WireStruct {
  return {
    type: ivshmem,
    bdf: bdf & 0xffff,
    shmem_regions_start: 0,
    shmem_dev_id: id & 0xff,
    shmem_peers: 2,
    shmem_protocol: protocol,
    bar_mask: [0xffffff00, 0xffffffff, 0, 0, 0, 0],
  };
}

function half(one: readonly WireStruct[], other: readonly WireStruct[]): readonly WireStruct[] {
  return [...one.slice(one.length >> 1), ...other.slice(other.length >> 1)];
}
