import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { type Interval, intersection } from "../facts/intervals.js";
import type { Answer } from "./answer.js";
import { deviceAccesses, deviceLosses } from "./device-reach.js";
import { interruptAccesses, interruptLosses } from "./interrupt-reach.js";
import { memoryAccesses, memoryLosses } from "./memory-reach.js";
import { Partition } from "./partition.js";
import { portAccesses, portLosses } from "./port-reach.js";
import { type Target, wholeOf } from "./target.js";

/**
 * The machine with these cells created in their order, then each loaded and started: what may be written into a cell for
 * loading has been taken back from the root cell. Null where it is not known what machine it is.
 */
export function partitionOf(
  { system, all, vendor }: CheckedSet,
  cells: readonly CheckedConfig[],
): Partition | null {
  const machine = system?.machine ?? all[0]?.machine ?? null;
  if (machine === null) return null;
  const partition = new Partition(system, machine, { vendor });
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
