/** Counters that ARM has besides the common ones (include/arch/arm-common/asm/jailhouse_hypercall.h:42). */
export const armCounters = {
  maintenance: 4,
  virtualIrq: 5,
  virtualSgi: 6,
  psci: 7,
  smccc: 8,
  cp15: 9,
} as const;

/** Interrupts that can wait to be injected, one place of the ring stays empty (arch/arm-common/include/asm/irqchip.h). */
const mostWaiting = 255;

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
  private readonly waiting: number[] = [];

  constructor(
    readonly id: number,
    /** Affinity fields of MPIDR. */
    readonly mpidr: number,
  ) {}

  /** An interrupt that the CPU is to see next; one more than there is room for is lost. */
  inject(irq: number): void {
    if (this.waiting.includes(irq)) return;
    if (this.waiting.length < mostWaiting) this.waiting.push(irq);
  }

  /** Takes the next interrupt that waits; null without one. */
  takeInterrupt(): number | null {
    return this.waiting.shift() ?? null;
  }

  get hasInterrupt(): boolean {
    return this.waiting.length > 0;
  }

  dropInterrupts(): void {
    this.waiting.length = 0;
  }
}
