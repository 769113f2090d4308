import type { CellConfig, PciDevice, SystemConfig } from "../config/cell-config.js";
import { pciTypes } from "../config/cell-config.js";
import type { ConfigTable, DecidingEntry, Role } from "./decision.js";
import { type Effects, type HandOver, whereaboutsOf } from "./hand-overs.js";

/** Where the windows of an end of shared memory are now: programs choose that. */
export interface LinkWindows {
  /** Index of the device in its table. */
  readonly device: number;
  readonly registers: bigint;
  readonly vectors: bigint;
}

/** A cell as far as it decides what its accesses come to. */
export interface CellInPlay {
  readonly config: CellConfig;
  readonly isRoot: boolean;
  readonly windows: readonly LinkWindows[];
}

export type ProcessorKind = "intel" | "amd" | "arm64" | "arm";

/** All that decides accesses. */
export interface Scene {
  readonly system: SystemConfig;
  readonly processor: ProcessorKind;
  /** The root cell, then the others in the order of their creation. */
  readonly cells: readonly CellInPlay[];
  /** What cells have done, those that are gone too. */
  readonly history: readonly HandOver[];
}

/** The scene with the cell that tries something. */
export interface CellScene extends Scene {
  readonly cell: CellInPlay;
}

export function isX86({ processor }: Pick<Scene, "processor">): boolean {
  return processor === "intel" || processor === "amd";
}

/** All but the root cell and the one that tries something. */
export function othersOf({ cells, cell }: CellScene): readonly CellInPlay[] {
  return cells.filter((each) => each !== cell && !each.isRoot);
}

export function entryOf(
  cell: CellInPlay,
  table: ConfigTable,
  index: number | null,
  role: Role,
  lacks: readonly string[] = [],
): DecidingEntry {
  return { cell: cell.config.name, isRoot: cell.isRoot, table, index, role, lacks };
}

/** Index of the first entry for a device: the hypervisor looks at no other (hypervisor/pci.c:172). Null without one. */
export function deviceIndex({ config }: CellInPlay, bdf: number): number | null {
  const index = config.pciDevices.findIndex((device) => device.bdf === bdf);
  return index === -1 ? null : index;
}

/** Entries of other cells that have taken something from the root cell, if that is the one that tries to reach it. */
export function takersOf(scene: CellScene, table: ConfigTable, effects: Effects): readonly DecidingEntry[] {
  if (!scene.cell.isRoot) return [];
  return whereaboutsOf(scene.history, effects).takers.map(({ cell, index }) => ({
    cell,
    isRoot: false,
    table,
    index,
    role: "took",
    lacks: [],
  }));
}

/** Devices of shared memory are not handed over. */
export function takersOfDevice(scene: CellScene, bdf: number): readonly DecidingEntry[] {
  const isMeant = (device: PciDevice): boolean => device.bdf === bdf && device.type !== pciTypes.ivshmem;
  return takersOf(scene, "pci_devices", {
    takes: ({ step, config }) => (step === "created" ? indicesOf(config.pciDevices, isMeant) : []),
    returns: ({ step, config }) => step === "destroyed" && config.pciDevices.some(isMeant),
  });
}

export function indicesOf<Entry>(
  entries: readonly Entry[],
  isMeant: (entry: Entry) => boolean,
): readonly number[] {
  return entries.flatMap((entry, index) => (isMeant(entry) ? [index] : []));
}

/** Entries of all cells but this one for a device. */
export function holdersOfDevice(scene: CellScene, bdf: number): readonly DecidingEntry[] {
  return scene.cells
    .filter((each) => each !== scene.cell)
    .flatMap((other) => {
      const index = deviceIndex(other, bdf);
      return index === null ? [] : [entryOf(other, "pci_devices", index, "has")];
    });
}
