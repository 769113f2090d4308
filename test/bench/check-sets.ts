import { CheckedConfig, type FileFacts } from "../../compiler/check/facts/checked-config.js";
import { checkedSet } from "../../compiler/check/facts/checked-set.js";
import { allRules } from "../../compiler/check/registry.js";
import { runRules } from "../../compiler/check/run.js";
import { wireToIr } from "../../compiler/decompile/wire-to-ir.js";
import { sectionsOf } from "../../schema/codec/locate.js";
import type { WireConfig, WireStruct } from "../../schema/codec/wire.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { buildConfig } from "../support/build-config.js";

/** Sets of many cells with many memory regions each, for the cost of checking them. */

const profile = resolveProfile("HEAD")!;
const page = 0x1000n;
const readWrite = 3n;
const base = 0x1_0000_0000n;

/** A system of 65 CPUs and `cells` cells of `regions` regions each, in memory that the root cell lends them. */
export function largeSet(cells: number, regions: number): readonly WireConfig[] {
  const system = buildConfig(profile, "system", {
    header: { architecture: 2, hypervisor_memory: { phys_start: 0x7fc00000n, size: 0x800000n } },
    cell: { name: "board", cpu_set_size: 16, num_memory_regions: 1 },
    tables: { cpus: cpuSet([...Array(65).keys()]), mem_regions: [region(base, base, 1n << 40n, 0xfn)] },
  });
  const others = Array.from({ length: cells }, (_, cell) =>
    buildConfig(profile, "cell", {
      cell: {
        architecture: 2,
        name: `cell-${cell}`,
        flags: 1,
        cpu_set_size: 16,
        num_memory_regions: regions,
      },
      tables: { cpus: cpuSet([cell + 1]), mem_regions: regionsOf(cell, regions) },
    }),
  );
  return [system, ...others];
}

/** Pages with gaps between them, as device registers lie. */
function regionsOf(cell: number, count: number): readonly WireStruct[] {
  const start = base + BigInt(cell) * BigInt(count) * 2n * page;
  return Array.from({ length: count }, (_, index) => {
    const at = start + BigInt(index) * 2n * page;
    return region(at, BigInt(index) * 2n * page, page, readWrite);
  });
}

function region(phys: bigint, virt: bigint, size: bigint, flags: bigint): WireStruct {
  return { phys_start: phys, virt_start: virt, size, flags };
}

function cpuSet(cpus: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(16);
  for (const cpu of cpus) bytes[cpu >> 3]! |= 1 << (cpu & 7);
  return bytes;
}

/** Model, facts and every rule. @returns how many findings there are */
export function checkLargeSet(configs: readonly WireConfig[]): number {
  const checked = configs.map((config) => new CheckedConfig(wireToIr(config), wholeFile(config)));
  return runRules(allRules, checkedSet(checked, { scenarios: "all" })).length;
}

/** A file that has just what its counts need: one that is cut off is looked at no further. */
function wholeFile(config: WireConfig): FileFacts {
  const size = sectionsOf(config).reduce((sum, { length }) => sum + length, 0);
  return { file: "", size, needed: size };
}
