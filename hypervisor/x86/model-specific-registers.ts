import { apicRegisters, type LocalApic } from "../machine/local-apic.js";
import type { LocalApicBus } from "../machine/local-apic-bus.js";
import type { SentCommands } from "./apic-commands.js";
import { isVectorEntry, wrongBits, wrongDelivery } from "./apic-values.js";
import { type CpuExits, x86Counters } from "./cpu-exits.js";
import { isTrapped, msrs } from "./trapped-msrs.js";

const patAfterReset = 0x0007_0406_0007_0406n;
const mtrrsEnabled = 0x800n;
/** Visible to cells, and never switched off (hypervisor/arch/x86/svm.c:565, 757). */
const svmEnabled = 0x1000n;
/** Types of memory that an entry of the PAT may not have. */
const reservedTypes: ReadonlySet<number> = new Set([2, 3]);
const highestType = 7;

/** Registers that only keep their value: MTRRs, entry points and bases. */
const kept: ReadonlySet<number> = new Set([
  ...[0xfe, 0x174, 0x175, 0x176, 0x1d9, 0x250, 0x258, 0x259, msrs.performanceControl],
  ...Array.from({ length: 16 }, (_, index) => 0x200 + index),
  ...Array.from({ length: 8 }, (_, index) => 0x268 + index),
  ...[0xc000_0081, 0xc000_0082, 0xc000_0083, 0xc000_0084, 0xc000_0100, 0xc000_0101, 0xc000_0102, 0xc000_0103],
]);

/** Of AMD alone: how virtual machines may be used, and where the processor saves its own state. */
const keptByAmd: ReadonlySet<number> = new Set([0xc001_0114, msrs.hostSaveArea]);

/** In the data of a CPU the page of the host's state is behind its stack, its own data and the control block of its cell. */
const hostStatePlace = 0x3000;
const pageMask = 0xfffn;
const physicalLimit = 2n ** 48n;

/** The processor itself, behind what the hypervisor lets through. */
export interface RegisterHardware {
  readonly apic: LocalApic;
  /** Cycles. */
  readTsc(): number;
  /** The register is not there, or not like this: a fault of the program's own. */
  fault(): never;
}

/** Model-specific registers of a cell's CPU (hypervisor/arch/x86/vcpu.c:296-380, apic.c:562-640). */
export class ModelSpecificRegisters {
  private pat = patAfterReset;
  private defaultType = 0n;
  private efer: bigint;
  private readonly values = new Map<number, bigint>();

  constructor(
    private readonly exits: CpuExits,
    private readonly commands: SentCommands,
    private readonly bus: LocalApicBus,
    private readonly hardware: RegisterHardware,
  ) {
    this.efer = this.isIntel ? 0n : svmEnabled;
    this.values.set(msrs.hostSaveArea, this.hostState);
  }

  /** Where the hypervisor lets the processor save the host's state (hypervisor/arch/x86/svm.c:425). */
  private get hostState(): bigint {
    const { hypervisor, cpu } = this.exits;
    const { coreSize, perCpuSize } = hypervisor.setup.build;
    return BigInt(hypervisor.memoryStart + coreSize + cpu.id * perCpuSize + hostStatePlace);
  }

  private get isIntel(): boolean {
    return this.exits.hypervisor.machine.vendor === "intel";
  }

  private get apic(): LocalApic {
    return this.bus.of(this.exits.cpu.id);
  }

  private traps(direction: "read" | "write", msr: number): boolean {
    const { vendor, usesX2apic } = this.exits.hypervisor.machine;
    return isTrapped(vendor!, usesX2apic, direction, msr);
  }

  /** @param msr 32 bits. @returns 64 bits */
  read(msr: number): bigint {
    if (!this.traps("read", msr)) return this.readHardware(msr);
    this.exits.enter(null);
    if (isApic(msr)) return this.readApic(msr - msrs.x2apicFirst);
    if (msr !== msrs.pat && msr !== msrs.mtrrDefaultType) return this.refuse("read", msr);
    this.exits.count(x86Counters.msrOther);
    return msr === msrs.pat ? this.pat : this.defaultType;
  }

  private readApic(register: number): bigint {
    const isCommand = register === apicRegisters.command;
    this.exits.count(isCommand ? x86Counters.msrX2apicIcr : x86Counters.msrOther);
    if (register === apicRegisters.id) return BigInt(this.apic.id);
    const low = BigInt(this.apic.read(register));
    return isCommand ? (BigInt(this.apic.read(apicRegisters.commandHigh)) << 32n) | low : low;
  }

  /** @param value 64 bits */
  write(msr: number, value: bigint): void {
    if (!this.traps("write", msr)) {
      this.writeHardware(msr, value);
      return;
    }
    this.exits.enter(null);
    const isDone = isApic(msr) ? this.writeApic(msr - msrs.x2apicFirst, value) : this.writeOther(msr, value);
    if (!isDone) this.exits.park({ kind: "msr", direction: "write", number: msr });
  }

  private writeOther(msr: number, value: bigint): boolean {
    switch (msr) {
      case msrs.pat:
        this.exits.count(x86Counters.msrOther);
        return this.writePat(value);
      case msrs.mtrrDefaultType:
        // Only whether MTRRs are on is kept: without them the cell's memory is not cached.
        this.exits.count(x86Counters.msrOther);
        this.defaultType = value & mtrrsEnabled;
        return true;
      case msrs.efer:
        this.exits.count(x86Counters.msrOther);
        this.efer = value | svmEnabled;
        return true;
      case msrs.performanceControl:
        this.exits.count(x86Counters.msrOther);
        return true;
      default:
        return this.refuse("write", msr);
    }
  }

  private writePat(value: bigint): boolean {
    for (let entry = 0n; entry < 8n; entry++) {
      const type = Number((value >> (8n * entry)) & 0xffn);
      if (!reservedTypes.has(type) && type <= highestType) continue;
      this.exits.hypervisor.print(`FATAL: Invalid PAT value: ${value.toString(16)}\n`);
      return false;
    }
    this.pat = value;
    return true;
  }

  private writeApic(register: number, value: bigint): boolean {
    const { hypervisor } = this.exits;
    const low = Number(BigInt.asUintN(32, value));
    const wrong = wrongBits(register, low, hypervisor.machine.usesX2apic);
    if (wrong !== null) return this.tell(wrong);
    if (register === apicRegisters.command) {
      this.exits.count(x86Counters.msrX2apicIcr);
      return this.commands.send(low, Number(BigInt.asUintN(32, value >> 32n)));
    }
    this.exits.count(x86Counters.msrOther);
    if (register === apicRegisters.selfIpi) {
      hypervisor.print("Unhandled x2APIC self IPI write\n");
      return true;
    }
    const delivery = isVectorEntry(register) ? wrongDelivery(register, low) : null;
    if (delivery !== null) return this.tell(delivery);
    this.apic.write(register, low);
    return true;
  }

  private tell(wrong: string): false {
    if (wrong !== "unknown") this.exits.hypervisor.print(`${wrong}\n`);
    return false;
  }

  private refuse(direction: "read" | "write", msr: number): never {
    this.exits.hypervisor.print(`FATAL: Unhandled MSR ${direction}: ${msr.toString(16)}\n`);
    return this.exits.park({ kind: "msr", direction, number: msr });
  }

  private readHardware(msr: number): bigint {
    if (isApic(msr)) return this.readOwnApic(msr - msrs.x2apicFirst);
    switch (msr) {
      case msrs.timeStampCounter:
        return BigInt(this.hardware.readTsc());
      case msrs.apicBase:
        return this.apicBase;
      case msrs.smiCount:
        return 0n;
      case msrs.mtrrDefaultType:
        return 0n;
      case msrs.tscDeadline:
        return this.isIntel ? BigInt(this.apic.tscDeadline) : this.hardware.fault();
      case msrs.efer:
        return this.efer;
      default:
        return this.keeps(msr) ? (this.values.get(msr) ?? 0n) : this.hardware.fault();
    }
  }

  /** Registers that keep what is written to them. */
  private keeps(msr: number): boolean {
    return kept.has(msr) || (!this.isIntel && keptByAmd.has(msr));
  }

  private get apicBase(): bigint {
    const { machine } = this.exits.hypervisor;
    const isFirst = machine.cpus[0]!.id === this.exits.cpu.id;
    return 0xfee0_0800n | (machine.usesX2apic ? 0x400n : 0n) | (isFirst ? 0x100n : 0n);
  }

  private readOwnApic(register: number): bigint {
    const { usesX2apic } = this.exits.hypervisor.machine;
    return usesX2apic ? BigInt(this.apic.read(register)) : this.hardware.fault();
  }

  private writeHardware(msr: number, value: bigint): void {
    const { usesX2apic } = this.exits.hypervisor.machine;
    if (isApic(msr)) {
      if (!usesX2apic) this.hardware.fault();
      const word = Number(BigInt.asUintN(32, value));
      if (msr - msrs.x2apicFirst === apicRegisters.selfIpi) this.apic.request(word & 0xff);
      else this.apic.write(msr - msrs.x2apicFirst, word);
    } else if (msr === msrs.tscDeadline && this.isIntel) {
      this.apic.tscDeadline = Number(value);
    } else if (msr === msrs.efer) {
      this.efer = value;
    } else if (this.keeps(msr)) {
      if (msr === msrs.hostSaveArea) this.moveHostState(value);
      this.values.set(msr, value);
    } else {
      this.hardware.fault();
    }
  }

  /** Nobody keeps cells from that: with its next exit the processor takes what is there for the host's state. */
  private moveHostState(address: bigint): void {
    if ((address & pageMask) !== 0n || address >= physicalLimit) this.hardware.fault();
    const { cpu } = this.exits;
    const place = `0x${address.toString(16)}`;
    cpu.lost =
      address === this.hostState
        ? null
        : `its cell has moved VM_HSAVE_PA to ${place}, where no host's state is`;
  }
}

function isApic(msr: number): boolean {
  return msr >= msrs.x2apicFirst && msr <= msrs.x2apicLast;
}
