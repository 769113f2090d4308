import { type IommuUnit, iommuTypes, type SystemConfig } from "../core/config/cell-config.js";
import type { ArmHardware } from "../machine/arm-hardware.js";
import { Gic, type GicVersion } from "../machine/gic.js";
import type { MachineCpu } from "../machine/machine.js";
import type { MmioDevice, PhysicalMemory } from "../machine/physical-memory.js";
import { RegisterFile } from "../machine/register-file.js";

/** What a config does not say of an ARM machine, or says wrongly. */
export interface ArmOptions {
  readonly physicalBits?: ArmHardware["physicalBits"];
  readonly gicVersion?: GicVersion;
  /** Private ones included, a multiple of 32 up to 1024. */
  readonly interrupts?: number;
  /** Addresses of distributor and redistributors. */
  readonly gicdBase?: bigint;
  readonly gicrBase?: bigint;
  readonly workarounds?: ArmHardware["workarounds"];
  /** Whether there are the IOMMUs that the config has. */
  readonly hasIommus?: boolean;
}

/** A controller has no more redistributors than that here, whatever CPUs a config lists. */
const mostRedistributors = 512;
const cpusOfCluster = 16;
const addressMask = 48;
/** No unit has more registers; pages of them take room. */
const mostRegisters = 0x100_0000;

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
  const known = Array.from({ length: count }, (_, id) => ({ id, hardwareId: affinityOf(id) }));
  const gic = new Gic(version, options.interrupts ?? 1024, known);
  gic.place(memory, pageOf(options.gicdBase ?? gicdBase), pageOf(options.gicrBase ?? gicrBase));
  if (options.hasIommus ?? true) placeIommus(config, memory);
  return {
    physicalBits: options.physicalBits ?? 48,
    gic,
    workarounds: options.workarounds ?? { branchPrediction: -1, storeBypass: -1 },
  };
}

function pageOf(address: bigint): number {
  const known = Number(BigInt.asUintN(addressMask, address));
  return known - (known % 4096);
}

function placeIommus({ iommuUnits }: SystemConfig, memory: PhysicalMemory): void {
  for (const unit of iommuUnits) {
    const device = iommuOf(unit);
    if (unit.base === 0n || device === null) continue;
    const size = Math.min(Math.max(unit.size, 4096), mostRegisters);
    memory.addDevice(pageOf(unit.base), size, device);
  }
}

function iommuOf({ type, size }: IommuUnit): MmioDevice | null {
  switch (type) {
    case iommuTypes.smmuV3:
      return smmuV3();
    case iommuTypes.mmu500:
      return mmu500(size);
    case iommuTypes.pvu:
      // 64 TLBs of 8 entries.
      return new RegisterFile(new Map([[0x4, 0x8_0040]]));
    default:
      return null;
  }
}

/** Tables of two levels for 16 bits of streams, two queues; CR0 is acknowledged, and commands are done at once. */
function smmuV3(): MmioDevice {
  const fixed = new Map([
    [0x0, 0x0800_0003],
    [0x4, (8 << 21) | (7 << 16) | 16],
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
