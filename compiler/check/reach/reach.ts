import type { CheckedConfig, Machine } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { type Interval, intersection } from "../facts/intervals.js";
import type { Answer } from "./answer.js";
import { deviceAccesses, deviceLosses } from "./device-reach.js";
import { interruptAccesses, interruptLosses } from "./interrupt-reach.js";
import { memoryAccesses, memoryLosses } from "./memory-reach.js";
import { Partition } from "./partition.js";
import { portAccesses, portLosses } from "./port-reach.js";
import { type Target, wholeOf } from "./target.js";

/** Why nothing can be said. */
export type Undecidable = "architecture" | "overlaps";

/**
 * Loadable regions times regions of the root cell that they overlap: each pair is one change of page tables. No machine has
 * thousands of them; a config that makes up more than this would keep us busy for minutes.
 */
const overlapLimit = 1_000_000;

export function undecidable({ system, all }: CheckedSet): Undecidable | null {
  if (machineOf(system, all) === undefined) return "architecture";
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

/** Of both that an ARM config may be for, the one that drops no bits of addresses: below 4G there is no difference. */
function machineOf(system: CheckedConfig | null, all: readonly CheckedConfig[]): Machine | undefined {
  return (system ?? all[0])?.machines.at(-1);
}

/**
 * The machine with these cells created in their order, then each loaded and started: what may be written into a cell for
 * loading has been taken back from the root cell.
 *
 * @param set one of which {@link undecidable} says nothing
 */
export function partitionOf(
  { system, all, vendor, board }: CheckedSet,
  cells: readonly CheckedConfig[],
): Partition {
  const machine = machineOf(system, all)!;
  const partition = new Partition(system, machine, { vendor, gicVersion: board?.gic?.version });
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
