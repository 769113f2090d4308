import type { Cell } from "../../core/cell.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import type { MmioAccess, MmioAnswer } from "../../core/mmio/mmio-access.js";
import { pageSize } from "../../core/paging/table-format.js";
import { HypervisorFault, Refusal } from "../../core/refusal.js";
import { type GicVersion, gicRegisters, packedAffinity, redistributorSize } from "../../machine/gic.js";
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
import { sortedCpus } from "./gic-v2.js";
import { RedistributorWindow, sgiFrame } from "./redistributor-window.js";

const pidr2 = 0xffe8;
const affinityRouting = 0x10;
const typer = 0x8;
const lastOfThem = 0x10n;
/** Fewer than that fit into the list of targets of an SGI. */
const targetsOfCluster = 16;

/** Versions 3 and 4: interrupts go to CPUs by their affinity, and each CPU has a redistributor (arch/arm-common/gic-v3.c). */
export class GicV3 implements GicDriver {
  readonly distributorSize = 0x1_0000;
  private version: GicVersion = 3;

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly parts: ArmParts,
    private readonly registers: DistributorRegisters,
  ) {}

  init(): void {
    const { hypervisor, registers } = this;
    const version = architectureVersion(registers.word(pidr2));
    if (version !== 3 && version !== 4) {
      throw hypervisor.refusal("ENODEV", "hypervisor/arch/arm-common/gic-v3.c:133");
    }
    this.version = version;
    if ((registers.word(gicRegisters.ctlr) & affinityRouting) === 0) {
      throw hypervisor.refusal("EIO", "hypervisor/arch/arm-common/gic-v3.c:137");
    }
    // The size is counted in 32 bits.
    const size = (redistributorSize(version) * this.cpuCount) % 2 ** 32;
    hypervisor.mapDevice(hypervisor.config.arm.gicrBase, size);
  }

  /** Highest CPU of the root cell + 1. */
  private get cpuCount(): number {
    return this.hypervisor.setup.maxCpus;
  }

  initCpu(cpu: ArmCpu): void {
    const { hypervisor } = this;
    cpu.redistributor = this.findRedistributor(cpu);
    if (cpu.redistributor === null) {
      hypervisor.print(`GIC: No redist found for CPU${cpu.id}\n`);
      throw new Refusal("ENODEV");
    }
    if ((cpu.mpidr & 0xff) >= targetsOfCluster) {
      throw hypervisor.refusal("EIO", "hypervisor/arch/arm-common/gic-v3.c:246");
    }
    const frame = cpu.redistributor + sgiFrame;
    this.writeWord(frame + gicRegisters.isenabler, 0xffff | maintenanceBit(hypervisor));
    cpu.isReady = true;
    cpu.virtual.adopt();
    const { memory } = hypervisor.machine;
    const active = Number(memory.read(frame + gicRegisters.isactiver, 4));
    this.writeWord(frame + gicRegisters.icactiver, active & 0xffff);
    this.takePendingSgis(cpu, frame);
  }

  private takePendingSgis(cpu: ArmCpu, frame: number): void {
    const pending = Number(this.hypervisor.machine.memory.read(frame + gicRegisters.ispendr, 4));
    for (let sgi = 0; sgi < 16; sgi++) {
      if (((pending >> sgi) & 1) === 0) continue;
      this.writeWord(frame + gicRegisters.icpendr, 1 << sgi);
      cpu.inject(sgi);
    }
  }

  private writeWord(address: number, value: number): void {
    this.hypervisor.machine.memory.write(address, 4, BigInt(value >>> 0));
  }

  /** They lie one after the other; the last one says so, and where none is the search ends. */
  private findRedistributor({ mpidr }: ArmCpu): number | null {
    const { machine, config } = this.hypervisor;
    const size = redistributorSize(this.version);
    // What is mapped begins with a page, and so do the redistributors for the hypervisor (hypervisor/paging.c:484).
    let address = Number(BigInt.asUintN(48, config.arm.gicrBase)) - this.placeInPage;
    for (let index = 0; index < this.cpuCount; index++, address += size) {
      const identification = Number(machine.memory.read(address + pidr2, 4));
      if (architectureVersion(identification) !== this.version) return null;
      const found = machine.memory.read(address + typer, 8);
      if (found >> 32n === BigInt(packedAffinity(mpidr))) return address;
      if ((found & lastOfThem) !== 0n) return null;
    }
    // The search goes on behind what has been mapped.
    throw new HypervisorFault(0);
  }

  private get placeInPage(): number {
    return Number(this.hypervisor.config.arm.gicrBase % BigInt(pageSize));
  }

  resetCpu({ redistributor }: ArmCpu): void {
    if (redistributor === null) return;
    const frame = redistributor + sgiFrame;
    const maintenance = maintenanceBit(this.hypervisor);
    this.writeWord(frame + gicRegisters.isenabler, 0xffff | maintenance);
    this.writeWord(frame + gicRegisters.icenabler, 0xffff_0000 & ~maintenance);
    this.writeWord(frame + gicRegisters.icactiver, 0xffff_0000);
  }

  /** A cell sees the redistributors of all CPUs, so that it finds its own by looking through them. */
  initCell(cell: Cell): void {
    const { hypervisor } = this;
    const size = BigInt(redistributorSize(this.version));
    for (const id of configuredCpus(hypervisor)) {
      const cpu = this.parts.cpu(id);
      const handler = new RedistributorWindow(hypervisor, cell, cpu, id === this.cpuCount - 1);
      // Cells see it where the config says.
      const start = cpu.redistributor === null ? 0 : cpu.redistributor + this.placeInPage;
      hypervisor.trap(cell, { start: BigInt(start), size, handler });
    }
  }

  exitCell(_cell: Cell): void {}

  adjustTarget(cell: Cell, irq: number): void {
    const [first] = sortedCpus(cell);
    if (first === undefined) return;
    const { registers } = this;
    const offset = gicRegisters.irouter + 8 * irq;
    const route = registers.read(offset, 8) & 0xff_00ff_ffffn;
    const isOwn = [...cell.cpus].some((id) => BigInt(this.parts.cpu(id).mpidr) === route);
    if (!isOwn) registers.write(offset, 8, BigInt(this.parts.cpu(first).mpidr));
  }

  /** The upper half by itself is ignored, and so are interrupts that are not the cell's; a target must be one of its CPUs. */
  accessRoute(cell: Cell, irq: number, access: MmioAccess): MmioAnswer {
    const { offset, size, written } = access;
    const isUpperHalf = size === 4 && offset % 8 !== 0;
    if (isUpperHalf || !isShared(irq) || !hasInterrupt(this.parts.cell(cell), irq)) return ignored(access);
    if (written === null) return this.registers.read(gicRegisters.irouter + 8 * irq, 8);
    const isOwn = [...cell.cpus].some((id) => BigInt(this.parts.cpu(id).mpidr) === written);
    if (!isOwn) return routedOutside(this.hypervisor, irq);
    this.registers.write(offset, size, written);
    return "done";
  }

  /** Targets are not used with affinities. */
  accessTarget(_cell: Cell, _irq: number, access: MmioAccess): MmioAnswer {
    return ignored(access);
  }

  accessOther(access: MmioAccess, cpu: number): MmioAnswer {
    return access.written === null && isIdentification(access.offset)
      ? this.registers.pass(access, cpu)
      : ignored(access);
  }

  sgiTarget({ mpidr }: ArmCpu): { readonly cluster: number; readonly bit: number } {
    return { cluster: mpidr - (mpidr % 256), bit: 2 ** (mpidr % 256) };
  }
}

/** Ascending: the CPUs that the root cell's config has. */
function configuredCpus({ config }: Hypervisor): readonly number[] {
  const { cpuSet } = config.rootCell;
  const all = Array.from({ length: 8 * cpuSet.length }, (_, id) => id);
  return all.filter((id) => ((cpuSet[id >> 3]! >> (id & 7)) & 1) === 1);
}

function isIdentification(offset: number): boolean {
  if (offset === gicRegisters.ctlr || offset === gicRegisters.typer || offset === gicRegisters.iidr)
    return true;
  return [0xffd0, 0xffe0, 0xfff0].some((start) => offset >= start && offset <= start + 12);
}
