import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";
import { unmappedRegisters } from "../mapped-registers.js";
import type { MmioAccess, MmioAnswer, MmioHandler } from "../mmio/mmio-access.js";
import { bdfText } from "../words.js";
import { moderateRead, moderateWrite } from "./config-moderation.js";
import { ownedFunction } from "./pci-function.js";

const spaceSize = 4096;
const largestAccess = 4;

/** Configuration space in memory, as a cell sees it: MMCONFIG, ECAM (hypervisor/pci.c:413-451). */
export class ConfigSpaceWindow implements MmioHandler {
  readonly kind = "mmconfig";

  constructor(
    readonly hypervisor: Hypervisor,
    readonly cell: Cell,
  ) {}

  access(access: MmioAccess): MmioAnswer {
    const answer = access.size > largestAccess ? "denied" : this.answer(access);
    // Reads that are too wide are told as writes, too.
    if (answer === "denied") this.tell(access);
    return answer;
  }

  private answer({ offset, size, written }: MmioAccess): MmioAnswer {
    const { pci } = this.hypervisor;
    const pciFunction = ownedFunction(this.cell, (offset / spaceSize) & 0xffff);
    const address = offset % spaceSize;
    const registers = pci.hardware.window ?? unmappedRegisters(this.hypervisor);
    if (written === null) {
      const value = moderateRead(pciFunction, address);
      return value === "pass" ? registers.read(offset, size) : BigInt(value);
    }
    const word = Number(BigInt.asUintN(32, written));
    const verdict = moderateWrite(pci.messages, pciFunction, address, size, word);
    if (verdict === "pass") registers.write(offset, size, written);
    return verdict === "rejected" ? "denied" : "done";
  }

  private tell({ offset, size }: MmioAccess): void {
    const device = bdfText((offset / spaceSize) & 0xffff);
    const register = (offset % spaceSize).toString(16);
    this.hypervisor.print(
      `FATAL: Invalid PCI MMCONFIG write, device ${device}, reg: 0x${register}, size: ${size}\n`,
    );
  }
}
