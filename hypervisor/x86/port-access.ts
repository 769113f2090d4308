import type { Cell } from "../core/cell.js";
import type { ConfigSpaceAccess } from "../core/decide/access.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { losesBits, moderateRead, moderateWrite } from "../core/pci/config-moderation.js";
import { ownedFunction } from "../core/pci/pci-function.js";
import { bdfText } from "../core/words.js";
import { pciPorts } from "../machine/pci-ports.js";
import type { PortSize } from "../machine/port-space.js";
import { ConfigThroughPorts } from "./config-through-ports.js";
import { i8042CommandPort } from "./port-bitmap.js";
import type { X86Cell } from "./x86-cell.js";

/** Written often, only to pass time. */
const delayPort = 0x80;

/** Commands of the keyboard controller that can reset the machine (hypervisor/arch/x86/include/asm/i8042.h). */
const i8042 = { writeOutputPort: 0xd1, pulseOutputPort: 0xf0 } as const;

/** An access of a cell's CPU to a port that its bitmap traps. */
export interface TrappedPortAccess {
  /** 0 to 0xffff. */
  readonly port: number;
  readonly direction: "read" | "write";
  readonly size: PortSize;
  /** It moves a string or is repeated: such accesses are always refused. */
  readonly isString: boolean;
  /** Register RAX before the access, 64 bits. */
  readonly rax: bigint;
}

/** RAX after the access, or `denied` after the reason has been told: the CPU is parked then. */
export type PortAnswer = bigint | "denied";

/** What trapped accesses to ports come to (hypervisor/arch/x86/vcpu.c:218-249). */
export class PortAccess {
  private readonly hardware: ConfigThroughPorts;

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly stateOf: (cell: Cell) => X86Cell,
  ) {
    this.hardware = new ConfigThroughPorts(hypervisor.machine.ports);
  }

  access(cell: Cell, access: TrappedPortAccess): PortAnswer {
    const { port, size, direction } = access;
    const answer = access.isString ? null : (this.accessPci(cell, access) ?? this.accessI8042(cell, access));
    if (answer !== null) return answer;
    if (port === delayPort && size === 1 && !access.isString) return access.rax;
    this.hypervisor.print(`FATAL: Invalid PIO ${direction}, port: ${port.toString(16)} size: ${size}\n`);
    return "denied";
  }

  /** The address register is the cell's own; its bit that enables accesses is not looked at. */
  private accessPci(cell: Cell, access: TrappedPortAccess): PortAnswer | null {
    const { port, size } = access;
    if (port === pciPorts.address) {
      if (size !== 4) return this.denyPciPort(access);
      const state = this.stateOf(cell);
      if (access.direction === "read") return withLow(access.rax, size, state.pciAddress);
      state.pciAddress = lowOf(access.rax, size);
      return access.rax;
    }
    const offset = port - pciPorts.data;
    if (offset < 0 || offset > 3) return null;
    return offset + size > 4 ? this.denyPciPort(access) : this.accessConfig(cell, access, offset);
  }

  private denyPciPort({ direction, port, size }: TrappedPortAccess): "denied" {
    this.hypervisor.print(
      `FATAL: Invalid PCI config ${direction}, port: 0x${port.toString(16)}, size: ${size}\n`,
    );
    return "denied";
  }

  /** Only the first 256 bytes of a configuration space can be named (hypervisor/arch/x86/pci.c:86-204). */
  private accessConfig(cell: Cell, { direction, size, rax }: TrappedPortAccess, offset: number): PortAnswer {
    const { pciAddress } = this.stateOf(cell);
    const bdf = (pciAddress >>> 8) & 0xffff;
    const address = (pciAddress & 0xfc) + offset;
    const pciFunction = ownedFunction(cell, bdf);
    const tried: ConfigSpaceAccess = {
      kind: "pci-config",
      via: "ports",
      direction,
      bdf,
      register: address,
      size,
      value: direction === "write" ? lowOf(rax, size) : null,
    };
    const { denials, currentCpu } = this.hypervisor;
    if (direction === "read") {
      if (pciFunction === null) denials.tell(cell, currentCpu, tried, "silent");
      const value = moderateRead(pciFunction, address);
      return withLow(rax, size, value === "pass" ? this.hardware.read(bdf, address, size) : value);
    }
    const value = lowOf(rax, size);
    const verdict = moderateWrite(this.hypervisor.pci.messages, pciFunction, address, size, value);
    if (verdict === "rejected") {
      const place = `device ${bdfText(bdf)}, reg: 0x${address.toString(16)}, size: ${size}`;
      this.hypervisor.print(`FATAL: Invalid PCI config write, ${place}\n`);
      this.hypervisor.denials.noteUnlessKnown(tried);
      return "denied";
    }
    if (verdict === "pass") this.hardware.write(bdf, address, size, value);
    else if (losesBits(pciFunction!, address, size, value)) denials.tell(cell, currentCpu, tried, "silent");
    return rax;
  }

  /** The command port, for cells whose config has it: all but what could reset the machine (hypervisor/arch/x86/i8042.c). */
  private accessI8042(cell: Cell, { port, direction, size, rax }: TrappedPortAccess): PortAnswer | null {
    if (port !== i8042CommandPort || !this.stateOf(cell).ports.allowsI8042) return null;
    const { ports } = this.hypervisor.machine;
    const command = lowOf(rax, 1);
    const isReset =
      command === i8042.writeOutputPort || (command & i8042.pulseOutputPort) === i8042.pulseOutputPort;
    if (size !== 1 || (direction === "write" && isReset)) {
      // Reads of another size are told as writes, too.
      this.hypervisor.print("FATAL: Invalid write to i8042 controller port\n");
      return "denied";
    }
    if (direction === "read") return withLow(rax, 1, ports.read(port, 1));
    ports.write(port, 1, command);
    return rax;
  }
}

function lowOf(rax: bigint, size: PortSize): number {
  return Number(BigInt.asUintN(8 * size, rax));
}

/** A result of 32 bits clears the upper half, as every instruction does; smaller ones leave the rest. */
function withLow(rax: bigint, size: PortSize, value: number): bigint {
  const low = BigInt.asUintN(8 * size, BigInt(value));
  return size === 4 ? low : ((rax >> BigInt(8 * size)) << BigInt(8 * size)) | low;
}
