import { VirtualInterface } from "./gic/virtual-interface.js";

/** Counters that ARM has besides the common ones (include/arch/arm-common/asm/jailhouse_hypercall.h:42). */
export const armCounters = {
  maintenance: 4,
  virtualIrq: 5,
  virtualSgi: 6,
  psci: 7,
  smccc: 8,
  cp15: 9,
} as const;

/** What the hypervisor keeps of a CPU on ARM. */
export class ArmCpu {
  /** It has been switched off, by itself or by the hypervisor, until PSCI or a start of its cell switches it on. */
  isOff = false;
  /** Where it begins when it is reset; null: it is switched off instead. */
  entry: bigint | null = null;
  /** What PSCI's caller hands over to it, in its second register. */
  context = 0n;
  /** Physical address of its redistributor (GICv3); null before it has been found. */
  redistributor: number | null = null;
  /** Its interface as a bit of a target field (GICv2); 0 before it is known. */
  interfaceBit = 0;
  /** The interrupt controller is set up for it. */
  isReady = false;
  /** Begins of new lives, for those who run its programs. */
  resets = 0;
  readonly virtual = new VirtualInterface();
  /** Told when there is an interrupt for it. */
  onInterrupt: () => void = () => {};

  constructor(
    readonly id: number,
    /** Affinity fields of MPIDR. */
    readonly mpidr: number,
  ) {}

  /** An interrupt that the CPU is to see next. @param sender of an SGI */
  inject(irq: number, sender = 0): void {
    this.virtual.inject(irq, sender);
    this.onInterrupt();
  }

  /** Takes the next interrupt that waits; null without one. */
  takeInterrupt(): number | null {
    return this.virtual.take();
  }

  get hasInterrupt(): boolean {
    return this.virtual.hasWaiting;
  }

  dropInterrupts(): void {
    this.virtual.drop();
  }
}
