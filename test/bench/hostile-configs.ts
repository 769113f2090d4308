import type { WireConfig, WireStruct, WireTable } from "../../schema/codec/wire.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { buildConfig } from "../support/build-config.js";

/** Configs of which only what is hostile is given. */

export type Tables = Readonly<Record<string, readonly WireStruct[]>>;

/** What one config has besides its name. */
export interface Contents {
  readonly machine?: "x86" | "arm64";
  /** By the names that the format has for them. */
  readonly tables?: Tables;
  readonly cpus?: Uint8Array;
  /** Fields of the cell, and of the system around it. */
  readonly cell?: WireStruct;
  readonly system?: WireStruct;
}

const profile = resolveProfile("HEAD")!;
const architectures = { x86: 0, arm64: 2 };

/** The fields that say how many elements a table has. */
const counts: Readonly<Record<string, string>> = {
  mem_regions: "num_memory_regions",
  cache_regions: "num_cache_regions",
  irqchips: "num_irqchips",
  pio_regions: "num_pio_regions",
  pci_devices: "num_pci_devices",
  pci_caps: "num_pci_caps",
  stream_ids: "num_stream_ids",
};

/** A system, and cells on one CPU each. */
export function configsOf(root: Contents, cells: readonly Contents[]): readonly WireConfig[] {
  return [
    config("system", "board", root, new Uint8Array(16).fill(0xff)),
    ...cells.map((contents, cell) => config("cell", `cell-${cell}`, contents, oneCpu(cell + 1))),
  ];
}

function config(
  kind: "system" | "cell",
  name: string,
  contents: Contents,
  usualCpus: Uint8Array,
): WireConfig {
  const { machine = "arm64", tables = {}, cpus = usualCpus } = contents;
  const architecture = architectures[machine];
  const sizes = Object.entries(tables).map(([table, { length }]) => [counts[table]!, length] as const);
  const cell = {
    name,
    flags: kind === "cell" ? 1 : 0,
    cpu_set_size: cpus.length,
    ...Object.fromEntries(sizes),
    ...(kind === "cell" ? { architecture } : {}),
    ...contents.cell,
  };
  const hypervisor_memory = { phys_start: 0x7fc00000n, size: 0x800000n };
  const header = { architecture, hypervisor_memory, ...contents.system };
  return buildConfig(profile, kind, {
    ...(kind === "system" ? { header } : {}),
    cell,
    tables: { ...(tables as Readonly<Record<string, WireTable>>), cpus },
  });
}

/** @param cpu below 128 */
export function oneCpu(cpu: number): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes[cpu >> 3]! |= 1 << (cpu & 7);
  return bytes;
}

export function region(phys: bigint, virt: bigint, size: bigint, flags: bigint): WireStruct {
  return { phys_start: phys, virt_start: virt, size, flags };
}
