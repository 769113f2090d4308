import type { WireStruct } from "../../schema/codec/wire.js";
import { type Contents, configsOf, region, type Tables } from "./hostile-configs.js";
import type { HostileSet } from "./hostile-sets.js";

/**
 * Elements of every kind but memory regions and links: the same ones in each place, each one within the one before, and
 * none that has anything in common with another.
 */

/** @param index of the element in its table @param cell 0 for the root cell */
type Element = (index: number, cell: number) => WireStruct;

const distributor = 0x0800_0000n;
const ioapic = 0xfec0_0000n;
const page = 0x1000n;
const allPins = [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff];
const cpuBytes = 4096;

export function hostileTables(cells: number, count: number): readonly HostileSet[] {
  const tableOf = (element: Element, cell: number): readonly WireStruct[] =>
    Array.from({ length: count }, (_, index) => element(index, cell));
  const set = (name: string, contents: (cell: number) => Contents): HostileSet => ({
    name,
    configs: () =>
      configsOf(
        contents(0),
        Array.from({ length: cells }, (_, cell) => contents(cell + 1)),
      ),
  });
  const kind = (
    name: string,
    table: string,
    [identical, nested, disjoint]: readonly [Element, Element, Element],
    others: Contents = {},
  ): readonly HostileSet[] =>
    Object.entries({ identical, nested, disjoint }).map(([how, element]) =>
      set(`${name}, ${how}`, (cell) => ({
        ...others,
        tables: { ...others.tables, [table]: tableOf(element, cell) },
      })),
    );
  const own = (index: number, cell: number): number => cell * count + index;
  return [
    ...kind("I/O APICs", "irqchips", ioapics(own), { machine: "x86", system: systemX86 }),
    ...kind("interrupts of the GIC", "irqchips", gicElements, { system: systemArm }),
    ...kind("capabilities of one device", "pci_caps", capabilities, {
      machine: "x86",
      system: systemX86,
      tables: { pci_devices: [{ type: 1, bdf: 8, num_caps: count }] },
    }),
    ...kind("capabilities of all devices", "pci_caps", capabilities, {
      machine: "x86",
      system: systemX86,
      tables: { pci_devices: tableOf((index) => ({ type: 1, bdf: index, num_caps: count }), 0) },
    }),
    ...kind("devices", "pci_devices", devices(own), { machine: "x86", system: systemX86 }),
    ...kind("devices with MSI-X tables", "pci_devices", deviceTables(own), {
      machine: "x86",
      system: systemX86,
    }),
    ...kind("ports", "pio_regions", ports(own), { machine: "x86", system: systemX86 }),
    ...kind("parts of the cache", "cache_regions", cacheParts, { machine: "x86", system: systemX86 }),
    ...kind("stream ids of an SMMU", "stream_ids", streams(own), { system: systemWith(iommus(3, () => 0)) }),
    ...kind("stream ids of a PVU", "stream_ids", streams(own), { system: systemWith(iommus(4, () => 0)) }),
    ...kind("stream ids of an MMU-500", "stream_ids", streams(own), {
      system: systemWith(iommus(5, () => 0)),
    }),
    ...kind("functions of the same devices", "pci_devices", functions, { machine: "x86", system: systemX86 }),
    ...unitSets(set, tableOf),
    ...cpuSets(set),
    ...consoleSets(set, tableOf),
  ];
}

function ioapics(own: (index: number, cell: number) => number): readonly [Element, Element, Element] {
  return [
    () => ({ address: ioapic, id: 0x1f0f8, pin_bitmap: allPins }),
    (index) => ({ address: ioapic, id: 0x1f0f8, pin_bitmap: lowPins(128 - (index % 128)) }),
    (index, cell) => ({
      address: ioapic + BigInt(own(index, cell)) * page,
      id: own(index, cell),
      pin_bitmap: [1, 0, 0, 0],
    }),
  ];
}

const gicElements: readonly [Element, Element, Element] = [
  () => ({ address: distributor, pin_base: 32, pin_bitmap: allPins }),
  (index) => ({ address: distributor, pin_base: 32, pin_bitmap: lowPins(128 - (index % 128)) }),
  (index, cell) => ({
    address: distributor,
    pin_base: 32 + 32 * (index % 28),
    pin_bitmap: lowPins(1)
      .map((word) => word << (cell % 32))
      .map((word) => word >>> 0),
  }),
];

/** The lowest pins of an element. */
function lowPins(pins: number): readonly number[] {
  return [0, 1, 2, 3].map((word) => Number((1n << BigInt(Math.min(Math.max(pins - word * 32, 0), 32))) - 1n));
}

const capabilities: readonly [Element, Element, Element] = [
  () => ({ id: 5, start: 0x50, len: 14, flags: 1 }),
  (index) => ({ id: 5, start: 0x40 + (index % 2000), len: 4000 - 2 * (index % 2000), flags: index & 1 }),
  (index) => ({ id: 0x8001 + (index % 0x100), start: 0x100 + 3 * index, len: 3, flags: 0 }),
];

function devices(own: (index: number, cell: number) => number): readonly [Element, Element, Element] {
  return [
    () => ({ type: 1, bdf: 8, iommu: 9, num_msi_vectors: 3 }),
    (index) => ({ type: 1 + (index & 1), bdf: index >> 3, domain: index & 7, bar_mask: [1, 2, 3, 4, 5, 6] }),
    (index, cell) => ({ type: 1, bdf: own(index, cell) & 0xffff, domain: own(index, cell) >> 16 }),
  ];
}

function deviceTables(own: (index: number, cell: number) => number): readonly [Element, Element, Element] {
  const table = { type: 1, num_msix_vectors: 64 };
  return [
    () => ({ ...table, bdf: 8, msix_region_size: 0x1000, msix_address: ioapic }),
    (index) => ({
      ...table,
      bdf: index,
      msix_region_size: 0xf000,
      msix_address: ioapic + BigInt(index) * page,
    }),
    (index, cell) => ({
      ...table,
      bdf: own(index, cell) & 0xffff,
      msix_region_size: 0x1000,
      msix_address: 0x1_0000_0000n + BigInt(own(index, cell)) * page,
    }),
  ];
}

/** Each cell has one function of each device. */
const functions: readonly [Element, Element, Element] = [
  (_, cell) => ({ type: 1, bdf: 8 + (cell & 7) }),
  (index, cell) => ({ type: 1, bdf: (8 * index + Math.min(cell, 7)) & 0xffff }),
  (index, cell) => ({ type: 1, bdf: (8 * index + (cell & 7)) & 0xffff }),
];

function ports(own: (index: number, cell: number) => number): readonly [Element, Element, Element] {
  return [
    () => ({ base: 0, length: 0xffff }),
    (index) => ({ base: index % 0x8000, length: 0xfff0 - 2 * (index % 0x7ff0) }),
    (index, cell) => ({ base: own(index, cell) & 0xffff, length: 1 }),
  ];
}

const cacheParts: readonly [Element, Element, Element] = [
  () => ({ start: 0, size: 4, type: 3 }),
  (index) => ({ start: index % 16, size: 32 - 2 * (index % 16), type: 3 }),
  (index) => ({ start: index, size: 1, type: 3 }),
];

function streams(own: (index: number, cell: number) => number): readonly [Element, Element, Element] {
  return [
    () => ({ id: 0x11 }),
    (index) => ({ id: ((1 << (index % 15)) - 1) << 16 }),
    (index, cell) => ({ id: own(index, cell) & 0x7fff7fff }),
  ];
}

type MakeSet = (name: string, contents: (cell: number) => Contents) => HostileSet;
type MakeTable = (element: Element, cell: number) => readonly WireStruct[];

/** Eight units, as many as there can be, and devices behind them. */
function unitSets(set: MakeSet, tableOf: MakeTable): readonly HostileSet[] {
  const places = {
    identical: () => 0,
    nested: (unit: number) => unit,
    disjoint: (unit: number) => unit * 0x100,
  };
  const regions = tableOf((index) => region(unitBase + BigInt(index) * page, 0n, page, 3n), 0);
  return Object.entries(places).map(([how, place]) =>
    set(`units of an IOMMU, ${how}`, () => ({
      machine: "x86",
      system: systemWith(iommus(2, place)),
      tables: {
        mem_regions: regions,
        pci_devices: tableOf((index) => ({ type: 1, bdf: index, iommu: index % 9 }), 0),
      },
    })),
  );
}

function cpuSets(set: MakeSet): readonly HostileSet[] {
  const bytes = (isSet: (cpu: number, cell: number) => boolean) => (cell: number) => ({
    cpus: Uint8Array.from({ length: cpuBytes }, (_, byte) =>
      [0, 1, 2, 3, 4, 5, 6, 7].reduce((bits, bit) => bits | (isSet(byte * 8 + bit, cell) ? 1 << bit : 0), 0),
    ),
  });
  return [
    set(
      "CPUs, identical",
      bytes(() => true),
    ),
    set(
      "CPUs, nested",
      bytes((cpu, cell) => cpu >= 8 * cell),
    ),
    set(
      "CPUs, disjoint",
      bytes((cpu, cell) => cell === 0 || cpu % 64 === cell - 1),
    ),
    set(
      "CPUs, every other one",
      bytes((cpu) => cpu % 2 === 0),
    ),
  ];
}

/** Each cell has one; the regions and ports that they may be in are many. */
function consoleSets(set: MakeSet, tableOf: MakeTable): readonly HostileSet[] {
  const addresses = {
    identical: () => uart,
    nested: (cell: number) => uart + BigInt(cell) * 4n,
    disjoint: (cell: number) => uart + BigInt(cell) * page,
  };
  const regions = tableOf(
    (index) => region(uart + BigInt(index) * 4n, BigInt(index) * 4n, 0x800n, 0x40003n),
    0,
  );
  const ranges = tableOf((index) => ({ base: 0x3f8 + (index % 8), length: 8 }), 0);
  return Object.entries(addresses).flatMap(([how, address]) => [
    set(`consoles in memory, ${how}`, (cell) => {
      const console = { address: address(cell), size: 0x1000, type: 2, flags: 1 };
      return {
        cell: { console },
        system: { ...systemArm, debug_console: console },
        tables: { mem_regions: regions },
      };
    }),
    set(`consoles at ports, ${how}`, (cell) => {
      const console = { address: 0x3f8n + ((address(cell) - uart) & 0xfffn), size: 8, type: 1 };
      const tables: Tables = { pio_regions: ranges };
      return { machine: "x86", cell: { console }, system: { ...systemX86, debug_console: console }, tables };
    }),
  ]);
}

const uart = 0x0900_0000n;
const unitBase = 0xfed9_0000n;

function iommus(type: number, place: (unit: number) => number): readonly WireStruct[] {
  return Array.from({ length: 8 }, (_, unit) => ({
    type,
    base: unitBase + BigInt(place(unit)) * page,
    size: 0x10_0000,
  }));
}

function systemWith(iommu_units: readonly WireStruct[]): WireStruct {
  return { platform_info: { pci_mmconfig_base: 0xb000_0000n, pci_mmconfig_end_bus: 0xff, iommu_units } };
}

const systemX86 = systemWith([]);
const systemArm: WireStruct = { platform_info: { arm: { gic_version: 2, gicd_base: distributor } } };
