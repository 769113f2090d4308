import type { Cell } from "../core/cell.js";
import type { Irqchip } from "../core/config/cell-config.js";
import type { IoApicAccess } from "../core/decide/access.js";
import type { Hypervisor } from "../core/hypervisor.js";
import type { MmioAccess, MmioAnswer } from "../core/mmio/mmio-access.js";
import { pageSize } from "../core/paging/table-format.js";
import { Refusal } from "../core/refusal.js";
import type { CellShape, Unit } from "../core/unit.js";
import { CellIoApic, type PhysicalIoApic } from "./cell-io-apic.js";
import { messageOfPin } from "./interrupt-message.js";
import type { LocalApics } from "./local-apics.js";
import type { InterruptRemapping } from "./remapping-table.js";
import type { X86Cell } from "./x86-cell.js";

/** So many fit into the page that lists a cell's chips, and into the list of those that are there (arch/x86/ioapic.c:25). */
const mostChips = 85;
const mostPins = 120;
const registers = { version: 0x01, table: 0x10 } as const;
const masked = 0x1_0000;

/** What is mapped begins with a page, and so do the registers for the hypervisor (hypervisor/paging.c:484). */
function registersAt(address: bigint): number {
  return Number(address - (address % BigInt(pageSize)));
}

/** Cells' pins of I/O APICs (hypervisor/arch/x86/ioapic.c). */
export class IoApicUnit implements Unit {
  readonly name = "IOAPIC";
  private readonly physical: PhysicalIoApic[] = [];
  /** Of the machine's IOMMU. */
  remapping: InterruptRemapping = { mapInterrupt: () => "direct" };

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly apics: LocalApics,
    private readonly stateOf: (cell: Cell) => X86Cell,
  ) {}

  mmioRegions({ config }: CellShape): number {
    return config.irqchips.length;
  }

  init(): void {
    this.initCell(this.hypervisor.rootCell);
    this.prepareHandOver();
  }

  /** A base that is not zero is refused without giving back what the chips before have taken. */
  initCell(cell: Cell): void {
    const { hypervisor } = this;
    const { irqchips } = cell.config;
    const state = this.stateOf(cell);
    state.ioApics = [];
    state.ioApicPage = null;
    if (irqchips.length === 0) return;
    if (irqchips.length > mostChips) throw hypervisor.refusal("ERANGE", "hypervisor/arch/x86/ioapic.c:339");
    state.ioApicPage = hypervisor.takePages(1);
    for (const info of irqchips) {
      const physical = this.physicalOrFreed(cell, info);
      if (info.pinBase !== 0) throw hypervisor.refusal("EINVAL", "hypervisor/arch/x86/ioapic.c:353");
      const chip = new CellIoApic(info, physical, (own, access, cpu) => this.access(cell, own, access, cpu));
      state.ioApics.push(chip);
      hypervisor.trap(cell, { start: info.address, size: BigInt(pageSize), handler: chip });
      if (!cell.isRoot) this.ofRoot(info.address, (root) => (root.pins &= ~info.pinBitmap));
    }
  }

  private physicalOrFreed(cell: Cell, info: Irqchip): PhysicalIoApic {
    try {
      return this.physicalAt(info.address);
    } catch (error) {
      if (error instanceof Refusal) this.exitCell(cell);
      throw error;
    }
  }

  /** One that is not known yet is mapped for good, and asked for its pins. */
  physicalAt(address: bigint): PhysicalIoApic {
    const known = this.physical.find((each) => each.address === address);
    if (known !== undefined) return known;
    const { hypervisor } = this;
    if (this.physical.length === mostChips)
      throw hypervisor.refusal("ERANGE", "hypervisor/arch/x86/ioapic.c:214");
    const unmap = hypervisor.mapDevice(address, pageSize);
    const pins = ((this.readRegister(address, registers.version) >> 16) & 0xff) + 1;
    if (pins > mostPins) {
      const refusal = hypervisor.refusal("EIO", "hypervisor/arch/x86/ioapic.c:223");
      unmap();
      throw refusal;
    }
    const shadow = Uint32Array.from({ length: 2 * pins }, (_, word) =>
      this.readRegister(address, registers.table + word),
    );
    const added = { address, pins, shadow };
    this.physical.push(added);
    return added;
  }

  private readRegister(address: bigint, index: number): number {
    const { memory } = this.hypervisor.machine;
    const start = registersAt(address);
    memory.write(start, 4, BigInt(index));
    return Number(memory.read(start + 0x10, 4));
  }

  private writeRegister(address: bigint, index: number, value: number): void {
    const { memory } = this.hypervisor.machine;
    const start = registersAt(address);
    memory.write(start, 4, BigInt(index));
    memory.write(start + 0x10, 4, BigInt(value >>> 0));
  }

  private ofRoot(address: bigint, change: (chip: CellIoApic) => void): void {
    const chip = this.stateOf(this.hypervisor.rootCell).ioApics.find(({ info }) => info.address === address);
    if (chip !== undefined) change(chip);
  }

  exitCell(cell: Cell): void {
    const state = this.stateOf(cell);
    for (const chip of state.ioApics) {
      this.mask(chip, true);
      this.ofRoot(chip.info.address, (root) => (root.pins |= chip.info.pinBitmap & root.info.pinBitmap));
    }
    if (state.ioApicPage !== null) this.hypervisor.freePages(state.ioApicPage, 1);
    state.ioApicPage = null;
  }

  resetCell(cell: Cell): void {
    for (const chip of this.stateOf(cell).ioApics) this.mask(chip, true);
  }

  prepareHandOver(): void {
    if (!this.hypervisor.hasRootCell) return;
    for (const chip of this.stateOf(this.hypervisor.rootCell)?.ioApics ?? []) this.mask(chip, false);
  }

  /** @param forgets whether the pin counts as masked from now on, or only is for a moment */
  private mask(chip: CellIoApic, forgets: boolean): void {
    const { address, pins, shadow } = chip.physical;
    for (let pin = 0; pin < pins; pin++) {
      if (!hasPin(chip, pin) || (shadow[2 * pin]! & masked) !== 0) continue;
      this.writeRegister(address, registers.table + 2 * pin, masked);
      if (forgets) shadow[2 * pin]! |= masked;
    }
  }

  /** The root cell's pins are set again as they were. */
  commit(changed: Cell | null): void {
    if (changed === null) return;
    const root = this.hypervisor.rootCell;
    for (const chip of this.stateOf(root).ioApics) {
      for (let pin = 0; pin < chip.physical.pins; pin++) {
        if (!hasPin(chip, pin)) continue;
        if (!this.writePin(root, chip, registers.table + 2 * pin, chip.physical.shadow[2 * pin]!)) {
          this.hypervisor.print(`FATAL: Unsupported IOAPIC state, pin ${pin}\n`);
          this.hypervisor.stopCpu();
        }
        if (changed === root) this.sendOnce(chip, pin);
      }
    }
  }

  /** An edge may have been lost while the pin was masked: Linux can stand a few interrupts that are not real. */
  private sendOnce({ physical }: CellIoApic, pin: number): void {
    const message = messageOfPin(physical.shadow[2 * pin]!, physical.shadow[2 * pin + 1]!);
    if (!message.isLevelTriggered) this.apics.send(message);
  }

  private access(cell: Cell, chip: CellIoApic, { offset, written }: MmioAccess, cpu: number): MmioAnswer {
    const { denials } = this.hypervisor;
    const tried = triedAt(chip, offset, written === null);
    if (tried.pin !== null && !hasPin(chip, tried.pin)) {
      denials.tell(cell, cpu, tried, "silent");
    }
    const answer = this.answer(cell, chip, offset, written === null ? null : Number(written & 0xffff_ffffn));
    if (answer !== "denied") return answer;
    denials.noteUnlessKnown(tried);
    const direction = written === null ? "read" : "write";
    const index = (chip.index >>> 0).toString(16);
    this.hypervisor.print(
      `FATAL: Invalid IOAPIC ${direction}, reg: ${offset.toString(16)}, index: ${index}\n`,
    );
    return "denied";
  }

  private answer(cell: Cell, chip: CellIoApic, offset: number, written: number | null): MmioAnswer {
    switch (offset) {
      case 0x00:
        if (written === null) return BigInt(chip.index);
        chip.index = written;
        return "done";
      case 0x10:
        return this.accessData(cell, chip, written);
      case 0x40:
        if (written === null || chip.pins === 0n) return "denied";
        this.hypervisor.machine.memory.write(Number(chip.info.address) + 0x40, 4, BigInt(written));
        return "done";
      default:
        return "denied";
    }
  }

  private accessData(cell: Cell, chip: CellIoApic, written: number | null): MmioAnswer {
    const { index, physical } = chip;
    if (index < registers.table) {
      return written === null ? BigInt(this.readRegister(physical.address, index)) : "denied";
    }
    if (index >= registers.table + 2 * physical.pins) return "denied";
    const word = index - registers.table;
    // A pin of another cell is not there.
    if (!hasPin(chip, word >> 1)) return written === null ? 0n : "done";
    if (written === null) return BigInt(physical.shadow[word]!);
    return this.writePin(cell, chip, index, written) ? "done" : "denied";
  }

  private writePin(cell: Cell, chip: CellIoApic, index: number, value: number): boolean {
    const { shadow, address } = chip.physical;
    const pin = (index - registers.table) >> 1;
    const isHigh = (index & 1) === 1;
    shadow[index - registers.table] = value;
    const [low, high] = [shadow[2 * pin]!, shadow[2 * pin + 1]!];
    let remapped: number = 0xffff;
    if ((low & masked) === 0) {
      const result = this.remapping.mapInterrupt(cell, chip.info.id & 0xffff, pin, messageOfPin(low, high));
      if (result === "refused") return false;
      if (result === "direct") {
        this.writeRegister(address, index | 1, high);
        this.writeRegister(address, index, isHigh ? high : low);
        return true;
      }
      remapped = result;
    }
    if (isHigh) return true;
    // Interrupt remapping: index bit 15 goes to bit 11, the others with the mark of the format to the upper word.
    const upper = (((remapped & 0x7fff) << 17) | (1 << 16) | (high & 0xffff)) >>> 0;
    const lower = (low & ~0x700 & ~0x800) | ((remapped >> 15) << 11);
    if ((low & masked) === 0) this.writeRegister(address, index | 1, upper);
    this.writeRegister(address, index, lower >>> 0);
    return true;
  }

  shutdown(): void {
    for (const { address, shadow } of this.physical) {
      for (let word = shadow.length - 1; word >= 0; word--) {
        this.writeRegister(address, registers.table + word, shadow[word]!);
      }
    }
  }
}

function triedAt({ index, info, physical }: CellIoApic, register: number, isRead: boolean): IoApicAccess {
  const pin = (index - registers.table) >> 1;
  const isEntry = register === 0x10 && index >= registers.table && pin < physical.pins;
  return {
    kind: "ioapic",
    direction: isRead ? "read" : "write",
    address: Number(info.address),
    register,
    index,
    pin: isEntry ? pin : null,
  };
}

function hasPin({ pins }: CellIoApic, pin: number): boolean {
  return ((pins >> BigInt(pin)) & 1n) === 1n;
}
