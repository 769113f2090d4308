/** Entries of configs by table and index, as the simulator names those that decided a violation, as spots of the model. */

import { comparedName } from "../check/facts/cell-name.js";
import type { CheckedConfig } from "../check/facts/checked-config.js";
import type { CheckedSet } from "../check/facts/checked-set.js";
import { portGrants } from "../check/facts/port-grants.js";
import type { Spot } from "../check/spot.js";
import type { IrNode } from "../ir/node.js";

/** An entry of a table, or a part of the header: `flags`, `hypervisor_memory`, `cpus`. */
export interface EntryName {
  /** As the hypervisor knows the cell. */
  readonly cell: string;
  readonly isRoot: boolean;
  /** As on the wire: `mem_regions`. */
  readonly table: string;
  /** From 0 on; null for the table as a whole. */
  readonly index: number | null;
  /** Flags and fields that it would have to have: the first one is shown where it can be. */
  readonly lacks?: readonly string[];
}

/** The config that has the entry; null where the set has none of that name. */
export function configOfEntry({ system, cells }: CheckedSet, entry: EntryName): CheckedConfig | null {
  if (entry.isRoot) return system;
  return cells.find((config) => comparedName(config) === entry.cell) ?? null;
}

/** Null for an entry that the config does not have. */
export function spotOfEntry(config: CheckedConfig, { table, index, lacks = [] }: EntryName): Spot | null {
  const { cell } = config;
  const field = fieldOf(table, lacks[0]);
  const spotIn = (nodes: readonly IrNode[], name: TableName): Spot | null => {
    if (index === null) return config.tableSpot(name);
    const node = nodes[index];
    return node === undefined ? null : config.spot(node, field);
  };
  switch (table) {
    case "mem_regions":
      return spotIn(cell.memoryRegions, "memoryRegions");
    case "irqchips":
      return spotIn(cell.irqchips, "irqchips");
    case "pci_devices":
      return spotIn(cell.pciDevices, "pciDevices");
    case "pci_caps":
      return spotIn(cell.pciCapabilities, "pciCapabilities");
    case "stream_ids":
      return spotIn(cell.streamIds, "streamIds");
    case "pio_regions":
      return spotOfPorts(config, index);
    case "cpus":
      return config.cellSpot("cpus");
    case "flags":
      return config.cellSpot("flags");
    case "hypervisor_memory":
      return config.system === null ? null : config.spot(config.system.hypervisorMemory);
    default:
      return null;
  }
}

type TableName = "memoryRegions" | "irqchips" | "pciDevices" | "pciCapabilities" | "streamIds";

/** A bitmap of ports has no entries: its runs of ports are counted. */
function spotOfPorts(config: CheckedConfig, index: number | null): Spot | null {
  const { portIo } = config.cell;
  if (index === null) return config.spot(portIo);
  if (portIo.kind === "bitmap") return portGrants(config)[index]?.spot ?? null;
  const range = portIo.ranges[index];
  return range === undefined ? null : config.spot(range);
}

const fields: Readonly<Record<string, string>> = {
  bar_mask: "barMask",
  num_msi_vectors: "numMsiVectors",
  num_msix_vectors: "numMsixVectors",
  phys_start: "physStart",
  pin_bitmap: "pinBitmap",
};

/** The field that says what the entry lacks; undefined for the entry as a whole. @param lack `pin 5`, `bar_mask[2]`, a flag */
function fieldOf(table: string, lack: string | undefined): string | undefined {
  if (lack === undefined) return undefined;
  if (lack.startsWith("JAILHOUSE_")) return "flags";
  if (table === "irqchips") return "pinBitmap";
  return fields[lack.replace(/\[\d+\]$/, "")];
}
