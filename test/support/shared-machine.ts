import fc from "fast-check";
import type { JailInput } from "../../compiler/decompile/to-dsl/to-jail.js";
import { planOfProfile } from "../../schema/codec/profile-plan.js";
import type { WireConfig, WireStruct, WireValue } from "../../schema/codec/wire.js";
import type { StructLayout } from "../../schema/layout/types.js";

/** Random machines whose cells have what their system has, with comments at all of it that make names or none. */

const comments = [
  ..."RAM|UART (shared)|NIC|PCI host|IO-APIC|GIC|net|first|or|comm|".split("|"),
  "two\nlines",
  "a comment that is far too long for a label of anything",
];

const ways = ["own", "system", "before", "behind"] as const;

export interface Sharing {
  /** What a cell has of a table of the system, by cell and table: nothing, all of it and nothing else, or both. */
  readonly ways: readonly (typeof ways)[number][];
  /** First capability and number of them, by the index of the device. */
  readonly capabilities: readonly (readonly [number, number])[];
  readonly regions: readonly { readonly start: bigint; readonly size: bigint; readonly flags: bigint }[];
  readonly comments: readonly string[];
  readonly vpciIrqBase: number;
}

export const sharing: fc.Arbitrary<Sharing> = fc.record({
  ways: fc.array(fc.constantFrom(...ways), { minLength: 1, maxLength: 7 }),
  capabilities: fc.array(fc.tuple(fc.nat(4), fc.nat(3)), { minLength: 1, maxLength: 5 }),
  regions: fc.array(
    fc.record({
      start: fc.nat(3).map((place) => BigInt(place) * 0x100_0000n),
      size: fc.constantFrom(0n, 0x1000n, 0x10_0000n, 0x20_0000n),
      flags: fc.nat(0xff).map(BigInt),
    }),
    { maxLength: 3 },
  ),
  comments: fc.array(fc.constantFrom(...comments), { minLength: 1, maxLength: 7 }),
  vpciIrqBase: fc.constantFrom(0, 10, 987, 988, 5000),
});

/** Tables whose elements a cell is granted by their names, and that of what these have. */
const sharedTables = ["mem_regions", "irqchips", "pio_regions", "pci_devices", "pci_caps"];

export function withSharing(configs: readonly WireConfig[], how: Sharing): readonly JailInput[] {
  const filled = configs.map((config) => withSayable(config, how));
  const system = filled.find(({ kind }) => kind === "system");
  return filled.map((config, cell) => {
    const tables = { ...config.tables };
    for (const [index, table] of sharedTables.entries()) {
      const own = structsOf(config, table);
      const whole = system === undefined || system === config ? undefined : structsOf(system, table);
      if (own === undefined || whole === undefined) continue;
      const way = how.ways[(cell * sharedTables.length + index) % how.ways.length]!;
      if (way === "system") tables[table] = whole;
      if (way === "before") tables[table] = [...whole, ...own];
      if (way === "behind") tables[table] = [...own, ...whole];
    }
    return {
      config: { ...config, tables },
      stem: config === system ? "board" : `board-${cell}`,
      commentOf: (table: string, index: number) =>
        how.comments[(sharedTables.indexOf(table) + 2 * index + 1) % how.comments.length],
    };
  });
}

/** With regions that statements can say, devices that have capabilities, and an interrupt of virtual PCI. */
function withSayable(config: WireConfig, how: Sharing): WireConfig {
  const tables = { ...config.tables };
  const regions = structsOf(config, "mem_regions");
  const regionLayout = layoutOf(config, "mem_regions");
  if (regions !== undefined && regionLayout !== undefined) {
    const more = how.regions.map(({ start, size, flags }) =>
      withFields({}, regionLayout, {
        phys_start: start,
        virt_start: start,
        size,
        flags,
        access_flags: flags,
      }),
    );
    tables.mem_regions = [...regions, ...more];
  }
  const devices = structsOf(config, "pci_devices");
  const deviceLayout = layoutOf(config, "pci_devices");
  if (devices !== undefined && deviceLayout !== undefined) {
    const known = structsOf(config, "pci_caps")?.length ?? 0;
    tables.pci_devices = devices.map((device, index) => {
      const [start, count] = how.capabilities[index % how.capabilities.length]!;
      const first = Math.min(start, known);
      return withFields(device, deviceLayout, {
        caps_start: first,
        num_caps: Math.min(count, known - first),
      });
    });
  }
  const { field } = planOfProfile(config.profile).headers[config.kind].description;
  const layout = config.profile.structs.get("jailhouse_cell_desc")!;
  const cell = (value: WireStruct): WireStruct =>
    withFields(value, layout, { vpci_irq_base: how.vpciIrqBase });
  const header =
    field === null
      ? cell(config.header)
      : { ...config.header, [field]: cell((config.header[field] ?? {}) as WireStruct) };
  return { ...config, header, tables };
}

function structsOf({ tables }: WireConfig, name: string): readonly WireStruct[] | undefined {
  const table = tables[name];
  return table === undefined || table instanceof Uint8Array ? undefined : (table as readonly WireStruct[]);
}

function layoutOf({ profile }: WireConfig, name: string): StructLayout | undefined {
  return planOfProfile(profile).tables.find(({ table }) => table.name === name)?.table.layout ?? undefined;
}

/** The struct with those of the values that it has fields for. */
function withFields(
  struct: WireStruct,
  { fields }: StructLayout,
  values: Readonly<Record<string, WireValue>>,
): WireStruct {
  const known = Object.entries(values).filter(([key]) => fields.some(({ name }) => name === key));
  return { ...struct, ...Object.fromEntries(known) };
}
