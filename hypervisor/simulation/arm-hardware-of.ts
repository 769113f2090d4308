import { type IommuUnit, iommuTypes, type SystemConfig } from "../core/config/cell-config.js";
import type { ArmHardware, GicPlaces } from "../machine/arm-hardware.js";
import { Gic, type GicVersion } from "../machine/gic.js";
import type { MachineCpu } from "../machine/machine.js";
import type { MmioDevice, PhysicalMemory } from "../machine/physical-memory.js";
import { RegisterFile } from "../machine/register-file.js";
import type { IommuFacts, MachineFacts } from "./machine-facts.js";

/** What a config does not say of an ARM machine, or says wrongly. */
export interface ArmOptions {
  readonly physicalBits?: ArmHardware["physicalBits"];
  readonly gicVersion?: GicVersion;
  /** Private ones included, a multiple of 32 up to 1024. */
  readonly interrupts?: number;
  /** Addresses of distributor and redistributors. */
  readonly gicdBase?: bigint;
  readonly gicrBase?: bigint;
  /** What hypervisors for the board were built for. */
  readonly places?: GicPlaces;
  readonly workarounds?: ArmHardware["workarounds"];
  /** Of the counter that all timers follow: a multiple of 1000, at most 9,000,000,000. */
  readonly timerHertz?: number;
  /** Bits of the streams that SMMUs of version 3 tell apart: 16 without a word. */
  readonly streamBits?: number;
  /** Whether there are the IOMMUs that the config has. */
  readonly hasIommus?: boolean;
  /** Those that are there, whatever the config has. */
  readonly iommus?: readonly Pick<IommuUnit, "type" | "base" | "size">[];
}

/** A controller has no more redistributors than that here, whatever CPUs a config lists. */
const mostRedistributors = 512;
const cpusOfCluster = 16;
const addressMask = 48;
const privateInterrupts = 32;
/** As ID_AA64MMFR0 can say it. */
const physicalSizes = [32, 36, 40, 42, 44, 48] as const;
/** No unit has more registers; pages of them take room. */
const mostRegisters = 0x100_0000;

/** What facts say of it; the rest is as the config says. */
export function armOptionsOf({ gic, cpus, iommus }: MachineFacts, { iommuUnits }: SystemConfig): ArmOptions {
  const { version, distributor, redistributors, sharedInterrupts } = gic;
  const bits = physicalSizes.findLast((size) => size <= (cpus.physicalBits ?? 0));
  const interrupts =
    sharedInterrupts === null ? null : Math.ceil((privateInterrupts + sharedInterrupts) / 32);
  return {
    ...(bits === undefined ? {} : { physicalBits: bits }),
    ...(version === null ? {} : { gicVersion: version }),
    ...(interrupts === null ? {} : { interrupts: 32 * Math.min(32, interrupts) }),
    ...(distributor === null ? {} : { gicdBase: BigInt(distributor) }),
    ...(redistributors === null ? {} : { gicrBase: BigInt(redistributors) }),
    ...(distributor === null ? {} : { places: { ...gic, distributor } }),
    ...(iommus === null ? {} : { iommus: iommus.map((unit) => unitOf(unit, iommuUnits)) }),
  };
}

const iommuKinds = {
  amd: iommuTypes.amd,
  intel: iommuTypes.intel,
  "smmu-v3": iommuTypes.smmuV3,
  mmu500: iommuTypes.mmu500,
  pvu: iommuTypes.pvu,
} as const;

/** What facts leave open is as the config has it at the same address. */
function unitOf(
  { address, size, kind }: IommuFacts,
  configured: readonly IommuUnit[],
): Pick<IommuUnit, "type" | "base" | "size"> {
  const base = BigInt(address);
  const same = configured.find((unit) => unit.base === base);
  return { base, size: size ?? same?.size ?? 0, type: kind === null ? (same?.type ?? 0) : iommuKinds[kind] };
}

/** Clusters of 16 CPUs, so that each can be named in a list of targets. */
export function affinityOf(cpu: number): number {
  return (Math.floor(cpu / cpusOfCluster) << 8) | (cpu % cpusOfCluster);
}

/** Puts the interrupt controller and the IOMMUs into memory where a config has them. */
export function armHardwareOf(
  config: SystemConfig,
  memory: PhysicalMemory,
  cpus: readonly MachineCpu[],
  options: ArmOptions,
): ArmHardware {
  const { gicdBase, gicrBase, gicVersion } = config.arm;
  const version = options.gicVersion ?? (gicVersion === 2 ? 2 : 3);
  const last = Math.max(-1, ...cpus.map(({ id }) => id));
  const count = Math.min(last + 1, mostRedistributors);
  const hardwareIds = new Map(cpus.map(({ id, hardwareId }) => [id, hardwareId]));
  const known = Array.from({ length: count }, (_, id) => ({
    id,
    hardwareId: hardwareIds.get(id) ?? affinityOf(id),
  }));
  const gic = new Gic(version, options.interrupts ?? 1024, known);
  gic.place(memory, pageOf(options.gicdBase ?? gicdBase), pageOf(options.gicrBase ?? gicrBase));
  if (options.hasIommus ?? true)
    placeIommus(options.iommus ?? config.iommuUnits, memory, options.streamBits ?? 16);
  return {
    physicalBits: options.physicalBits ?? 48,
    gic,
    places: options.places ?? null,
    workarounds: options.workarounds ?? { branchPrediction: -1, storeBypass: -1 },
  };
}

function pageOf(address: bigint): number {
  const known = Number(BigInt.asUintN(addressMask, address));
  return known - (known % 4096);
}

function placeIommus(
  units: readonly Pick<IommuUnit, "type" | "base" | "size">[],
  memory: PhysicalMemory,
  streamBits: number,
): void {
  for (const unit of units) {
    const device = iommuOf(unit, streamBits);
    if (unit.base === 0n || device === null) continue;
    const size = Math.min(Math.max(unit.size, 4096), mostRegisters);
    memory.addDevice(pageOf(unit.base), size, device);
  }
}

function iommuOf({ type, size }: Pick<IommuUnit, "type" | "size">, streamBits: number): MmioDevice | null {
  switch (type) {
    case iommuTypes.smmuV3:
      return smmuV3(streamBits);
    case iommuTypes.mmu500:
      return mmu500(size);
    case iommuTypes.pvu:
      // 64 TLBs of 8 entries.
      return new RegisterFile(new Map([[0x4, 0x8_0040]]));
    default:
      return null;
  }
}

/** Tables of two levels, two queues; CR0 is acknowledged, and commands are done at once. */
function smmuV3(streamBits: number): MmioDevice {
  const fixed = new Map([
    [0x0, 0x0800_0003],
    [0x4, (8 << 21) | (7 << 16) | streamBits],
  ]);
  const follows = new Map([
    [0x20, 0x24],
    [0x98, 0x9c],
  ]);
  return new RegisterFile(fixed, new Map(), follows);
}

/** Version 2 with 128 groups of streams, 64 context banks, and addresses of 48 bits; nobody uses it yet. */
function mmu500(size: number): MmioDevice {
  const pages = Math.max(1, Math.floor(size / 2 / 4096));
  const pageBits = Math.min(7, Math.max(0, Math.floor(Math.log2(pages)) - 1));
  const fixed = new Map([
    [0x20, 0x2800_0080],
    [0x24, ((pageBits << 28) | 64) >>> 0],
    [0x28, 0x1055],
    [0x3c, 0x20],
  ]);
  return new RegisterFile(fixed, new Map([[0x0, 0x1]]));
}
