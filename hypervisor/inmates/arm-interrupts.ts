import type { ArmGuestCpu } from "../arm/arm-guest-cpu.js";
import type { Communication } from "./communication.js";

const distributor = { ctlr: 0x0, isenabler: 0x100 } as const;
const cpuInterface = { ctlr: 0x00, pmr: 0x04, iar: 0x0c, eoir: 0x10 } as const;
const redistributor = { typer: 0x08, pidr2: 0xffe8, size: 0x2_0000, sgiFrame: 0x1_0000 } as const;
const lastOfThem = 0x10;
const usualMask = 0xf0;

/** The interrupt controller as inmates use it. */
export interface InmateInterrupts {
  /** @returns false where there is nothing that could be set up */
  init(): boolean;
  enable(irq: number): void;
  /** 0x3ff without any. */
  acknowledge(): number;
  end(irq: number): void;
}

/** Of version 3 where the communication region says so, else of version 2 (inmates/lib/arm-common/gic.c). */
export function inmateInterrupts(cpu: ArmGuestCpu, communication: Communication): InmateInterrupts {
  return communication.gicVersion === 3
    ? new InterruptsOfV3(cpu, communication)
    : new InterruptsOfV2(cpu, communication);
}

class InterruptsOfV2 implements InmateInterrupts {
  private readonly gicc: number;
  private readonly gicd: number;

  constructor(
    private readonly cpu: ArmGuestCpu,
    { giccBase, gicdBase }: Communication,
  ) {
    this.gicc = giccBase;
    this.gicd = gicdBase;
  }

  init(): boolean {
    const { cpu, gicc, gicd } = this;
    cpu.write32(gicc + cpuInterface.ctlr, 1);
    cpu.write32(gicc + cpuInterface.pmr, usualMask);
    cpu.write32(gicd + distributor.ctlr, 1);
    return true;
  }

  enable(irq: number): void {
    this.cpu.write32(this.gicd + distributor.isenabler + 4 * (irq >> 5), (1 << (irq & 31)) >>> 0);
  }

  acknowledge(): number {
    return this.cpu.read32(this.gicc + cpuInterface.iar) & 0x3ff;
  }

  end(irq: number): void {
    this.cpu.write32(this.gicc + cpuInterface.eoir, irq);
  }
}

class InterruptsOfV3 implements InmateInterrupts {
  private own: number | null = null;
  private readonly gicd: number;
  private readonly first: number;

  constructor(
    private readonly cpu: ArmGuestCpu,
    { gicdBase, gicrBase }: Communication,
  ) {
    this.gicd = gicdBase;
    this.first = gicrBase;
  }

  init(): boolean {
    const { cpu } = this;
    this.own = this.findRedistributor();
    if (this.own === null) return false;
    cpu.writeSystemRegister("ICC_CTLR_EL1", 0n);
    cpu.writeSystemRegister("ICC_PMR_EL1", BigInt(usualMask));
    cpu.writeSystemRegister("ICC_IGRPEN1_EL1", 1n);
    return true;
  }

  private findRedistributor(): number | null {
    const { cpu } = this;
    const mpidr = cpu.readSystemRegister("MPIDR_EL1");
    const affinity = Number((((mpidr >> 32n) & 0xffn) << 24n) | (mpidr & 0xff_ffffn));
    for (let address = this.first; ; address += redistributor.size) {
      if (((cpu.read32(address + redistributor.pidr2) >> 4) & 0xf) !== 3) return null;
      const low = cpu.read32(address + redistributor.typer);
      if (cpu.read32(address + redistributor.typer + 4) === affinity) return address;
      if ((low & lastOfThem) !== 0) return null;
    }
  }

  /** Private ones by the redistributor; without one, whatever is at its place then is written to. */
  enable(irq: number): void {
    const bit = (1 << (irq & 31)) >>> 0;
    const frame = (this.own ?? 0) + redistributor.sgiFrame;
    if (irq < 32) this.cpu.write32(frame + distributor.isenabler, bit);
    else this.cpu.write32(this.gicd + distributor.isenabler + 4 * (irq >> 5), bit);
  }

  acknowledge(): number {
    return Number(this.cpu.readSystemRegister("ICC_IAR1_EL1") & 0xff_ffffn);
  }

  end(irq: number): void {
    this.cpu.writeSystemRegister("ICC_EOIR1_EL1", BigInt(irq));
  }
}
