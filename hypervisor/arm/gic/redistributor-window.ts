import type { Cell } from "../../core/cell.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import type { MmioAccess, MmioAnswer, MmioHandler } from "../../core/mmio/mmio-access.js";
import type { ArmCpu } from "../arm-cpu.js";
import { ignored, maintenanceBit, ownSgiMask } from "./gic-driver.js";

/** Registers of SGIs and PPIs are in the second frame. */
export const sgiFrame = 0x1_0000;

const registers = { ctlr: 0x0, iidr: 0x4, typer: 0x8, statusr: 0x10, waker: 0x14, syncr: 0xc0 } as const;
const lastOfThem = 0x10n;

/** The redistributor of a CPU, as a cell sees it (arch/arm-common/gic-v3.c:352-410). */
export class RedistributorWindow implements MmioHandler {
  readonly kind = "gicr";

  /** @param isLast of the CPUs of the root cell: it ends the search, whatever the hardware has */
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly cell: Cell,
    private readonly owner: ArmCpu,
    private readonly isLast: boolean,
  ) {}

  access(access: MmioAccess, cpu: number): MmioAnswer {
    const { offset, written } = access;
    if (offset === registers.typer) {
      const answer = this.pass(access, written);
      return typeof answer === "bigint" && this.isLast ? answer | lastOfThem : answer;
    }
    const isOpen =
      offset === registers.typer + 4 || offset === registers.iidr || (offset >= 0xffd0 && offset <= 0xfffc);
    if (isOpen) return this.pass(access, written);
    const isForeign = this.hypervisor.cpu(this.owner.id).cell !== this.cell;
    if (isForeign && written !== null) this.deny(cpu);
    if (isForeign || !isOwnRegister(offset)) return ignored(access);
    return this.pass(access, isBitRegister(offset) && written !== null ? this.allowed(written) : written);
  }

  private deny(cpu: number): void {
    const { id, mpidr } = this.owner;
    this.hypervisor.denials.tell(this.cell, cpu, { kind: "ipi", cpu: id, destination: mpidr }, "silent");
  }

  /** The hypervisor's interrupts stay as they are. */
  private allowed(written: bigint): bigint {
    return written & ~BigInt((ownSgiMask | maintenanceBit(this.hypervisor)) >>> 0);
  }

  private pass({ offset, size }: MmioAccess, written: bigint | null): MmioAnswer {
    const { memory } = this.hypervisor.machine;
    const address = (this.owner.redistributor ?? 0) + offset;
    if (written === null) return memory.read(address, size);
    memory.write(address, size, BigInt.asUintN(8 * size, written));
    return "done";
  }
}

/** Bits that enable, disable, and make pending or active. */
function isBitRegister(offset: number): boolean {
  return [0x100, 0x180, 0x200, 0x280, 0x300, 0x380].includes(offset - sgiFrame);
}

function isOwnRegister(offset: number): boolean {
  if (offset === registers.ctlr || offset === registers.statusr || offset === registers.waker) return true;
  const inFrame = offset - sgiFrame;
  const isPriority = inFrame >= 0x400 && inFrame <= 0x41c;
  return isBitRegister(offset) || isPriority || (inFrame >= 0xc00 && inFrame <= 0xc04);
}
