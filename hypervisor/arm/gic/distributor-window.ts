import type { Cell } from "../../core/cell.js";
import type { Denials } from "../../core/decide/denials.js";
import type { MmioAccess, MmioAnswer, MmioHandler } from "../../core/mmio/mmio-access.js";
import { gicRegisters } from "../../machine/gic.js";
import { type ArmParts, hasInterrupt, isShared } from "../arm-parts.js";
import type { DistributorRegisters, GicDriver } from "./gic-driver.js";

/** Groups of registers with some bits for each interrupt, in the order of their numbers. */
interface BitGroup {
  readonly start: number;
  /** Last address that belongs to it. */
  readonly last: number;
  readonly bitsPerIrq: 1 | 2 | 8;
  /** What is written changes only the bits that are set: others need not be read before. */
  readonly isPoke: boolean;
}

const groups: readonly BitGroup[] = [
  ...[
    gicRegisters.isenabler,
    gicRegisters.icenabler,
    gicRegisters.ispendr,
    gicRegisters.icpendr,
    gicRegisters.isactiver,
    gicRegisters.icactiver,
  ].map((start) => ({ start, last: start + 0x7c, bitsPerIrq: 1, isPoke: true }) as const),
  { start: gicRegisters.igroupr, last: gicRegisters.igroupr + 0x7c, bitsPerIrq: 1, isPoke: false },
  { start: gicRegisters.icfgr, last: gicRegisters.icfgr + 0xfc, bitsPerIrq: 2, isPoke: false },
  // 255 registers, although there are 256: the last one is never there.
  { start: gicRegisters.ipriorityr, last: gicRegisters.ipriorityr + 0x3f8, bitsPerIrq: 8, isPoke: false },
];

/**
 * The distributor as a cell sees it: of registers that many interrupts share, it reads and writes the bits of its own ones
 * only, and nothing is fatal but an interrupt that is to leave the cell (arch/arm-common/irqchip.c:43-185).
 */
export class DistributorWindow implements MmioHandler {
  readonly kind = "gicd";

  constructor(
    private readonly cell: Cell,
    private readonly parts: ArmParts,
    private readonly registers: DistributorRegisters,
    private readonly driver: GicDriver,
    private readonly denials: Denials,
  ) {}

  access(access: MmioAccess, cpu: number): MmioAnswer {
    const answer = this.answer(access, cpu);
    if (answer === "done") this.tellIgnored(access, cpu);
    return answer;
  }

  /** What is written of interrupts that are not the cell's has no effect. */
  private tellIgnored({ offset, size, written }: MmioAccess, cpu: number): void {
    const own = this.parts.cell(this.cell);
    const interrupts = meantBy(offset, size, written!).filter(
      (irq) => isShared(irq) && !hasInterrupt(own, irq),
    );
    if (interrupts.length === 0) return;
    const tried = { kind: "interrupt", direction: "write", interrupts, isRoute: false } as const;
    this.denials.tell(this.cell, cpu, tried, "silent");
  }

  private answer(access: MmioAccess, cpu: number): MmioAnswer {
    const { offset } = access;
    if (offset >= gicRegisters.irouter && offset <= gicRegisters.irouter + 8 * 1023) {
      return this.driver.accessRoute(this.cell, (offset - gicRegisters.irouter) >> 3, access);
    }
    if (offset >= gicRegisters.itargetsr && offset < gicRegisters.icfgr) {
      return this.driver.accessTarget(this.cell, offset - gicRegisters.itargetsr, access, cpu);
    }
    const group = groups.find(({ start, last }) => offset >= start && offset <= last);
    return group === undefined ? this.driver.accessOther(access, cpu) : this.accessBits(group, access, cpu);
  }

  /** The mask is that of the whole word, also for an access to a part of it. */
  private accessBits(group: BitGroup, { offset, size, written }: MmioAccess, cpu: number): MmioAnswer {
    const mask = this.maskOf(group, (offset - group.start) >> 2);
    if (written === null) return this.registers.read(offset, size, cpu) & mask;
    const kept = group.isPoke ? 0n : this.registers.read(offset, size, cpu) & ~mask;
    this.registers.write(offset, size, kept | (written & mask), cpu);
    return "done";
  }

  private maskOf({ bitsPerIrq }: BitGroup, word: number): bigint {
    const perWord = 32 / bitsPerIrq;
    const own = this.parts.cell(this.cell);
    let mask = 0n;
    for (let index = 0; index < perWord; index++) {
      if (!hasInterrupt(own, word * perWord + index)) continue;
      mask |= ((1n << BigInt(bitsPerIrq)) - 1n) << BigInt(index * bitsPerIrq);
    }
    return mask;
  }
}

/** The interrupts that a write sets something for: zeros in fields of their own change nothing that the cell asks for. */
function meantBy(offset: number, size: number, written: bigint): readonly number[] {
  const { irouter, itargetsr, icfgr } = gicRegisters;
  if (offset >= irouter && offset <= irouter + 8 * 1023) return [(offset - irouter) >> 3];
  if (offset >= itargetsr && offset < icfgr) {
    return Array.from({ length: size }, (_, index) => offset - itargetsr + index);
  }
  const group = groups.find(({ start, last }) => offset >= start && offset <= last);
  if (group === undefined) return [];
  const { bitsPerIrq, start } = group;
  const first = (8 * (offset - start)) / bitsPerIrq;
  const fields = Array.from({ length: (8 * size) / bitsPerIrq }, (_, index) => index);
  return fields
    .filter((index) => BigInt.asUintN(bitsPerIrq, written >> BigInt(index * bitsPerIrq)) !== 0n)
    .map((index) => first + index);
}
