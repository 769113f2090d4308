import type { PlatformFamily } from "../../schema/codec/union-views.js";
import type { Profile } from "../../schema/layout/types.js";
import { type FlagSet, hasFlag } from "./names.js";
import type { ShmemProtocol } from "./pci.js";

/** What revisions take for granted, and numbers that changed their meaning: known to reader and writer alike. */

type Constants = Profile["constants"];

/** The tables that the model has a field for: C name to the name of the field. */
export const modelledTables: ReadonlyMap<string, string> = new Map([
  ["cpus", "cpus"],
  ["mem_regions", "memoryRegions"],
  ["cache_regions", "cacheRegions"],
  ["irqchips", "irqchips"],
  ["irq_lines", "irqLines"],
  ["pio_bitmap", "portIo"],
  ["pio_regions", "portIo"],
  ["pci_devices", "pciDevices"],
  ["pci_caps", "pciCapabilities"],
  ["stream_ids", "streamIds"],
]);

/** Flag of the system since mid 2018; from early 2017 until then, a second console next to the UART. */
export const virtualConsole = "JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE";

export const mmioAccess = "JAILHOUSE_CON_ACCESS_MMIO";
/** Revisions 1 to 3. */
export const explicitPorts = "JAILHOUSE_CON_FLAG_PIO";
export const registerDistance4 = "JAILHOUSE_CON_REGDIST_4";

/** Before revision 4 the distance of registers was not said: memory-mapped ones lie 4 bytes apart, ports 1. */
export function withImpliedDistance(flags: FlagSet): FlagSet {
  return hasFlag(flags, mmioAccess) ? { ...flags, names: [...flags.names, registerDistance4] } : flags;
}

/** How driver, access and second console share the flags word of a console until mid 2018. */
export interface ConsolePacking {
  readonly typeMask: bigint;
  readonly secondMask: bigint;
  /** The second console that writes to the root cell; zero where there is none. */
  readonly virtual: bigint;
}

export function consolePacking(constants: Constants): ConsolePacking {
  return {
    typeMask: constants.get("JAILHOUSE_CON1_TYPE_MASK") ?? constants.get("JAILHOUSE_CON_TYPE_MASK") ?? 0n,
    secondMask: constants.get("JAILHOUSE_CON2_TYPE_MASK") ?? 0n,
    virtual: constants.get("JAILHOUSE_CON2_TYPE_ROOTPAGE") ?? 0n,
  };
}

/** The number of an interrupt chip's first pin before mid 2016: upstream gave ARM configs 32 in d99b6e21844e. */
export function impliedPinBase(family: PlatformFamily | null): number {
  return family === "x86" ? 0 : 32;
}

/** Extended PCI capabilities lie above the first 256 bytes of configuration space. */
export const extendedSpace = 0x100;

/** The bit of an id that marks an extended capability; 0 before September 2015, when there was none. */
export function extendedMark(constants: Constants): number {
  return Number(constants.get("JAILHOUSE_PCI_EXT_CAP") ?? 0n);
}

/** A run of protocol numbers. */
interface ProtocolRun {
  readonly kind: ShmemProtocol["kind"];
  readonly first: number;
  readonly last: number;
}

const protocols2016: readonly ProtocolRun[] = [
  { kind: "undefined", first: 0, last: 0 },
  { kind: "veth", first: 0x100, last: 0x1ff },
  { kind: "custom", first: 0x8000, last: 0xffff },
];

const protocols2019: readonly ProtocolRun[] = [
  { kind: "undefined", first: 0, last: 0 },
  { kind: "veth", first: 1, last: 1 },
  { kind: "custom", first: 0x4000, last: 0x7fff },
  { kind: "virtio-front", first: 0x8000, last: 0xbfff },
  { kind: "virtio-back", first: 0xc000, last: 0xffff },
];

/** Protocol numbers were dealt anew in 71b9ef1653cc (mid 2019); that of `veth` tells which ones a profile has. */
function protocolsOf(constants: Constants): readonly ProtocolRun[] {
  return constants.get("JAILHOUSE_SHMEM_PROTO_VETH") === 0x100n ? protocols2016 : protocols2019;
}

export function readProtocol(value: number, constants: Constants): ShmemProtocol {
  const run = protocolsOf(constants).find(({ first, last }) => value >= first && value <= last);
  return run === undefined
    ? { kind: "unknown", detail: value }
    : { kind: run.kind, detail: value - run.first };
}

/** Undefined where the profile has no such number. An unknown one is kept only if it is unknown here too. */
export function writeProtocol({ kind, detail }: ShmemProtocol, constants: Constants): number | undefined {
  if (kind === "unknown") return readProtocol(detail, constants).kind === "unknown" ? detail : undefined;
  const run = protocolsOf(constants).find((candidate) => candidate.kind === kind);
  return run === undefined || run.first + detail > run.last ? undefined : run.first + detail;
}
