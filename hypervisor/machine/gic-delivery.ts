import type { Gic } from "./gic.js";

/** Interrupts from here on are shared by all CPUs. */
const firstShared = 32;

/**
 * What a GIC signals to CPUs: an interrupt that is pending and enabled becomes active and is handed over, once; it can come
 * again when it has been deactivated. Priorities do not count.
 */
export class GicDelivery {
  /** Lines of private interrupts that are high, a bit for each. */
  private readonly levels = new Map<number, number>();
  private isUpdating = false;

  /** @param signal takes an interrupt over for a CPU */
  constructor(
    private readonly gic: Gic,
    private readonly signal: (cpu: number, interrupt: number) => void,
  ) {
    gic.onWrite = () => this.update();
  }

  /** A device raises a shared interrupt. @param interrupt 32 to 1019 */
  raise(interrupt: number): void {
    this.change("pending", interrupt, 0, true);
    this.update();
  }

  /** The line of a private interrupt, which is pending as long as it is high. @param interrupt 16 to 31 */
  setLevel(cpu: number, interrupt: number, isHigh: boolean): void {
    const levels = this.levels.get(cpu) ?? 0;
    const bit = (1 << interrupt) >>> 0;
    this.levels.set(cpu, (isHigh ? levels | bit : levels & ~bit) >>> 0);
    if (isHigh) this.update();
  }

  /** A CPU is through with an interrupt. */
  deactivate(cpu: number, interrupt: number): void {
    this.change("active", interrupt, cpu, false);
    this.update();
  }

  private change(state: "pending" | "active", interrupt: number, cpu: number, isSet: boolean): void {
    const word = interrupt >> 5;
    const bit = 1 << (interrupt & 31);
    const bits = this.gic.bits(state, word, cpu);
    this.gic.setBits(state, word, cpu, (isSet ? bits | bit : bits & ~bit) >>> 0);
  }

  private update(): void {
    if (this.isUpdating) return;
    this.isUpdating = true;
    try {
      for (const { id } of this.gic.cpus) this.updateWord(0, id);
      for (let word = 1; word < this.gic.interrupts / 32; word++) this.updateWord(word, 0);
    } finally {
      this.isUpdating = false;
    }
  }

  private updateWord(word: number, cpu: number): void {
    const { gic } = this;
    // SGIs of version 2 cannot be made pending by a register that shows it.
    const able = word === 0 && gic.version === 2 ? ~0xffff : ~0;
    const levels = word === 0 ? (this.levels.get(cpu) ?? 0) : 0;
    const pending = gic.bits("pending", word, cpu) | levels;
    if (pending === 0) return;
    let due = able & pending & gic.bits("enabled", word, cpu) & ~gic.bits("active", word, cpu);
    while (due !== 0) {
      const bit = 31 - Math.clz32(due & -due);
      due &= due - 1;
      this.hand(32 * word + bit, cpu);
    }
  }

  private hand(interrupt: number, own: number): void {
    const cpu = interrupt < firstShared ? own : this.gic.targetOf(interrupt);
    if (cpu === null) return;
    this.change("pending", interrupt, cpu, false);
    this.change("active", interrupt, cpu, true);
    this.signal(cpu, interrupt);
  }
}
