import type { StreamId } from "../../ir/config.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { hex } from "../words.js";
import type { AddressMap } from "./address-map.js";
import type { Agent, Link } from "./answer.js";
import type { CellView } from "./cell-view.js";
import type { Partition } from "./partition.js";

const smmuv3 = "JAILHOUSE_IOMMU_SMMUV3";
/** Those that use the tables of the cell. Forks have the second one. */
const smmus = ["JAILHOUSE_IOMMU_ARM_MMU500", "JAILHOUSE_IOMMU_SMMUV2"];
const pvu = "JAILHOUSE_IOMMU_PVU";

/** What can access memory besides CPUs, and what keeps it within bounds. */
export interface Masters {
  readonly cell: CheckedConfig;
  readonly agents: readonly Agent[];
  /** The tables that it goes through; null where it reaches all of memory at its physical address. */
  readonly table: AddressMap | null;
  /** The cell whose tables these are: not always the own one. */
  readonly tableOf: CheckedConfig;
  /** Bits of the tables that count: those of CPUs, where an SMMU uses the tables of the CPUs. */
  readonly bits: "cpu" | "dma";
  readonly chain: readonly Link[];
}

/** Of all cells, grouped where the same holds for several. */
export function mastersOf(partition: Partition): readonly Masters[] {
  const owners = ownersOf(partition);
  return [...partition.views.values()].flatMap((view) => [
    ...deviceMasters(partition, view, owners.devices),
    ...streamMasters(partition, view, owners.streams),
  ]);
}

interface Owners {
  readonly devices: ReadonlyMap<number, CellView>;
  readonly streams: ReadonlyMap<number, CellView>;
}

/** Whoever came last has it, the root cell first (hypervisor/arch/x86/vtd.c:651, amd_iommu.c:306, arm64/smmu.c:415). */
function ownersOf({ views }: Partition): Owners {
  const devices = new Map<number, CellView>();
  const streams = new Map<number, CellView>();
  for (const view of views.values()) {
    for (const { bdf } of view.config.physicalDevices) devices.set(bdf, view);
    for (const { id } of view.config.cell.streamIds) streams.set(id, view);
  }
  return { devices, streams };
}

function deviceMasters(
  partition: Partition,
  view: CellView,
  owners: ReadonlyMap<number, CellView>,
): readonly Masters[] {
  const { config, memory, dma } = view;
  const platform = partition.system?.system?.platform;
  const own = config.physicalDevices.filter(({ bdf }) => owners.get(bdf) === view);
  // A virtual host controller has no physical devices; behind an SMMU or PVU they are streams.
  if (own.length === 0 || (!partition.isX86 && (platform?.pciIsVirtual === 1 || partition.iommu !== "none")))
    return [];
  const common = { cell: config, tableOf: config, bits: "dma" } as const;
  const agents = own.map((device): Agent => ({ kind: "device", device }));
  const chain = own
    .slice(0, 1)
    .map((device) => ({ at: config.spot(device), text: "the device is the cell's" }));
  switch (partition.iommu) {
    case "own-tables":
      return [
        {
          ...common,
          agents,
          table: dma,
          chain: [...chain, ...unitLink(partition.system!, "VT-d has a table of its own for each cell")],
        },
      ];
    case "cpu-tables":
      return [
        {
          ...common,
          agents,
          table: memory,
          chain: [...chain, ...unitLink(partition.system!, "it uses the page tables of the cell's CPUs")],
        },
      ];
    default:
      return [{ ...common, agents, table: null, chain: [...chain, ...noUnit(partition)] }];
  }
}

/** On 64-bit Arm (hypervisor/arch/arm64/smmu-v3.c, smmu.c, ti-pvu.c); a cell takes an id away from the root cell. */
function streamMasters(
  partition: Partition,
  view: CellView,
  owners: ReadonlyMap<number, CellView>,
): readonly Masters[] {
  const { config, memory, dma } = view;
  if (partition.isX86) return [];
  const own = config.cell.streamIds.filter(({ id }) => owners.get(id) === view);
  if (own.length === 0) return [];
  const agents = own.map(({ id }): Agent => ({ kind: "stream", id }));
  const chain = own
    .slice(0, 1)
    .map((stream: StreamId) => ({ at: config.spot(stream), text: "the stream is the cell's" }));
  const common = { cell: config, agents, tableOf: config } as const;
  if (partition.iommu === "none")
    return [{ ...common, table: null, bits: "dma", chain: [...chain, ...noUnit(partition)] }];
  // There are units, so that there is a system.
  const system = partition.system!;
  const types = iommuUnitsOf(system).map(({ type }) => String(type));
  const ways: Masters[] = [];
  if (types.includes(smmuv3)) {
    // The table of the cell that the caller of the operation belongs to: always root (hypervisor/arch/arm64/smmu-v3.c:577).
    const root = partition.views.get(system)!;
    const text = "an SMMUv3 has the page tables of the root cell for the streams of all cells";
    const link = unitLink(system, text, [smmuv3]);
    ways.push({
      ...common,
      tableOf: root.config,
      table: root.memory,
      bits: "cpu",
      chain: [...chain, ...link],
    });
  }
  if (types.some((type) => smmus.includes(type))) {
    const link = unitLink(system, "it uses the page tables of the cell's CPUs", smmus);
    ways.push({ ...common, table: memory, bits: "cpu", chain: [...chain, ...link] });
  }
  if (types.includes(pvu)) {
    const text = "the PVU has tables of its own, from which nothing is taken out again";
    const link = unitLink(system, text, [pvu]);
    ways.push({ ...common, table: dma, bits: "dma", chain: [...chain, ...link] });
  }
  return ways;
}

/** The first unit of one of these types; of any where none are given. */
function unitLink(system: CheckedConfig, text: string, types?: readonly string[]): readonly Link[] {
  const units = iommuUnitsOf(system);
  const index = types === undefined ? 0 : units.findIndex(({ type }) => types.includes(String(type)));
  const unit = units[index]!;
  return [{ at: system.spot(unit), text: `IOMMU unit ${index} at ${hex(unit.base)}: ${text}` }];
}

function noUnit({ system, machine }: Partition): readonly Link[] {
  const text =
    machine === "arm"
      ? "32-bit Arm has no IOMMU: devices reach all of memory"
      : "there is no IOMMU that Jailhouse uses: devices reach all of memory";
  return system === null ? [] : [{ at: system.cellSpot(), text }];
}
