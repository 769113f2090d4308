import type { CheckedConfig } from "./checked-config.js";
import { type Interval, merged } from "./intervals.js";

/** State table and common section, in front of one output section for each peer. */
const sectionsBeforeOutput = 2;

/**
 * The elements of the memory table that shared-memory devices use, as ascending intervals of indexes: of each device
 * state table, common section and the output sections of all peers, or one region until mid 2019. Sections without a
 * size are allowed among them.
 */
export function shmemRuns({ ivshmemDevices }: CheckedConfig): readonly Interval[] {
  return merged(
    ivshmemDevices.map(({ shmemRegionsStart, shmemPeers, shmemGeneration }) => {
      const length = shmemGeneration === "one-region" ? 1 : sectionsBeforeOutput + shmemPeers;
      return { start: BigInt(shmemRegionsStart), end: BigInt(shmemRegionsStart + length) };
    }),
  );
}
