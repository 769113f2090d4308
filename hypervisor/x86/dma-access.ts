import { accessFlags } from "../core/access-flags.js";
import type { Cell } from "../core/cell.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { pageSize } from "../core/paging/table-format.js";
import { bdfText } from "../core/words.js";
import { AmdIommuUnit } from "./amd-iommu-unit.js";
import type { VtdUnit } from "./vtd-unit.js";
import type { X86Cell } from "./x86-cell.js";

type Direction = "read" | "write";

/** Reasons of VT-d (specification 3.0, appendix A), and the event of AMD (IOMMU specification 3.05, 2.5.3). */
const reasons = { noBus: 0x1, noContext: 0x2, beyondWidth: 0x4, write: 0x5, read: 0x6 } as const;
const pageFault = { code: 2n, isWrite: 1n << 53n } as const;

/**
 * Memory as a device reaches it, through the IOMMU (hypervisor/arch/x86/vtd.c:345-386, amd_iommu.c:518-530). What the cell of
 * the device has not given it is blocked and told of; nobody is parked.
 */
export class DmaAccess {
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly iommu: VtdUnit | AmdIommuUnit,
    private readonly stateOf: (cell: Cell) => X86Cell,
  ) {}

  /**
   * @param address as the device has it: that of its cell; below 2^53
   * @returns null if any byte is blocked
   */
  read(bdf: number, address: number, length: number): Uint8Array | null {
    const bytes = new Uint8Array(length);
    const isDone = this.forPages(bdf, address, length, "read", (physical, done, count) => {
      bytes.set(this.hypervisor.machine.memory.readBytes(physical, count), done);
    });
    return isDone ? bytes : null;
  }

  /** What lies before the first byte that is blocked is written. @returns whether that was all */
  write(bdf: number, address: number, bytes: Uint8Array): boolean {
    return this.forPages(bdf, address, bytes.length, "write", (physical, done, count) => {
      this.hypervisor.machine.memory.writeBytes(physical, bytes.subarray(done, done + count));
    });
  }

  private forPages(
    bdf: number,
    address: number,
    length: number,
    direction: Direction,
    action: (physical: number, done: number, count: number) => void,
  ): boolean {
    for (let done = 0; done < length; ) {
      const at = address + done;
      const physical = this.translate(bdf, at, direction);
      if (physical === null) return false;
      const count = Math.min(pageSize - (at % pageSize), length - done);
      action(physical, done, count);
      done += count;
    }
    return true;
  }

  private translate(bdf: number, address: number, direction: Direction): number | null {
    return this.iommu instanceof AmdIommuUnit
      ? this.translateAmd(this.iommu, bdf, address, direction)
      : this.translateIntel(this.iommu, bdf, address, direction);
  }

  /** Devices have tables of their own. */
  private translateIntel(vtd: VtdUnit, bdf: number, address: number, direction: Direction): number | null {
    if (!vtd.knowsBusOf(bdf)) return this.tellIntel(bdf, address, direction, reasons.noBus);
    const owner = vtd.ownerOf(bdf);
    if (owner === undefined) return this.tellIntel(bdf, address, direction, reasons.noContext);
    if (address >= 2 ** vtd.widthOfAddresses)
      return this.tellIntel(bdf, address, direction, reasons.beyondWidth);
    const found = this.stateOf(owner).dmaTables!.translate(address, accessFlags[direction]);
    return found?.physical ?? this.tellIntel(bdf, address, direction, reasons[direction]);
  }

  /** A device without a cell is taken for one of the root cell. */
  private deny(bdf: number, address: number, direction: Direction): null {
    const cell = this.iommu.ownerOf(bdf) ?? this.hypervisor.rootCell;
    this.hypervisor.denials.tell(cell, null, { kind: "dma", direction, bdf, address }, "told");
    return null;
  }

  private tellIntel(bdf: number, address: number, direction: Direction, reason: number): null {
    this.hypervisor.denials.begin();
    const page = Math.floor(address / pageSize).toString(16);
    const type = direction === "read" ? 1 : 0;
    this.hypervisor.print("VT-d fault event reported by IOMMU 0:\n");
    this.hypervisor.print(` Source Identifier (bus:dev.func): ${bdfText(bdf)}\n`);
    this.hypervisor.print(` Fault Reason: 0x${reason.toString(16)} Fault Info: ${page} Type ${type}\n`);
    return this.deny(bdf, address, direction);
  }

  /** Devices and processors share tables; without any unit devices reach everything. */
  private translateAmd(
    unit: AmdIommuUnit,
    bdf: number,
    address: number,
    direction: Direction,
  ): number | null {
    if (!unit.isThere) return address;
    const owner = unit.ownerOf(bdf);
    // An entry that the processor may not read is not there for its devices, either.
    const right = accessFlags.read | (direction === "read" ? accessFlags.dmaRead : accessFlags.dmaWrite);
    const found = owner === undefined ? null : this.stateOf(owner).tables.translate(address, right);
    return found?.physical ?? this.tellAmd(bdf, address, direction, owner);
  }

  private tellAmd(bdf: number, address: number, direction: Direction, owner: Cell | undefined): null {
    this.hypervisor.denials.begin();
    const domain = BigInt(owner?.config.id ?? 0) << 32n;
    const access = direction === "write" ? pageFault.isWrite : 0n;
    const first = (pageFault.code << 60n) | access | domain | BigInt(bdf);
    const operands = `Operand 1: ${first.toString(16)}, Operand 2: ${address.toString(16)}`;
    this.hypervisor.print("AMD IOMMU 0 reported event\n");
    this.hypervisor.print(` EventCode: ${pageFault.code.toString(16)}, ${operands}\n`);
    this.hypervisor.print(` DeviceId (bus:dev.func): ${bdfText(bdf)}\n`);
    return this.deny(bdf, address, direction);
  }
}
