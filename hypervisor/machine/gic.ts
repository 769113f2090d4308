import type { AccessSize, MmioDevice, PhysicalMemory } from "./physical-memory.js";

export const gicRegisters = {
  ctlr: 0x0,
  typer: 0x4,
  iidr: 0x8,
  igroupr: 0x80,
  isenabler: 0x100,
  icenabler: 0x180,
  ispendr: 0x200,
  icpendr: 0x280,
  isactiver: 0x300,
  icactiver: 0x380,
  ipriorityr: 0x400,
  itargetsr: 0x800,
  icfgr: 0xc00,
  sgir: 0xf00,
  irouter: 0x6000,
} as const;

export type GicVersion = 2 | 3 | 4;

/** What an interrupt can be, apart from the others. */
export type InterruptState = "enabled" | "pending" | "active";

const stateRegisters = {
  enabled: gicRegisters.isenabler,
  pending: gicRegisters.ispendr,
  active: gicRegisters.isactiver,
} as const;
/** In a route: whichever CPU can take it. */
const anyCpu = 0x8000_0000;

/** One security state, routing by affinity, both groups enabled. */
const controlOfV3 = 0x53;
/** Ids of 16 bits, LPIs, and affinities of four levels. */
const featuresOfV3 = 0x37a_0000;
const sgiFrame = 0x1_0000;
const redistributorTyper = 0x8;

/** Registers of interrupts: pairs that set and clear bits, and others that keep what is written. */
class InterruptRegisters {
  readonly bytes: Uint8Array;

  constructor(
    size: number,
    private readonly base: number,
  ) {
    this.bytes = new Uint8Array(size);
  }

  read(offset: number, size: AccessSize): bigint {
    let value = 0n;
    for (let index = size - 1; index >= 0; index--) {
      value = (value << 8n) | BigInt(this.bytes[this.home(offset) + index] ?? 0);
    }
    return value;
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    const group = (offset - this.base) & ~0x7f;
    const setsBits = group === 0x100 || group === 0x200 || group === 0x300;
    const clearsBits = group === 0x180 || group === 0x280 || group === 0x380;
    const home = this.home(offset);
    for (let index = 0; index < size && home + index < this.bytes.length; index++) {
      const byte = Number((value >> BigInt(8 * index)) & 0xffn);
      if (setsBits) this.bytes[home + index]! |= byte;
      else if (clearsBits) this.bytes[home + index]! &= ~byte;
      else this.bytes[home + index] = byte;
    }
  }

  /** @param offset of a word, for those who do not come over the bus */
  word(offset: number): number {
    return new DataView(this.bytes.buffer).getUint32(offset, true);
  }

  setWord(offset: number, value: number): void {
    new DataView(this.bytes.buffer).setUint32(offset, value, true);
  }

  /** Both registers of a pair show the same bits: those that set them keep them. */
  private home(offset: number): number {
    const group = (offset - this.base) & ~0x7f;
    const isClearing = group === 0x180 || group === 0x280 || group === 0x380;
    return isClearing ? offset - 0x80 : offset;
  }
}

/** Frames of a redistributor: 64K each, two of them in version 3 and four in version 4. */
export function redistributorSize(version: GicVersion): number {
  return version === 4 ? 0x4_0000 : 0x2_0000;
}

/** A CPU as the controller knows it. */
export interface GicCpu {
  readonly id: number;
  /** Affinity fields of MPIDR. */
  readonly hardwareId: number;
}

/**
 * A generic interrupt controller as its registers show it (ARM IHI 0048 and 0069): which interrupts are enabled, pending and
 * active, and where they go. Registers of private interrupts of version 2 answer for the CPU in `accessor`.
 */
export class Gic {
  accessor = 0;
  /** Told when registers have been written. */
  onWrite: () => void = () => {};
  readonly distributor: MmioDevice;
  private readonly shared: InterruptRegisters;
  private readonly banks = new Map<number, InterruptRegisters>();
  private readonly redistributors: readonly InterruptRegisters[];
  /** Of CPUs by their numbers. */
  private readonly indices: ReadonlyMap<number, number>;

  /**
   * @param interrupts private ones included, a multiple of 32 up to 1024
   * @param cpus in the order of their redistributors
   */
  constructor(
    readonly version: GicVersion,
    readonly interrupts: number,
    readonly cpus: readonly GicCpu[],
  ) {
    this.indices = new Map(cpus.map(({ id }, index) => [id, index]));
    this.shared = new InterruptRegisters(version === 2 ? 0x1000 : 0x1_0000, 0);
    this.redistributors = version === 2 ? [] : cpus.map(() => new InterruptRegisters(0x2_0000, sgiFrame));
    this.distributor = {
      read: (offset, size) => this.readDistributor(offset, size),
      write: (offset, size, value) => this.writeDistributor(offset, size, value),
    };
  }

  /** @param distributor and @param redistributors physical addresses */
  place(memory: PhysicalMemory, distributor: number, redistributors: number): void {
    memory.addDevice(distributor, this.version === 2 ? 0x1000 : 0x1_0000, this.distributor);
    const size = redistributorSize(this.version);
    for (const [index, registers] of this.redistributors.entries()) {
      memory.addDevice(redistributors + index * size, size, {
        read: (offset, width) => this.readRedistributor(index, registers, offset, width),
        write: (offset, width, value) => {
          if (offset < sgiFrame && offset !== 0x14) return;
          registers.write(offset, width, value);
          this.onWrite();
        },
      });
    }
  }

  /** The interface of a CPU as a bit of a target field; only version 2 has them, eight at most. */
  interfaceBit(cpu: number): number {
    const index = this.cpus.findIndex(({ id }) => id === cpu);
    return index >= 0 && index < 8 ? 1 << index : 0;
  }

  /** The same by affinity. */
  interfaceOf(hardwareId: number): number {
    const cpu = this.cpus.find((each) => each.hardwareId === hardwareId);
    return cpu === undefined ? 0 : this.interfaceBit(cpu.id);
  }

  private readDistributor(offset: number, size: AccessSize): bigint {
    const fixed = this.fixedRegister(offset);
    if (fixed !== null) return BigInt.asUintN(8 * size, BigInt(fixed >>> (8 * (offset % 4))));
    if (!this.isPrivate(offset)) return this.shared.read(offset, size);
    if (offset >= gicRegisters.itargetsr && offset < gicRegisters.icfgr) {
      return BigInt.asUintN(8 * size, BigInt(this.interfaceBit(this.accessor)) * 0x0101_0101n);
    }
    return this.bank(this.accessor).read(offset, size);
  }

  private writeDistributor(offset: number, size: AccessSize, value: bigint): void {
    if (this.fixedRegister(offset) !== null) return;
    if (!this.isPrivate(offset)) this.shared.write(offset, size, value);
    else if (offset < gicRegisters.itargetsr || offset >= gicRegisters.icfgr)
      this.bank(this.accessor).write(offset, size, value);
    this.onWrite();
  }

  /** The state of 32 interrupts, a bit for each. @param cpu for the first word, which each CPU has for itself */
  bits(state: InterruptState, word: number, cpu: number): number {
    const [registers, frame] = this.homeOf(word, cpu);
    return registers?.word(frame + stateRegisters[state] + 4 * word) ?? 0;
  }

  setBits(state: InterruptState, word: number, cpu: number, bits: number): void {
    const [registers, frame] = this.homeOf(word, cpu);
    registers?.setWord(frame + stateRegisters[state] + 4 * word, bits);
  }

  /** Null for a CPU that the controller does not have. */
  private homeOf(word: number, cpu: number): readonly [InterruptRegisters | null, number] {
    if (word > 0) return [this.shared, 0];
    if (this.version === 2) return [this.bank(cpu), 0];
    return [this.redistributors[this.indices.get(cpu) ?? -1] ?? null, sgiFrame];
  }

  /** The CPU that a shared interrupt goes to, of several ones the first; null where there is none. */
  targetOf(interrupt: number): number | null {
    if (this.version === 2) {
      const targets = this.shared.bytes[gicRegisters.itargetsr + interrupt]!;
      return this.cpus.slice(0, 8).find((_, index) => ((targets >> index) & 1) === 1)?.id ?? null;
    }
    const low = this.shared.word(gicRegisters.irouter + 8 * interrupt);
    const high = this.shared.word(gicRegisters.irouter + 8 * interrupt + 4);
    if ((low & anyCpu) !== 0) return this.cpus[0]?.id ?? null;
    const affinity = (low & 0xff_ffff) + (high & 0xff) * 2 ** 32;
    return this.cpus.find(({ hardwareId }) => hardwareId === affinity)?.id ?? null;
  }

  private fixedRegister(offset: number): number | null {
    const { version } = this;
    const last = version === 2 ? 0xfe8 : 0xffe8;
    if (offset >= last && offset < last + 4) return (version << 4) | 0xb;
    switch (offset & ~3) {
      case gicRegisters.ctlr:
        return version === 2 ? 1 : controlOfV3;
      case gicRegisters.typer:
        return this.interrupts / 32 - 1 + (version === 2 ? (this.cpus.length - 1) << 5 : featuresOfV3);
      case gicRegisters.iidr:
        return 0x43b;
      default:
        return null;
    }
  }

  /** Whether a register is that of interrupts below 32, which each CPU has for itself. */
  private isPrivate(offset: number): boolean {
    if (this.version !== 2) return false;
    if (offset >= gicRegisters.igroupr && offset < gicRegisters.ipriorityr) return (offset & 0x7f) < 4;
    if (offset >= gicRegisters.ipriorityr && offset < gicRegisters.icfgr) return (offset & 0x3ff) < 32;
    return offset >= gicRegisters.icfgr && offset < gicRegisters.icfgr + 8;
  }

  private bank(cpu: number): InterruptRegisters {
    let bank = this.banks.get(cpu);
    if (bank === undefined) {
      bank = new InterruptRegisters(0x1000, 0);
      this.banks.set(cpu, bank);
    }
    return bank;
  }

  private readRedistributor(
    index: number,
    registers: InterruptRegisters,
    offset: number,
    size: AccessSize,
  ): bigint {
    if (offset === 0xffe8) return BigInt((this.version << 4) | 0xb);
    if (offset >= redistributorTyper && offset < redistributorTyper + 8) {
      const typer = this.typerOf(index) >> BigInt(8 * (offset - redistributorTyper));
      return BigInt.asUintN(8 * size, typer);
    }
    if (offset === gicRegisters.typer) return 0x43bn;
    return registers.read(offset, size);
  }

  /** Affinity in the upper word; number of the processor, whether it is the last one, and that it knows physical LPIs. */
  private typerOf(index: number): bigint {
    const { hardwareId } = this.cpus[index]!;
    const isLast = index === this.cpus.length - 1 ? 0x10 : 0;
    return (BigInt(packedAffinity(hardwareId)) << 32n) | BigInt(0x100_0001 | (index << 8) | isLast);
  }
}

/** The fields of MPIDR without the gap below the highest one. @param mpidr fields at bits 0, 8, 16 and 32 */
export function packedAffinity(mpidr: number): number {
  return (Math.floor(mpidr / 2 ** 32) & 0xff) * 2 ** 24 + (mpidr % 2 ** 24);
}
