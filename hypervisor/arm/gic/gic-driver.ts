import type { Cell } from "../../core/cell.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import type { MmioAccess, MmioAnswer } from "../../core/mmio/mmio-access.js";
import { pageSize } from "../../core/paging/table-format.js";
import type { AccessSize } from "../../machine/physical-memory.js";
import type { ArmCpu } from "../arm-cpu.js";

/** SGIs that the hypervisor keeps for itself: one tells of interrupts to inject, one of events (arch/arm-common/include/asm/control.h:16). */
export const ownSgis = { inject: 0, event: 1 } as const;
export const ownSgiMask = 0x3;

/** What the versions of the controller do differently. */
export interface GicDriver {
  /** Bytes of the distributor. */
  readonly distributorSize: number;
  /** Once, by the first CPU. */
  init(): void;
  initCpu(cpu: ArmCpu): void;
  resetCpu(cpu: ArmCpu): void;
  initCell(cell: Cell): void;
  exitCell(cell: Cell): void;
  /** An interrupt that goes to another cell's CPU is sent to the first one of this cell. */
  adjustTarget(cell: Cell, irq: number): void;
  accessRoute(cell: Cell, irq: number, access: MmioAccess): MmioAnswer;
  accessTarget(cell: Cell, irq: number, access: MmioAccess, cpu: number): MmioAnswer;
  /** Registers that both versions do not share. */
  accessOther(access: MmioAccess, cpu: number): MmioAnswer;
  /** How a CPU is named as the target of an SGI. */
  sgiTarget(cpu: ArmCpu): { readonly cluster: number; readonly bit: number };
}

/** Accesses of the hypervisor to the distributor, by their place in it. */
export class DistributorRegisters {
  private readonly base: number;

  constructor(private readonly hypervisor: Hypervisor) {
    const base = Number(BigInt.asUintN(48, hypervisor.config.arm.gicdBase));
    // What is mapped begins with a page, and so do the registers for the hypervisor (hypervisor/paging.c:484).
    this.base = base - (base % pageSize);
  }

  read(offset: number, size: AccessSize, cpu = this.hypervisor.currentCpu): bigint {
    this.hypervisor.machine.arm!.gic.accessor = cpu;
    return this.hypervisor.machine.memory.read(this.base + offset, size);
  }

  write(offset: number, size: AccessSize, value: bigint, cpu = this.hypervisor.currentCpu): void {
    this.hypervisor.machine.arm!.gic.accessor = cpu;
    this.hypervisor.machine.memory.write(this.base + offset, size, BigInt.asUintN(8 * size, value));
  }

  word(offset: number): number {
    return Number(this.read(offset, 4));
  }

  setWord(offset: number, value: number): void {
    this.write(offset, 4, BigInt(value >>> 0));
  }

  /** An access of a cell as it is. */
  pass({ offset, size, written }: MmioAccess, cpu: number): MmioAnswer {
    if (written === null) return this.read(offset, size, cpu);
    this.write(offset, size, written, cpu);
    return "done";
  }
}

/** Nothing is there: zero, or no effect. */
export function ignored({ written }: MmioAccess): MmioAnswer {
  return written === null ? 0n : "done";
}

/** Version of the architecture in the register of the third part of the identification. */
export function architectureVersion(pidr2: number): number {
  return (pidr2 >> 4) & 0xf;
}

/** Bit of the maintenance interrupt; numbers above 31 wrap, as shifts of 32 bits do. */
export function maintenanceBit({ config }: Hypervisor): number {
  return (1 << (config.arm.maintenanceIrq & 31)) >>> 0;
}

/** What is printed when an interrupt is to go to a CPU that is not the cell's; the access is fatal then. */
export function routedOutside(hypervisor: Hypervisor, irq: number): "denied" {
  hypervisor.print(`Attempt to route IRQ${irq} outside of cell\n`);
  hypervisor.denials.note({ kind: "interrupt", direction: "write", interrupts: [irq], isRoute: true });
  return "denied";
}
