import { accessFlags } from "../../../hypervisor/core/access-flags.js";
import type { CellConfig, SystemConfig } from "../../../hypervisor/core/config/cell-config.js";
import {
  configSize,
  readCellConfig,
  readSystemConfig,
  readSystemHeader,
} from "../../../hypervisor/core/config/read-config.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import { pageSize } from "../../../hypervisor/core/paging/table-format.js";
import { HypervisorFault, MachineHang, Refusal } from "../../../hypervisor/core/refusal.js";
import { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { heapAddress } from "../../../hypervisor/driver/kernel-heap.js";
import type { Architecture, Vendor } from "../../../hypervisor/machine/machine.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { type MachineKind, profile } from "./bases.js";
import type { MutatedSet } from "./mutated-set.js";

/** What became of a command: it went well, an errno, or the machine did not go on. */
export type Verdict = "ok" | "crash" | "hang" | "parked" | `E${string}`;

/** What the simulation says where the command itself went well, and Linux has lost what it goes on with. */
const isParked = /: its CPUs are parked$/;

/** One command, and what became of it. */
export interface Step {
  readonly step: "enable" | "create";
  /** Index of the cell that the command is about; -1 for the system. */
  readonly cell: number;
  readonly verdict: Verdict;
  /** What the simulation says about it, for those who read about it. */
  readonly reason: string;
}

/** Place in a system config. */
const architectureAt = 5;
/** `JAILHOUSE_APIC_MODE_XAPIC` */
const xapicMode = 1;

/** What the simulated driver and hypervisor say, on a machine that has all that the configs speak of, up to the first refusal. */
export function simulated({ kind, system, cells }: MutatedSet): readonly Step[] {
  const driver = driverFor(kind, system, cells);
  const steps: Step[] = [{ step: "enable", cell: -1, ...verdictOf(() => driver.enable(system)) }];
  for (const [cell, bytes] of cells.entries()) {
    if (steps.at(-1)!.verdict !== "ok") break;
    steps.push({ step: "create", cell, ...verdictOf(() => driver.createCell(bytes)) });
  }
  return steps;
}

const architectures: readonly Architecture[] = ["x86", "arm", "arm64"];

/** The machine is what the system says that it is for, where there is such a one. */
export function machineOf(
  kind: MachineKind,
  system: Uint8Array,
): { readonly architecture: Architecture; readonly vendor: Vendor | null } {
  const usual = kind === "intel" || kind === "amd" ? "x86" : kind;
  const architecture = architectures[system[architectureAt]!] ?? usual;
  if (architecture !== "x86") return { architecture, vendor: null };
  return { architecture, vendor: kind === "amd" ? "amd" : "intel" };
}

export function driverFor(
  kind: MachineKind,
  system: Uint8Array,
  cells: readonly Uint8Array[],
): JailhouseDriver {
  // Larger ones are refused before anything of their tables is read.
  const isReadable = (bytes: Uint8Array, kind: "system" | "cell"): boolean =>
    (configSize(bytes, profile, kind) ?? 0) <= 0x10_0000;
  const config = isReadable(system, "system")
    ? readSystemConfig(system, profile)
    : readSystemHeader(system, profile);
  const read = cells
    .filter((bytes) => isReadable(bytes, "cell"))
    .map((bytes) => readCellConfig(bytes, profile));
  const { architecture, vendor } = machineOf(kind, system);
  const machine = deriveMachine(config, architecture, {
    ...(vendor === null ? {} : { vendor }),
    cells: read,
    // Whether a processor can divide its cache is not in the configs.
    cacheAllocation: { maxBit: 19, classes: 15 },
    // Of what configs do not tell of, rules take what needs the least, and can do the most.
    amdSegmentBits: 3,
    arm: { streamBits: streamBitsOf([config.rootCell, ...read]), ...placesOf(config) },
    usesX2apic: config.x86.apicMode !== xapicMode,
    ioApics: read.flatMap(({ irqchips }) => irqchips.map(({ address }) => address)),
  });
  // Which memory Linux uses is not in the configs: any that is there will do.
  const kernel = { heapAddress: anyMemory };
  return new JailhouseDriver({ machine, profile, world: { run: () => false }, kernel });
}

function verdictOf(action: () => void): Pick<Step, "verdict" | "reason"> {
  try {
    action();
    return { verdict: "ok", reason: "" };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: error.errno as Verdict, reason: error.source ?? "" };
    if (error instanceof HypervisorFault) return { verdict: "crash", reason: error.message };
    if (error instanceof MachineHang)
      return { verdict: isParked.test(error.reason) ? "parked" : "hang", reason: error.reason };
    throw error;
  }
}

/** Streams that the largest table of an SMMUv3 has room for count: at least as many a unit tells apart. */
function streamBitsOf(cells: readonly CellConfig[]): number {
  const ids = cells.flatMap(({ streamIds }) => streamIds.map(({ word }) => word));
  const highest = Math.max(0, ...ids.filter((id) => id < 2 ** 25));
  return Math.max(9, Math.ceil(Math.log2(highest + 1)));
}

/** Pages one after the other that the root cell can read and write, and that are memory; null without them. */
function anyMemory(hypervisor: Hypervisor, size: number): number | null {
  const usual = heapAddress(hypervisor, size);
  if (usual !== null) return usual;
  const { architecture, machine, rootCell } = hypervisor;
  const wanted = architecture.readable | accessFlags.write;
  let start = 0;
  let end = 0;
  for (const page of architecture.tablesOf(rootCell).pages()) {
    const isMemory = (page.flags & wanted) === wanted && machine.memory.isMemory(page.physical / pageSize);
    if (!isMemory || page.virtual !== end) start = page.virtual;
    end = isMemory ? page.virtual + page.size : -1;
    if (isMemory && end - start >= size) return start;
  }
  return null;
}

/** A controller whose address is not stated is elsewhere: above all that configs speak of. */
function placesOf({ arm }: SystemConfig): { gicdBase?: bigint; gicrBase?: bigint } {
  const elsewhere = 0xff00_0000_0000n;
  return {
    ...(arm.gicdBase === 0n ? { gicdBase: elsewhere } : {}),
    ...(arm.gicrBase === 0n ? { gicrBase: elsewhere + 0x100_0000n } : {}),
  };
}
