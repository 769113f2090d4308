import type { CheckedConfig, Machine } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { type Interval, intersection } from "../facts/intervals.js";
import type { Answer } from "./answer.js";
import { deviceAccesses, deviceLosses } from "./device-reach.js";
import { gicVersionsOf } from "./gic-versions.js";
import { interruptAccesses, interruptLosses } from "./interrupt-reach.js";
import { isSameForBothWidths } from "./known-width.js";
import { memoryAccesses, memoryLosses } from "./memory-reach.js";
import { Partition } from "./partition.js";
import { portAccesses, portLosses } from "./port-reach.js";
import { type Target, wholeOf } from "./target.js";

/** Why nothing can be said. */
export type Undecidable = "architecture" | "width" | "overlaps";

/**
 * Loadable regions times regions of the root cell that they overlap: each pair is one change of page tables. No machine has
 * thousands of them; a config that makes up more than this would keep us busy for minutes.
 */
const overlapLimit = 1_000_000;

export function undecidable(set: CheckedSet): Undecidable | null {
  const { system, all } = set;
  if (machineOf(system, all) === undefined) return "architecture";
  if (!isSameForBothWidths(set)) return "width";
  if (system === null) return null;
  let overlaps = 0;
  for (const { isRoot, regions } of all) {
    if (isRoot) continue;
    for (const { loadable, phys } of regions) {
      if (!loadable) continue;
      for (const _region of system.byPhysical.overlapping(phys)) {
        overlaps += 1;
        if (overlaps > overlapLimit) return "overlaps";
      }
    }
  }
  return null;
}

/** Where nothing says whether a config is for 32-bit or 64-bit ARM, it is taken for 64 bits: {@link isSameForBothWidths}. */
function machineOf(system: CheckedConfig | null, all: readonly CheckedConfig[]): Machine | undefined {
  return (system ?? all[0])?.machines.at(-1);
}

/**
 * The machines that the set may be for: one, but for a GIC of an unknown version whose redistributors have something in
 * between. What can be reached on any of them may be reached.
 *
 * @param set one of which {@link undecidable} says nothing
 */
export function partitionsOf(set: CheckedSet, cells: readonly CheckedConfig[]): readonly Partition[] {
  return gicVersionsOf(set).map((version) => partitionOf(set, cells, version));
}

/**
 * The machine with these cells created in their order, then each loaded and started: what may be written into a cell for
 * loading has been taken back from the root cell.
 *
 * @param set one of which {@link undecidable} says nothing
 * @param gicVersion by default what the board says
 */
export function partitionOf(
  { system, all, vendor, board }: CheckedSet,
  cells: readonly CheckedConfig[],
  gicVersion: number | null = board?.gic?.version ?? null,
): Partition {
  const machine = machineOf(system, all)!;
  const gic = { version: gicVersion, mpidrs: board?.cpus?.mpidrs ?? null };
  const partition = new Partition(system, machine, { vendor, gic });
  for (const cell of cells) partition.create(cell);
  for (const cell of cells) {
    partition.setLoadable(cell);
    partition.start(cell);
  }
  return partition;
}

const allPorts: Interval = { start: 0n, end: 0x10000n };

/** Every cell, and every device on behalf of a cell, that can reach the target or a part of it. */
export function whoReaches(partition: Partition, target: Target): Answer {
  const wanted = wholeOf(target);
  switch (target.kind) {
    case "memory": {
      const accesses = memoryAccesses(partition, wanted);
      return { accesses, losses: memoryLosses(partition, wanted, accesses) };
    }
    case "ioports": {
      const ports = intersection(wanted, allPorts);
      if (ports === undefined) return { accesses: [], losses: [] };
      return { accesses: portAccesses(partition, ports), losses: portLosses(partition, ports) };
    }
    case "device":
      return {
        accesses: deviceAccesses(partition, target.bdf),
        losses: deviceLosses(partition, target.bdf),
      };
    case "interrupt":
      return {
        accesses: interruptAccesses(partition, wanted),
        losses: interruptLosses(partition, wanted),
      };
  }
}
