import type { Cell } from "../../core/cell.js";
import type { Irqchip } from "../../core/config/cell-config.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import { MachineHang } from "../../core/refusal.js";
import type { CellShape, Unit } from "../../core/unit.js";
import { gicRegisters } from "../../machine/gic.js";
import type { ArmCpu } from "../arm-cpu.js";
import { type ArmCell, type ArmParts, firstShared, hasInterrupt, interruptWords } from "../arm-parts.js";
import { DistributorWindow } from "./distributor-window.js";
import { DistributorRegisters, type GicDriver, maintenanceBit, ownSgiMask } from "./gic-driver.js";
import { GicV2 } from "./gic-v2.js";
import { GicV3 } from "./gic-v3.js";
import { type Sgi, SgiFilter } from "./sgi-filter.js";

/** Interrupts that an entry of a config lists, and words of them. */
const pinsOfEntry = 128;
const wordsOfEntry = pinsOfEntry / 32;

/** Which cell has which interrupt, and what cells see of the controller (arch/arm-common/irqchip.c). */
export class IrqchipUnit implements Unit {
  readonly name = "irqchip";
  private readonly registers: DistributorRegisters;
  private readonly sgis: SgiFilter;
  /** Null before a CPU has found out which version it is. */
  private driver: GicDriver | null = null;
  private isInitialized = false;

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly parts: ArmParts,
  ) {
    this.registers = new DistributorRegisters(hypervisor);
    this.sgis = new SgiFilter(hypervisor, parts, (cpu) => this.driver!.sgiTarget(cpu));
  }

  /** The version is known, so that a CPU can leave the hypervisor. */
  get isChosen(): boolean {
    return this.driver !== null;
  }

  /** The first CPU sets up what all have in common. EINVAL for a version that there is not. */
  initCpu(cpu: ArmCpu): void {
    if (!this.isInitialized) {
      this.driver = this.driverOf(this.hypervisor.config.arm.gicVersion);
      this.hypervisor.mapDevice(this.hypervisor.config.arm.gicdBase, this.driver.distributorSize);
      this.driver.init();
      this.isInitialized = true;
    }
    this.driver!.initCpu(cpu);
  }

  private driverOf(version: number): GicDriver {
    const { hypervisor, parts, registers, sgis } = this;
    switch (version) {
      case 2:
        return new GicV2(hypervisor, parts, registers, sgis);
      case 3:
        return new GicV3(hypervisor, parts, registers);
      default:
        throw hypervisor.refusal("EINVAL", "hypervisor/arch/arm-common/irqchip.c:337");
    }
  }

  resetCpu(cpu: ArmCpu): void {
    cpu.dropInterrupts();
    this.driver?.resetCpu(cpu);
  }

  /**
   * Makes an interrupt pending that the hypervisor raises for a device of its own, whether there is such an interrupt or not,
   * and tells those who run programs of it.
   *
   * @param irq below 2^16: behind the distributor of version 2, the hypervisor has mapped the CPU interface
   */
  setPending(irq: number): void {
    const { machine, config } = this.hypervisor;
    const offset = gicRegisters.ispendr + 4 * (irq >> 5);
    const bit = (1 << (irq & 31)) >>> 0;
    const { distributorSize } = this.driver!;
    if (offset < distributorSize) this.registers.setWord(offset, bit);
    else machine.memory.write(Number(config.arm.giccBase) + offset - distributorSize, 4, BigInt(bit));
    machine.interrupts.setPending(irq);
  }

  /** CPUs have their interface in system registers: version 3. */
  get hasSystemRegisters(): boolean {
    return this.driver instanceof GicV3;
  }

  /** An SGI that a cell sends by a register of its CPU, not of the distributor: only version 3 has that. */
  sendSgi(sender: number, sgi: Sgi): boolean {
    if (!this.hasSystemRegisters) return false;
    this.sgis.send(sender, sgi);
    return true;
  }

  /** The distributor, and in version 3 a redistributor for each CPU that is online. */
  mmioRegions(_cell: CellShape): number {
    const { config, machine } = this.hypervisor;
    const online = machine.cpus.filter(({ isOnline }) => isOnline).length;
    return config.arm.gicVersion >= 3 ? 1 + online : 1;
  }

  init(): void {
    this.initCell(this.hypervisor.rootCell);
  }

  /** Refuses a list of interrupts that does not begin at a word, or that ends beyond the last one. */
  initCell(cell: Cell): void {
    const { hypervisor } = this;
    const { interrupts } = this.parts.cell(cell);
    for (const chip of this.entriesOf(cell)) {
      this.checkPins(chip);
      forEachWord(chip, (word, bits) => {
        interrupts[word]! |= bits;
      });
    }
    interrupts[0] = ~(ownSgiMask | maintenanceBit(hypervisor));
    const driver = this.driver!;
    driver.initCell(cell);
    const handler = new DistributorWindow(cell, this.parts, this.registers, driver, hypervisor.denials);
    const start = hypervisor.config.arm.gicdBase;
    hypervisor.trap(cell, { start, size: BigInt(driver.distributorSize), handler });
    if (cell.isRoot) return;
    const root = this.ofRoot;
    for (const chip of this.entriesOf(cell)) {
      forEachWord(chip, (word, bits) => {
        root.interrupts[word]! &= ~bits;
      });
    }
  }

  private checkPins({ pinBase }: Irqchip): void {
    const { hypervisor } = this;
    const is32Bit = hypervisor.machine.architecture === "arm";
    const end = pinBase + pinsOfEntry;
    if (pinBase % 32 !== 0 || (is32Bit ? end % 2 ** 32 : end) > 32 * interruptWords) {
      throw hypervisor.refusal("EINVAL", "hypervisor/arch/arm-common/irqchip.c:427");
    }
    if (end > 32 * interruptWords) {
      throw new MachineHang("the hypervisor writes interrupts of a cell behind its map of them");
    }
  }

  /** Those of other controllers have no effect. */
  private entriesOf({ config }: Cell): readonly Irqchip[] {
    return config.irqchips.filter(({ address }) => address === this.hypervisor.config.arm.gicdBase);
  }

  private get ofRoot(): ArmCell {
    return this.parts.cell(this.hypervisor.rootCell);
  }

  /** What the root cell's config has is its again; an entry masks the words it stands for, whatever another entry says of them. */
  exitCell(cell: Cell): void {
    if (!this.isInitialized) return;
    this.resetCell(cell);
    const { interrupts } = this.ofRoot;
    for (const chip of this.entriesOf(cell)) {
      forEachWord(chip, (word, bits) => {
        interrupts[word]! |= bits;
      });
    }
    for (const chip of this.entriesOf(this.hypervisor.rootCell)) {
      forEachWord(chip, (word, bits) => {
        interrupts[word]! &= bits;
      });
    }
    this.driver!.exitCell(cell);
  }

  /** Shared interrupts of the cell are disabled, and no longer active. */
  resetCell(cell: Cell): void {
    const { interrupts } = this.parts.cell(cell);
    for (let word = 1; word < interruptWords; word++) {
      this.registers.setWord(gicRegisters.icenabler + 4 * word, interrupts[word]!);
      this.registers.setWord(gicRegisters.icactiver + 4 * word, interrupts[word]!);
    }
  }

  /** Interrupts of a cell that came or went, and of the root cell, go to CPUs of theirs. */
  commit(changed: Cell | null): void {
    if (changed === null) return;
    const { rootCell } = this.hypervisor;
    for (let irq = firstShared; irq < 32 * interruptWords; irq++) {
      if (!changed.isRoot && hasInterrupt(this.parts.cell(changed), irq)) {
        this.driver!.adjustTarget(changed, irq);
      }
      if (hasInterrupt(this.ofRoot, irq)) this.driver!.adjustTarget(rootCell, irq);
    }
  }

  shutdown(): void {}
}

function forEachWord({ pinBase, pinBitmap }: Irqchip, action: (word: number, bits: number) => void): void {
  for (let index = 0; index < wordsOfEntry; index++) {
    const bits = Number((pinBitmap >> BigInt(32 * index)) & 0xffff_ffffn);
    action(pinBase / 32 + index, bits);
  }
}
