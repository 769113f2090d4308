/** What is read where no interrupt is pending. */
export const spurious = 1023;

/** An interrupt that waits to be seen. */
interface Waiting {
  readonly irq: number;
  /** The CPU that has sent an SGI, three bits of its number; 0 for others. */
  readonly sender: number;
}

/** Interrupts that can wait to be injected, one place of the ring stays empty (arch/arm-common/include/asm/irqchip.h). */
const mostWaiting = 255;

/**
 * The virtual interface of a CPU, through which a cell takes its interrupts. All have the highest priority: one is not
 * interrupted by another, and what comes again before it has ended is lost (arch/arm-common/gic-v3.c:541, gic-v2.c:289).
 */
export class VirtualInterface {
  isEnabled = false;
  /** Only interrupts of a priority below are signalled: with 0, none are. */
  priorityMask = 0;
  /** Two steps are needed to end an interrupt: one drops the priority, another deactivates it. */
  endsInTwoSteps = false;
  /** Told of interrupts of devices that have been deactivated. */
  onDeactivation: (irq: number) => void = () => {};
  private readonly waiting: Waiting[] = [];
  private readonly active = new Set<number>();
  /** Acknowledged, and their priority has not been dropped. */
  private running = 0;

  /** One more than there is room for is lost. */
  inject(irq: number, sender: number): void {
    if (this.active.has(irq) || this.waiting.some((each) => each.irq === irq)) return;
    if (this.waiting.length < mostWaiting) this.waiting.push({ irq, sender: irq < 16 ? sender & 7 : 0 });
  }

  get hasWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Whether the CPU is told of an interrupt. */
  get isSignalling(): boolean {
    return this.hasWaiting && this.isEnabled && this.priorityMask > 0 && this.running === 0;
  }

  /** The next one, as a register shows it; it stays. */
  get highestPending(): number {
    return this.hasWaiting && this.isEnabled && this.priorityMask > 0 ? this.waiting[0]!.irq : spurious;
  }

  get runningPriority(): number {
    return this.running > 0 ? 0 : 0xff;
  }

  /** @returns its number, of an SGI in version 2 with its sender in bits 10 to 12; {@link spurious} without any */
  acknowledge(): number {
    if (!this.isSignalling) return spurious;
    const { irq, sender } = this.waiting.shift()!;
    this.active.add(irq);
    this.running++;
    return irq | (sender << 10);
  }

  end(irq: number): void {
    if (irq >= 1020) return;
    if (this.running > 0) this.running--;
    if (!this.endsInTwoSteps) this.deactivate(irq);
  }

  deactivate(irq: number): void {
    if (this.active.delete(irq) && irq >= 16) this.onDeactivation(irq);
  }

  /** Takes the next interrupt out, as if it had come and gone; null without one. */
  take(): number | null {
    return this.waiting.shift()?.irq ?? null;
  }

  /** Nothing waits any more; interrupts of devices that were active are deactivated by whoever drops them. */
  drop(): void {
    this.waiting.length = 0;
    this.active.clear();
    this.running = 0;
    this.isEnabled = false;
    this.priorityMask = 0;
    this.endsInTwoSteps = false;
  }

  /** As an operating system has set it up that was there before the hypervisor. */
  adopt(): void {
    this.isEnabled = true;
    this.priorityMask = 0xf0;
  }
}
