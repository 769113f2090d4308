import { accessFlags } from "../../core/access-flags.js";
import type { Cell } from "../../core/cell.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import type { MmioAccess, MmioAnswer } from "../../core/mmio/mmio-access.js";
import { gicRegisters } from "../../machine/gic.js";
import type { ArmCpu } from "../arm-cpu.js";
import { type ArmParts, hasInterrupt, isShared } from "../arm-parts.js";
import {
  architectureVersion,
  type DistributorRegisters,
  type GicDriver,
  ignored,
  maintenanceBit,
  routedOutside,
} from "./gic-driver.js";
import type { SgiFilter } from "./sgi-filter.js";

const interfaceSize = 0x2000;
const mostCpus = 8;
const pidr2 = 0xfe8;

/** Version 2: targets are bits of CPU interfaces, and cells see the virtual interface where the real one is (arch/arm-common/gic-v2.c). */
export class GicV2 implements GicDriver {
  readonly distributorSize = 0x1000;

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly parts: ArmParts,
    private readonly registers: DistributorRegisters,
    private readonly sgis: SgiFilter,
  ) {}

  init(): void {
    const { hypervisor, registers } = this;
    if (architectureVersion(registers.word(pidr2)) !== 2) {
      throw hypervisor.refusal("ENODEV", "hypervisor/arch/arm-common/gic-v2.c:54");
    }
    const { giccBase, gichBase } = hypervisor.config.arm;
    hypervisor.mapDevice(giccBase, interfaceSize);
    hypervisor.mapDevice(gichBase, interfaceSize);
  }

  initCpu(cpu: ArmCpu): void {
    const { hypervisor, registers } = this;
    if (cpu.id >= mostCpus) throw hypervisor.refusal("EINVAL", "hypervisor/arch/arm-common/gic-v2.c:117");
    cpu.interfaceBit = Number(registers.read(gicRegisters.itargetsr, 4, cpu.id)) & 0xff;
    if (cpu.interfaceBit === 0) throw hypervisor.refusal("ENODEV", "hypervisor/arch/arm-common/gic-v2.c:123");
    const enabled = BigInt((0xffff | maintenanceBit(hypervisor)) >>> 0);
    registers.write(gicRegisters.isenabler, 4, enabled, cpu.id);
    cpu.isReady = true;
    cpu.virtual.adopt();
    const active = registers.read(gicRegisters.isactiver, 4, cpu.id);
    registers.write(gicRegisters.icactiver, 4, active & 0xffffn, cpu.id);
  }

  resetCpu(cpu: ArmCpu): void {
    const maintenance = maintenanceBit(this.hypervisor);
    const write = (offset: number, value: number): void =>
      this.registers.write(offset, 4, BigInt(value >>> 0), cpu.id);
    write(gicRegisters.isenabler, 0xffff | maintenance);
    write(gicRegisters.icenabler, 0xffff_0000 & ~maintenance);
    write(gicRegisters.icactiver, 0xffff_0000);
  }

  initCell(cell: Cell): void {
    const { giccBase, gicvBase } = this.hypervisor.config.arm;
    const { read, write, device, valid } = accessFlags;
    const flags = valid | read | write | device;
    this.parts.cell(cell).tables.create(gicvBase, BigInt(interfaceSize), giccBase, flags, "small");
  }

  exitCell(cell: Cell): void {
    this.parts.cell(cell).tables.destroy(this.hypervisor.config.arm.giccBase, BigInt(interfaceSize));
  }

  adjustTarget(cell: Cell, irq: number): void {
    const { registers } = this;
    const offset = gicRegisters.itargetsr + (irq & ~3);
    const targets = registers.word(offset);
    const shift = 8 * (irq % 4);
    if (this.areTargetsOf(cell, (targets >>> shift) & 0xff)) return;
    const [first] = sortedCpus(cell);
    const bit = first === undefined ? 0 : this.parts.cpu(first).interfaceBit;
    registers.setWord(offset, (targets & ~(0xff << shift)) | (bit << shift));
  }

  /** A target without a CPU is as good as the cell's. */
  private areTargetsOf(cell: Cell, targets: number): boolean {
    for (let id = 0; id < mostCpus; id++) {
      if ((targets & this.parts.cpu(id).interfaceBit) !== 0 && this.hypervisor.cpu(id).cell !== cell)
        return false;
    }
    return true;
  }

  /** There are no such registers in this version. */
  accessRoute(_cell: Cell, _irq: number, access: MmioAccess): MmioAnswer {
    return ignored(access);
  }

  /** Bytes of the cell's interrupts only; those of private ones tell a CPU its own number. */
  accessTarget(cell: Cell, irq: number, access: MmioAccess, cpu: number): MmioAnswer {
    const { registers } = this;
    if (!isShared(irq)) return registers.pass(access, cpu);
    const first = irq & ~3;
    const start = irq % 4;
    const value = Number(BigInt.asUintN(32, (access.written ?? 0n) << BigInt(8 * start)));
    const own = this.parts.cell(cell);
    let mask = 0;
    for (let byte = start; byte < access.size + start; byte++) {
      if (!hasInterrupt(own, first + byte)) continue;
      if (byte < 4) mask |= 0xff << (8 * byte);
      if (access.written === null) continue;
      const targets = byte < 4 ? (value >>> (8 * byte)) & 0xff : 0;
      if (!this.areTargetsOf(cell, targets)) return routedOutside(this.hypervisor, first + byte);
    }
    const offset = gicRegisters.itargetsr + first;
    const before = registers.word(offset);
    if (access.written === null) return BigInt((before & mask) >>> 0) >> BigInt(8 * start);
    registers.setWord(offset, (value & mask) | (before & ~mask));
    return "done";
  }

  accessOther(access: MmioAccess, cpu: number): MmioAnswer {
    const { offset, written } = access;
    if (offset === gicRegisters.sgir && written !== null) {
      const value = Number(BigInt.asUintN(32, written));
      const mode = (value >>> 24) & 3;
      this.sgis.send(cpu, { id: value & 0xf, mode, targets: (value >>> 16) & 0xff, cluster: 0 });
      return "done";
    }
    return written === null && isIdentification(offset) ? this.registers.pass(access, cpu) : ignored(access);
  }

  sgiTarget(cpu: ArmCpu): { readonly cluster: number; readonly bit: number } {
    return { cluster: 0, bit: cpu.interfaceBit };
  }
}

export function sortedCpus(cell: Cell): readonly number[] {
  return [...cell.cpus].sort((one, other) => one - other);
}

function isIdentification(offset: number): boolean {
  if (offset === gicRegisters.ctlr || offset === gicRegisters.typer || offset === gicRegisters.iidr)
    return true;
  return [0xfd0, 0xfe0, 0xff0].some((start) => offset >= start && offset <= start + 12);
}
