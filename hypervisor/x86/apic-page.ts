import { apicRegisters, type LocalApic } from "../machine/local-apic.js";
import type { LocalApicBus } from "../machine/local-apic-bus.js";
import type { AccessSize } from "../machine/physical-memory.js";
import type { SentCommands } from "./apic-commands.js";
import { isExtendedEntry, isVectorEntry, wrongBits, wrongDelivery } from "./apic-values.js";
import { type CpuExits, x86Counters } from "./cpu-exits.js";

/** Kinds of access in the qualification of an exit of Intel (SDM 3C, table 28-6). */
const linearWrite = 0x1000;

/** Accesses of a cell's CPU to the page of the local APIC that are trapped (hypervisor/arch/x86/apic.c:505-560). */
export class ApicPage {
  constructor(
    private readonly exits: CpuExits,
    private readonly commands: SentCommands,
    private readonly bus: LocalApicBus,
  ) {}

  /** Trapped on Intel only. @param offset in the page */
  read(offset: number, size: AccessSize): bigint {
    this.exits.enter(x86Counters.xapic);
    const isAllowed = offset % 16 === 0 && this.mayAccess(size);
    if (!isAllowed) return this.refuse(offset, false);
    return BigInt(this.apic.read(offset >> 4));
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    this.exits.enter(x86Counters.xapic);
    const word = Number(BigInt.asUintN(32, value));
    if (offset % 16 !== 0 || !this.mayAccess(size) || !this.writeRegister(offset >> 4, word)) {
      this.refuse(offset, true);
    }
  }

  private get apic(): LocalApic {
    return this.bus.of(this.exits.cpu.id);
  }

  private mayAccess(size: AccessSize): boolean {
    const { hypervisor } = this.exits;
    if (hypervisor.machine.usesX2apic) {
      hypervisor.print("FATAL: xAPIC access in x2APIC mode\n");
      return false;
    }
    if (size === 4) return true;
    hypervisor.print(`FATAL: Unsupported APIC access width ${size}\n`);
    return false;
  }

  private writeRegister(register: number, value: number): boolean {
    const wrong = wrongBits(register, value, false) ?? this.wrongValue(register, value);
    if (wrong !== null) {
      if (wrong !== "unknown") this.exits.hypervisor.print(`${wrong}\n`);
      return false;
    }
    if (register === apicRegisters.command) {
      return this.commands.send(value, this.apic.read(apicRegisters.commandHigh) >>> 24);
    }
    // What is written to the id is ignored.
    if (register !== apicRegisters.id) this.apic.write(register, value);
    return true;
  }

  /** Only flat mode is there, with the logical id that the CPU has anyway. */
  private wrongValue(register: number, value: number): string | null {
    const { cpu } = this.exits;
    if (register === apicRegisters.logicalDestination && value !== 2 ** (cpu.id + 24)) {
      return `FATAL: Unsupported change to LDR: ${value.toString(16)}`;
    }
    if (register === apicRegisters.destinationFormat && value !== 0xffff_ffff) {
      return `FATAL: Unsupported change to DFR: ${value.toString(16)}`;
    }
    const isEntry = isVectorEntry(register) || isExtendedEntry(register);
    return isEntry && register !== apicRegisters.command ? wrongDelivery(register, value) : null;
  }

  private refuse(offset: number, isWrite: boolean): never {
    const { hypervisor } = this.exits;
    if (hypervisor.machine.vendor === "intel") {
      const qualification = (offset | (isWrite ? linearWrite : 0)).toString(16);
      hypervisor.print(`FATAL: Unhandled APIC access, qualification ${qualification}\n`);
    } else {
      hypervisor.print(`FATAL: Unhandled APIC access, offset ${offset}, is_write: ${Number(isWrite)}\n`);
    }
    return this.exits.park({ kind: "local-apic", direction: isWrite ? "write" : "read", number: offset });
  }
}
