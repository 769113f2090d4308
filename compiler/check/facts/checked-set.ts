import type { IommuUnit } from "../../ir/platform.js";
import type { Board } from "./board.js";
import type { CheckedConfig } from "./checked-config.js";

export type Vendor = "intel" | "amd";

/** Configs that are checked with each other. */
export interface CheckedSet {
  /** The machine and its root cell; null where only cells are given. */
  readonly system: CheckedConfig | null;
  /** All other cells, in the order in which they are given. */
  readonly cells: readonly CheckedConfig[];
  /** The system, if there is one, and all cells. */
  readonly all: readonly CheckedConfig[];
  /** Whose processor an x86 machine has; null where that is not known, and on other machines. */
  readonly vendor: Vendor | null;
  readonly board: Board | null;
  /** True for cells that are said to run at the same time; the root cell always does. */
  together(one: CheckedConfig, other: CheckedConfig): boolean;
  /** True for cells that are said to run, but never at the same time: each is in some group, and none has both. */
  apart(one: CheckedConfig, other: CheckedConfig): boolean;
}

export interface SetOptions {
  readonly vendor?: Vendor;
  readonly board?: Board;
  /** Groups of cells that run together; each pair of cells where it is `"all"`. */
  readonly scenarios?: "all" | readonly (readonly CheckedConfig[])[];
}

/** @param configs at most one system */
export function checkedSet(configs: readonly CheckedConfig[], options: SetOptions = {}): CheckedSet {
  const system = configs.find(({ isRoot }) => isRoot) ?? null;
  const cells = configs.filter((config) => config !== system);
  const { scenarios = [], board = null } = options;
  const groups = scenarios === "all" ? null : scenarios.map((cells) => new Set(cells));
  const together = (one: CheckedConfig, other: CheckedConfig): boolean =>
    one.isRoot ||
    other.isRoot ||
    groups === null ||
    groups.some((group) => group.has(one) && group.has(other));
  const isGrouped = (cell: CheckedConfig): boolean => groups?.some((group) => group.has(cell)) === true;
  return {
    system,
    cells,
    all: system === null ? cells : [system, ...cells],
    vendor: options.vendor ?? vendorOf(system) ?? board?.vendor ?? null,
    board,
    together,
    apart: (one, other) => !together(one, other) && isGrouped(one) && isGrouped(other),
  };
}

/**
 * The IOMMU tells: VT-d is Intel's, and no Intel machine can be enabled without it (hypervisor/arch/x86/vtd.c:1011), so
 * that a machine whose first unit is not one has another processor. What has no unit at all remains open.
 */
export function vendorOf(system: CheckedConfig | null): Vendor | null {
  if (system?.machine !== "x86") return null;
  const units = iommuUnitsOf(system);
  if (units.some(({ type }) => type === "JAILHOUSE_IOMMU_INTEL")) return "intel";
  return units.some(({ type }) => type === "JAILHOUSE_IOMMU_AMD") ? "amd" : null;
}

/**
 * The units that the hypervisor uses: it stops counting at the first one without a base
 * (hypervisor/arch/x86/iommu.c:18-26, hypervisor/arch/arm64/iommu.c:18-26).
 */
export function iommuUnitsOf(system: CheckedConfig): readonly IommuUnit[] {
  const units = system.system?.platform?.iommuUnits ?? [];
  const end = units.findIndex(({ base }) => base === 0n);
  return end < 0 ? units : units.slice(0, end);
}
