import type { Cell } from "../cell.js";
import type { ConfigSpaceAccess } from "../decide/access.js";
import { unmappedRegisters } from "../mapped-registers.js";
import type { MmioAccess, MmioAnswer, MmioHandler } from "../mmio/mmio-access.js";
import type { HypervisorServices } from "../services.js";
import { bdfText } from "../words.js";
import { losesBits, moderateRead, moderateWrite } from "./config-moderation.js";
import type { DeviceAccess } from "./device-messages.js";
import { ownedFunction } from "./pci-function.js";

const spaceSize = 4096;
const largestAccess = 4;

/** Configuration space in memory, as a cell sees it: MMCONFIG, ECAM (hypervisor/pci.c:413-451). */
export class ConfigSpaceWindow implements MmioHandler {
  readonly kind = "mmconfig";

  constructor(
    readonly hypervisor: HypervisorServices,
    readonly cell: Cell,
    private readonly devices: DeviceAccess,
  ) {}

  access(access: MmioAccess, cpu: number): MmioAnswer {
    const answer = access.size > largestAccess ? "denied" : this.answer(access, cpu);
    if (answer !== "denied") return answer;
    // Reads that are too wide are told as writes, too.
    this.tell(access);
    this.hypervisor.denials.noteUnlessKnown(triedBy(access));
    return answer;
  }

  private answer(access: MmioAccess, cpu: number): MmioAnswer {
    const { offset, size, written } = access;
    const { hardware, messages } = this.devices;
    const pciFunction = ownedFunction(this.cell, (offset / spaceSize) & 0xffff);
    const address = offset % spaceSize;
    const registers = hardware.window ?? unmappedRegisters(this.hypervisor);
    if (written === null) {
      if (pciFunction === null) this.deny(access, cpu);
      const value = moderateRead(pciFunction, address);
      return value === "pass" ? registers.read(offset, size) : BigInt(value);
    }
    const word = Number(BigInt.asUintN(32, written));
    const verdict = moderateWrite(messages, pciFunction, address, size, word);
    if (verdict === "pass") registers.write(offset, size, written);
    else if (verdict === "done" && losesBits(pciFunction!, address, size, word)) this.deny(access, cpu);
    return verdict === "rejected" ? "denied" : "done";
  }

  private deny(access: MmioAccess, cpu: number): void {
    this.hypervisor.denials.tell(this.cell, cpu, triedBy(access), "silent");
  }

  private tell({ offset, size }: MmioAccess): void {
    const device = bdfText((offset / spaceSize) & 0xffff);
    const register = (offset % spaceSize).toString(16);
    this.hypervisor.print(
      `FATAL: Invalid PCI MMCONFIG write, device ${device}, reg: 0x${register}, size: ${size}\n`,
    );
  }
}

function triedBy({ offset, size, written }: MmioAccess): ConfigSpaceAccess {
  return {
    kind: "pci-config",
    via: "memory",
    direction: written === null ? "read" : "write",
    bdf: (offset / spaceSize) & 0xffff,
    register: offset % spaceSize,
    size,
    value: written === null ? null : Number(BigInt.asUintN(32, written)),
  };
}
