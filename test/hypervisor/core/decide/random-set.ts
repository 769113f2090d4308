import type { CellConfig } from "../../../../hypervisor/core/config/cell-config.js";
import { readCellConfig, readSystemConfig } from "../../../../hypervisor/core/config/read-config.js";
import { builtInProfiles } from "../../../../schema/codec/detect.js";
import type { WireStruct, WireTable } from "../../../../schema/codec/wire.js";
import { amdSystem, baseConfigs } from "../../../oracle/base-configs.js";
import { changedCell, oneOf, wireOf, withChanges } from "../../naive/configs.js";
import { type Random, randomRegions } from "../../naive/random-scenario.js";

/** Cells that can be there together, with the CPU that acts for each. */
export const cpusOf = { root: 0, "tiny-demo": 2, "apic-demo": 3 } as const;
export type Actor = keyof typeof cpusOf;
export type CellName = Exclude<Actor, "root">;
export const cellNames: readonly CellName[] = ["tiny-demo", "apic-demo"];

export type Tables = Readonly<Record<string, WireTable>>;

/** What happens before the accesses. */
export type Operation =
  | { readonly does: "create" | "load" | "destroy"; readonly cell: CellName }
  | { readonly does: "start"; readonly cell: CellName };

/** Two cells of random tables on one of upstream's machines. */
export interface RandomSet {
  readonly vendor: "intel" | "amd";
  /** Tables of each config; what the root cell's has besides is upstream's. */
  readonly tables: Readonly<Record<Actor, Tables>>;
  readonly flags: Readonly<Record<Actor, number>>;
  readonly operations: readonly Operation[];
}

export const profile = builtInProfiles.profile("r14.1");
const virtualConsolePermitted = 0x4000_0000;

function baseOf(vendor: RandomSet["vendor"]): Uint8Array {
  return baseConfigs().get(vendor === "amd" ? amdSystem : "qemu-x86")!;
}

export function systemOf({ vendor, tables, flags }: RandomSet): Uint8Array {
  const base = baseOf(vendor);
  const root = wireOf(base, "system").header.root_cell as WireStruct;
  return withChanges(base, "system", {
    tables: tables.root,
    header: { root_cell: { ...root, flags: flags.root } },
  });
}

export function cellOf({ tables, flags }: RandomSet, name: CellName): Uint8Array {
  return changedCell(name, tables[name], { flags: flags[name] });
}

export function configOf(set: RandomSet, actor: Actor): CellConfig {
  if (actor === "root") return readSystemConfig(systemOf(set), profile).rootCell;
  return readCellConfig(cellOf(set, actor), profile);
}

export function randomSet(random: Random): RandomSet {
  const vendor = oneOf(["intel", "amd"] as const, random);
  const system = baseOf(vendor);
  const root = readSystemConfig(system, profile).rootCell;
  const known = wireOf(system, "system").tables;
  const devices = known.pci_devices as readonly WireStruct[];
  const tables = (): Tables => ({
    mem_regions: randomRegions(random, root.memoryRegions).map(regionOnWire),
    pio_regions: Array.from({ length: random(5) }, () => ({
      base: oneOf([0x60, 0x2f8, 0x3f8, 0x64, 0xcf8, 0xe010, 0x608], random) + random(4),
      length: oneOf([0, 1, 2, 4, 8], random),
    })),
    irqchips: random(2) === 0 ? [] : [chipOf(random, root)],
    ...randomDevices(random, devices),
  });
  const flags = (): number => oneOf([0, virtualConsolePermitted], random);
  return {
    vendor,
    tables: { root: known, "tiny-demo": tables(), "apic-demo": tables() },
    flags: { root: root.flags, "tiny-demo": flags(), "apic-demo": flags() },
    operations: randomOperations(random),
  };
}

export function regionOnWire(region: CellConfig["memoryRegions"][number]): WireStruct {
  const { physStart, virtStart, size, flags } = region;
  return { phys_start: physStart, virt_start: virtStart, size, flags };
}

function chipOf(random: Random, root: CellConfig): WireStruct {
  const { address, id } = root.irqchips[0]!;
  return { address, id, pin_base: 0, pin_bitmap: [random(2 ** 24), 0, 0, 0] };
}

/** Some of the root cell's devices, with capabilities of the test's own. */
function randomDevices(random: Random, known: readonly WireStruct[]): Tables {
  const physical = known.filter(({ type }) => type !== 3);
  const pci_caps: WireStruct[] = [];
  const pci_devices = Array.from({ length: random(3) }, (): WireStruct => {
    const device = oneOf(physical, random);
    const caps_start = pci_caps.length;
    for (let place = 0x40; place < 0x100 && random(3) > 0; place += 0x20) {
      pci_caps.push({
        id: oneOf([1, 5, 9], random),
        start: place,
        len: 8 * (1 + random(3)),
        flags: random(2),
      });
    }
    return {
      ...device,
      type: oneOf([1, 1, 2], random),
      bar_mask: Array.from({ length: 6 }, () => oneOf([0, 0xffff_f000, 0xffff_c000], random)),
      caps_start,
      num_caps: pci_caps.length - caps_start,
      num_msi_vectors: 1,
      num_msix_vectors: 0,
      msix_address: 0n,
    };
  });
  return { pci_devices, pci_caps };
}

function randomOperations(random: Random): readonly Operation[] {
  const there = new Set<CellName>();
  const loadable = new Set<CellName>();
  const operations: Operation[] = [];
  for (let count = 2 + random(6); count > 0; count--) {
    const cell = oneOf(cellNames, random);
    if (!there.has(cell)) {
      there.add(cell);
      operations.push({ does: "create", cell });
    } else if (random(4) === 0) {
      there.delete(cell);
      loadable.delete(cell);
      operations.push({ does: "destroy", cell });
    } else if (loadable.delete(cell)) {
      operations.push({ does: "start", cell });
    } else {
      loadable.add(cell);
      operations.push({ does: "load", cell });
    }
  }
  return operations;
}
