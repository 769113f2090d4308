import { accessFlags } from "../core/access-flags.js";
import { checkLoneDisable } from "../core/control/disable.js";
import type { HypervisorCpu } from "../core/cpu.js";
import { hypercall, hypercalls } from "../core/hypercall.js";
import type { Hypervisor } from "../core/hypervisor.js";
import type { PageTables } from "../core/paging/page-tables.js";
import type { LocalApic, ProcessorClocks } from "../machine/local-apic.js";
import type { LocalApicBus } from "../machine/local-apic-bus.js";
import { pciPorts } from "../machine/pci-ports.js";
import type { PortSize } from "../machine/port-space.js";
import type { CpuidResult } from "../machine/processor.js";
import { cyclesAt } from "../machine/virtual-clock.js";
import {
  checkAddress,
  checkArgument,
  checkLength,
  checkMsr,
  checkNumber,
  checkSize,
  checkValue,
  checkValue64,
} from "../run/access-arguments.js";
import { fetchCode, mappingsOf } from "../run/fetch-code.js";
import type { GuestCpu } from "../run/guest-cpu.js";
import { GuestMemory } from "../run/guest-memory.js";
import type { Steps } from "../run/program.js";
import { CpuParked } from "../run/program-end.js";
import { ApicCommands, type CommandTargets, type SentCommands } from "./apic-commands.js";
import { ApicPage } from "./apic-page.js";
import { ControlRegisters } from "./control-registers.js";
import { CpuExits, x86Counters } from "./cpu-exits.js";
import { startAddress } from "./cpu-starts.js";
import { cpuidOf } from "./cpuid-leaves.js";
import { MemoryTraps } from "./memory-traps.js";
import { ModelSpecificRegisters } from "./model-specific-registers.js";
import { noRegisters, type RegisterSource, type X86Registers } from "./register-dump.js";
import { msrs } from "./trapped-msrs.js";
import type { X86 } from "./x86.js";

/** What accesses take, in nanoseconds. */
const costs = { port: 500, exit: 1000, register: 10 } as const;
/** Exits for programs that have no handler for a fault: a triple fault, or a shutdown. */
const tripleFault = { intel: 2, amd: 0x7f } as const;
const unknownCall = -38;
const notPermitted = -1;
const lastPort = 0xffff;
const portSizes: readonly PortSize[] = [1, 2, 4];

/** What a CPU needs of the machine around the hypervisor. */
export interface CpuSurroundings extends CommandTargets {
  readonly bus: LocalApicBus;
  readonly hypervisor: Hypervisor;
  readonly x86: X86;
  readonly clocks: ProcessorClocks;
  /** The local time of the CPU, and how it passes. */
  readonly time: { readonly now: number; spend(cpu: number, nanoseconds: number): void };
}

/** Handles an interrupt of a program. @param vector 32 to 255 */
export type InterruptHandler = (vector: number) => Steps;

/** What cannot be read cannot be written, either: the entry is not there on AMD, and wrong on Intel (Intel SDM 3C, 29.3.3). */
const rights = { ...accessFlags, write: accessFlags.read | accessFlags.write } as const;

/**
 * A CPU of a cell, from a start to the next one, as its program has it: each access is a call that returns, or throws where
 * the hypervisor parks or stops the CPU.
 */
export class X86Cpu extends GuestMemory implements GuestCpu {
  /** Whether the processor takes interrupts between two steps. */
  interruptsEnabled = false;
  /** Of the program, for what the hypervisor prints when it parks the CPU. */
  registers: () => X86Registers = () => noRegisters;
  onInterrupt: InterruptHandler | null = null;
  private readonly exits: CpuExits;
  private readonly msr: ModelSpecificRegisters;
  readonly apic: LocalApic;
  readonly control: ControlRegisters;
  private readonly tablesOfCell: PageTables;
  /** Accesses of any CPU to the page of its local APIC that are trapped. */
  readonly apicPage: ApicPage;

  /** @param vector of the start that the program runs from */
  constructor(
    private readonly around: CpuSurroundings,
    private readonly cpu: HypervisorCpu,
    readonly vector: number,
  ) {
    const { hypervisor } = around;
    const registersOf: RegisterSource = () => this.registers();
    const exits = new CpuExits(hypervisor, cpu, registersOf, () => around.time.spend(cpu.id, costs.exit));
    const commands = commandsOf(exits, around);
    const page = new ApicPage(exits, commands, around.bus);
    const tables = around.x86.tablesOf(cpu.cell!);
    super(hypervisor.machine.memory, tables, rights, new MemoryTraps(exits, page));
    this.tablesOfCell = tables;
    this.exits = exits;
    this.apicPage = page;
    this.apic = around.bus.of(cpu.id);
    this.control = new ControlRegisters(exits, () => this.fault());
    this.msr = new ModelSpecificRegisters(exits, commands, around.bus, {
      apic: this.apic,
      readTsc: () => this.readTsc(),
      fault: () => this.fault(),
    });
  }

  /** The number that Linux gives it. */
  get id(): number {
    return this.cpu.id;
  }

  get now(): number {
    return this.around.time.now;
  }

  get entry(): number {
    return startAddress(this.cpu, this.vector);
  }

  get mappings(): number {
    return mappingsOf(this.around.hypervisor.machine.memory, this.tablesOfCell);
  }

  fetch(address: number): Uint8Array {
    checkAddress(address);
    const { memory } = this.around.hypervisor.machine;
    const code = fetchCode(memory, this.tablesOfCell, accessFlags.read | accessFlags.execute, address);
    return code ?? this.failInstruction(address, null);
  }

  get mayRun(): boolean {
    const { cpu, around } = this;
    return !cpu.suspended && !cpu.failed && !cpu.stopped && !around.starts.isTaken(cpu);
  }

  get hasInterrupt(): boolean {
    return this.interruptsEnabled && this.isSignalled;
  }

  get isSignalled(): boolean {
    return this.apic.pending !== null;
  }

  takeInterrupt(): Steps | null {
    const vector = this.apic.acknowledge();
    if (this.onInterrupt === null) return null;
    this.interruptsEnabled = false;
    return this.onInterrupt(vector);
  }

  returnFromInterrupt(): void {
    this.interruptsEnabled = true;
  }

  in8(port: number): number {
    return this.readPort(port, 1);
  }

  in16(port: number): number {
    return this.readPort(port, 2);
  }

  in32(port: number): number {
    return this.readPort(port, 4);
  }

  out8(port: number, value: number): void {
    this.writePort(port, 1, value);
  }

  out16(port: number, value: number): void {
    this.writePort(port, 2, value);
  }

  out32(port: number, value: number): void {
    this.writePort(port, 4, value);
  }

  /** Through the ports 0xcf8 and 0xcfc. @param address in the first 256 bytes of the configuration space */
  pciRead(bdf: number, address: number, size: PortSize): number {
    this.selectPci(bdf, address, size);
    return this.readPort(pciPorts.data + (address & 3), size);
  }

  pciWrite(bdf: number, address: number, size: PortSize, value: number): void {
    this.selectPci(bdf, address, size);
    this.writePort(pciPorts.data + (address & 3), size, value);
  }

  private selectPci(bdf: number, address: number, size: PortSize): void {
    checkNumber("function", bdf, 0xffff);
    checkNumber("address", address, 0xff);
    checkSize(size, portSizes);
    this.out32(pciPorts.address, (0x8000_0000 | (bdf << 8) | (address & 0xfc)) >>> 0);
  }

  private readPort(port: number, size: PortSize): number {
    checkNumber("port", port, lastPort);
    if (!this.isPortTrapped(port, size)) {
      this.spend(costs.port);
      return this.around.hypervisor.machine.ports.read(port, size);
    }
    return Number(BigInt.asUintN(8 * size, this.trapPort(port, size, "read", this.registers().rax)));
  }

  private writePort(port: number, size: PortSize, value: number): void {
    checkNumber("port", port, lastPort);
    checkValue(value, size);
    if (this.isPortTrapped(port, size)) {
      this.trapPort(port, size, "write", BigInt(value));
      return;
    }
    this.spend(costs.port);
    this.around.hypervisor.machine.ports.write(port, size, value);
  }

  private isPortTrapped(port: number, size: PortSize): boolean {
    const { ports } = this.around.x86.cell(this.cpu.cell!);
    for (let index = 0; index < size; index++) if (ports.isTrapped(port + index)) return true;
    return false;
  }

  private trapPort(port: number, size: PortSize, direction: "read" | "write", rax: bigint): bigint {
    this.exits.enter(x86Counters.pio);
    const access = { port, size, direction, isString: false, rax };
    const value = direction === "write" ? Number(BigInt.asUintN(8 * size, rax)) : null;
    const tried = { kind: "port", direction, port, size, value } as const;
    const answer = this.exits.guarded(tried, () => this.around.x86.ports.access(this.cpu.cell!, access));
    return answer === "denied" ? this.exits.park(tried) : answer;
  }

  /** @param msr 32 bits. @returns 64 bits */
  readMsr(msr: number): bigint {
    checkMsr(msr);
    this.spend(costs.register);
    return this.msr.read(msr);
  }

  writeMsr(msr: number, value: bigint): void {
    checkMsr(msr);
    checkValue64(value);
    this.spend(costs.register);
    this.msr.write(msr, value);
  }

  cpuid(leaf: number): CpuidResult {
    checkNumber("leaf", leaf, 0xffff_ffff);
    return cpuidOf(this.exits, this.control, leaf);
  }

  /** Cycles of the time stamp counter: a whole number below 2^53. */
  readTsc(): number {
    this.spend(costs.register);
    return cyclesAt(this.around.time.now, this.around.clocks.tscKhz);
  }

  /** Addresses in arguments are below 2^53. @returns 0 or an answer; a negative errno where it is refused */
  hypercall(code: number, first = 0, second = 0): number {
    for (const argument of [code, first, second]) checkArgument(argument);
    const { hypervisor } = this.around;
    this.exits.enter(null);
    const tried = { kind: "hypercall", code, argument: first } as const;
    if (code === hypercalls.disable) checkLoneDisable(hypervisor);
    const result = this.exits.guarded(tried, () => hypercall(hypervisor, this.id, code, first, second));
    if (result === notPermitted) this.exits.deny(tried, "silent");
    if (result === unknownCall) {
      const place = this.registers().rip.toString(16).padStart(16, "0");
      hypervisor.print(`CPU ${this.id}: Unknown hypercall ${code}, RIP: 0x${place}\n`);
      this.exits.deny(tried, "told");
    }
    return result;
  }

  /** Lets a device of the cell read memory. @returns null if any of it is blocked */
  dmaRead(bdf: number, address: number, length: number): Uint8Array | null {
    checkNumber("function", bdf, 0xffff);
    checkAddress(address);
    checkLength(length);
    return this.around.x86.dma.read(bdf, address, length);
  }

  /** Lets a device of the cell write memory. @returns false if any of it is blocked */
  dmaWrite(bdf: number, address: number, bytes: Uint8Array): boolean {
    checkNumber("function", bdf, 0xffff);
    checkAddress(address);
    checkLength(bytes.length);
    return this.around.x86.dma.write(bdf, address, bytes);
  }

  /** Sends an interrupt through the command register. @param apicId 0 to 254 */
  ipi(apicId: number, vector: number): void {
    checkNumber("APIC id", apicId, 0xffff_ffff);
    checkNumber("vector", vector, 0xff);
    this.writeMsr(msrs.x2apicCommand, (BigInt(apicId) << 32n) | 0x4000n | BigInt(vector));
  }

  /** What the page of the local APIC shows where it is not trapped: nothing in x2APIC mode. */
  readApicPage(register: number): number {
    return this.around.hypervisor.machine.usesX2apic ? 0xffff_ffff : this.apic.read(register);
  }

  /** As {@link CpuExits.failInstruction} has it: for those who run instructions. */
  failInstruction(address: number, opcode: readonly number[] | null): never {
    return this.exits.failInstruction(address, opcode);
  }

  /** A fault that the program has no handler for. */
  fault(): never {
    this.exits.enter(null);
    return this.exits.unexpected({ kind: "fault", direction: null, number: null }, tripleFault);
  }

  private spend(nanoseconds: number): void {
    this.around.time.spend(this.id, nanoseconds);
  }
}

/** A CPU that has reset itself, or waits for another one that never sees its reset, does not go on behind the command. */
function commandsOf(exits: CpuExits, { apics, starts }: CommandTargets): SentCommands {
  const commands = new ApicCommands(exits, { apics, starts });
  return {
    send: (low, high) => {
      const isSent = commands.send(low, high);
      if (starts.isTaken(exits.cpu)) throw new CpuParked();
      return isSent;
    },
  };
}
