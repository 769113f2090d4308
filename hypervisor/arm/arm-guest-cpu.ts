import { accessFlags } from "../core/access-flags.js";
import { checkLoneDisable } from "../core/control/disable.js";
import type { HypervisorCpu } from "../core/cpu.js";
import { hypercall, hypercalls } from "../core/hypercall.js";
import type { Hypervisor } from "../core/hypervisor.js";
import type { PageTables } from "../core/paging/page-tables.js";
import { BusError } from "../machine/bus-error.js";
import { gicRegisters } from "../machine/gic.js";
import type { AccessSize } from "../machine/physical-memory.js";
import {
  checkAddress,
  checkArgument,
  checkLength,
  checkNumber,
  checkValue64,
} from "../run/access-arguments.js";
import { fetchCode, mappingsOf } from "../run/fetch-code.js";
import type { GuestCpu } from "../run/guest-cpu.js";
import { GuestMemory } from "../run/guest-memory.js";
import { type Steps, waitForInterrupt } from "../run/program.js";
import { CpuParked } from "../run/program-end.js";
import type { Arm } from "./arm.js";
import type { ArmCpu } from "./arm-cpu.js";
import { ArmExits } from "./arm-exits.js";
import { ArmMemoryTraps } from "./arm-memory-traps.js";
import { callFirmware, checkHvc, hypercallNumber } from "./firmware-calls.js";
import { spurious } from "./gic/virtual-interface.js";
import { GuestException } from "./guest-exception.js";
import type { GuestRegister } from "./guest-registers.js";
import { type CpuTimers, GuestSystemRegisters } from "./guest-system-registers.js";
import { psciFunctions } from "./psci.js";
import type { StreamDma } from "./stream-dma.js";
import { type AccessForm, fetchSyndrome, syndromeOf } from "./syndromes.js";
import { type ArmRegisters, exceptionClasses, instructionAbort } from "./traps.js";

/** What accesses take, in nanoseconds. */
const costs = { exit: 1000, register: 10, exception: 100 } as const;
const unknownCall = -38;
const notPermitted = -1;
const unknownTrap = { kind: "fails", failure: "unhandled trap" } as const;
/** Four fields of a byte, the last one at bit 32. */
const mostOfAffinity = 2 ** 40 - 1;
/** Fields of ICC_SGI1R. */
const sgi1r = { aff1: 16n, id: 24n, aff2: 32n, aff3: 48n } as const;

/** What a CPU needs of the machine around the hypervisor. */
export interface ArmSurroundings {
  readonly hypervisor: Hypervisor;
  readonly arm: Arm;
  readonly dma: StreamDma;
  timersOf(cpu: number): CpuTimers;
  /** The local time of the CPU, and how it passes. */
  readonly time: { readonly now: number; spend(cpu: number, nanoseconds: number): void };
}

/** What a call to firmware came to. */
export interface FirmwareAnswer {
  /** x0 or r0, 64 bits. */
  readonly value: bigint;
  /** The CPU waits for an interrupt before it goes on. */
  readonly waits: boolean;
}

/** Handles an interrupt of a program: which one it is, the interrupt controller says. */
export type ArmInterruptHandler = () => Steps;

/** Of a CPU whose program has none: what they are after a reset (arch/arm64/include/asm/sysregs.h:31, arch/arm/…:50). */
export function resetRegisters(is64Bit: boolean, pc: bigint): ArmRegisters {
  return { pc, general: [], sp: 0n, elr: pc, status: is64Bit ? 0x3c5n : 0x1d3n, syndrome: 0 };
}

/**
 * A CPU of a cell on ARM, of 64 or of 32 bits: each access is a call that returns, or throws where the hypervisor parks or
 * stops the CPU, or switches it off.
 */
export class ArmGuestCpu extends GuestMemory implements GuestCpu {
  interruptsEnabled = false;
  /** Of the program, for what the hypervisor prints when it parks the CPU; what has happened is filled in. */
  registers: () => ArmRegisters;
  /** The instruction that makes the next accesses, for what is told of those that trap. */
  formOf: (size: AccessSize) => AccessForm = plainForm;
  onInterrupt: ArmInterruptHandler | null = null;
  private readonly exits: ArmExits;
  private readonly tablesOfCell: PageTables;
  private readonly dataAborts: ArmMemoryTraps;
  private readonly own: ArmCpu;
  private readonly system: GuestSystemRegisters;

  /** @param entry address that the program begins at */
  constructor(
    private readonly around: ArmSurroundings,
    private readonly cpu: HypervisorCpu,
    readonly entry: number,
  ) {
    const { hypervisor, arm, time } = around;
    const exits = new ArmExits(
      hypervisor,
      cpu,
      () => this.registers(),
      () => time.spend(cpu.id, costs.exit),
    );
    const tables = arm.tablesOf(cpu.cell!);
    const traps = new ArmMemoryTraps(exits, tables, (size) => this.formOf(size));
    super(hypervisor.machine.memory, tables, accessFlags, traps);
    this.exits = exits;
    this.tablesOfCell = tables;
    this.dataAborts = traps;
    this.own = arm.cpu(cpu.id);
    this.registers = () => resetRegisters(!exits.runs32Bit, BigInt(entry));
    const timers = around.timersOf(cpu.id);
    this.system = new GuestSystemRegisters(exits, arm, this.own, timers, () => this.formOf(4).register);
  }

  get id(): number {
    return this.cpu.id;
  }

  /** Whether the cell runs code of 64 bits: not on processors of 32 bits, nor where its config says so. */
  get is64Bit(): boolean {
    return !this.exits.runs32Bit;
  }

  /** What whoever has switched it on has handed over: the hypervisor leaves it in x1, or r1. */
  get context(): bigint {
    return this.own.context;
  }

  get now(): number {
    return this.around.time.now;
  }

  /** Where nothing answers, the cell's own handler is told. */
  protected override physically<Result>(access: () => Result): Result {
    try {
      return access();
    } catch (error) {
      if (error instanceof BusError) throw new GuestException("data abort");
      throw error;
    }
  }

  /** Whatever is mapped can be run: the hypervisor does not take that right away. */
  fetch(address: number): Uint8Array {
    checkAddress(address);
    const { hypervisor, arm } = this.around;
    const tables = this.tablesOfCell;
    const code = fetchCode(hypervisor.machine.memory, tables, arm.readable, address);
    if (code !== null) return code;
    this.exits.enter();
    hypervisor.print(instructionAbort(address));
    const tried = { kind: "memory", direction: "execute", address, size: 4 } as const;
    return this.exits.fail(tried, "forbidden access", fetchSyndrome(tables, 4 - tables.levels, address));
  }

  get mappings(): number {
    return mappingsOf(this.around.hypervisor.machine.memory, this.tablesOfCell);
  }

  get mayRun(): boolean {
    const { suspended, failed, stopped } = this.cpu;
    return !suspended && !failed && !stopped && !this.own.isOff;
  }

  get hasInterrupt(): boolean {
    return this.interruptsEnabled && this.isSignalled;
  }

  get isSignalled(): boolean {
    return this.own.virtual.isSignalling;
  }

  /** Without a handler, the interrupt has come and gone. */
  takeInterrupt(): Steps | null {
    this.spend(costs.exception);
    if (this.onInterrupt === null) {
      const { virtual } = this.own;
      const irq = virtual.acknowledge() & 0x3ff;
      if (irq !== spurious) virtual.end(irq);
      return null;
    }
    this.interruptsEnabled = false;
    return this.onInterrupt();
  }

  returnFromInterrupt(): void {
    this.interruptsEnabled = true;
  }

  /** @returns 64 bits. @throws GuestException where there is no such register */
  readSystemRegister(name: GuestRegister): bigint {
    this.spend(costs.register);
    return this.system.read(name);
  }

  writeSystemRegister(name: GuestRegister, value: bigint): void {
    checkValue64(value);
    this.spend(costs.register);
    this.system.write(name, value);
  }

  /** A call of the hypervisor; arguments are below 2^53. @returns 0 or an answer; a negative errno where it is refused */
  hypercall(code: number, first = 0, second = 0): number {
    for (const argument of [code, first, second]) checkArgument(argument);
    return this.call(hypercallNumber, code, first, second);
  }

  /**
   * The instruction that makes such calls.
   *
   * @param immediate of the instruction: there is no other call than the hypervisor's own
   * @param registers x0 to x2, or r0 to r2; those that are not given are 0
   * @returns x0 or r0, 64 bits
   */
  hvc(immediate: number, ...registers: readonly bigint[]): bigint {
    checkNumber("immediate", immediate, 0xffff);
    for (const register of registers) checkValue64(register);
    const [code = 0, first = 0, second = 0] = registers.map(argumentOf);
    return BigInt.asUintN(64, BigInt(this.call(immediate, code, first, second)));
  }

  private call(immediate: number, code: number, first: number, second: number): number {
    this.exits.enter();
    const tried = { kind: "hypercall", code, argument: first } as const;
    const failure = this.exits.hasNoHandlers ? "unhandled trap" : checkHvc(immediate);
    if (failure !== null) {
      const exceptionClass = this.is64Bit ? exceptionClasses.hvc64 : exceptionClasses.hvc32;
      return this.exits.fail(tried, failure, syndromeOf(exceptionClass, immediate));
    }
    const { hypervisor } = this.around;
    if (code === hypercalls.disable) checkLoneDisable(hypervisor);
    const result = this.exits.guarded(tried, () => hypercall(hypervisor, this.id, code, first, second));
    if (result === notPermitted || result === unknownCall) this.exits.deny(tried, "silent");
    return result;
  }

  /**
   * A call to firmware, PSCI for one. One that switches the CPU off does not return.
   *
   * @param registers x0 to x3, or r0 to r3; those that are not given are 0
   */
  smc(...registers: readonly bigint[]): FirmwareAnswer {
    const { hypervisor, arm } = this.around;
    for (const register of registers) checkValue64(register);
    this.exits.enter();
    const four = [0, 1, 2, 3].map((index) => registers[index] ?? 0n);
    const tried = {
      kind: "firmware-call",
      direction: null,
      number: Number(four[0]! & 0xffff_ffffn),
    } as const;
    const outcome = this.exits.guarded(tried, () =>
      this.exits.hasNoHandlers ? unknownTrap : callFirmware(hypervisor, arm, this.id, four),
    );
    if (outcome.kind === "off") throw new CpuParked();
    if (outcome.kind === "fails") {
      const exceptionClass = this.is64Bit ? exceptionClasses.smc64 : exceptionClasses.smc32;
      return this.exits.fail(tried, outcome.failure, syndromeOf(exceptionClass, 0));
    }
    return { value: BigInt.asUintN(64, outcome.value), waits: outcome.kind === "waits" };
  }

  /** Sleeps until there is an interrupt, through PSCI. */
  *suspend(): Steps {
    if (this.smc(BigInt(psciFunctions.cpuSuspend)).waits) yield waitForInterrupt;
  }

  /** Through the register of the CPU in version 3 of the interrupt controller, or that of the distributor. */
  ipi(target: number, interrupt: number): void {
    checkNumber("affinity", target, mostOfAffinity);
    checkNumber("SGI", interrupt, 15);
    const { arm, hypervisor } = this.around;
    if (arm.irqchip.hasSystemRegisters) {
      const field = (shift: number): bigint => BigInt(Math.floor(target / 2 ** shift) & 0xff);
      const cluster = (field(8) << sgi1r.aff1) | (field(16) << sgi1r.aff2) | (field(32) << sgi1r.aff3);
      const bit = 1n << (field(0) & 15n);
      this.writeSystemRegister("ICC_SGI1R_EL1", cluster | (BigInt(interrupt) << sgi1r.id) | bit);
      return;
    }
    const bit = hypervisor.machine.arm!.gic.interfaceOf(target);
    const distributor = Number(hypervisor.config.arm.gicdBase);
    this.write32(distributor + gicRegisters.sgir, (bit << 16) | interrupt);
  }

  /** Maintenance of the caches for an address: what is not mapped is a trap of its own. */
  maintainCaches(address: number): void {
    checkAddress(address);
    if (this.tablesOfCell.translate(address, accessFlags.valid) === null) this.dataAborts.maintain(address);
  }

  /** @param source stream by which the IOMMU knows the device */
  dmaRead(source: number, address: number, length: number): Uint8Array | null {
    checkTransfer(source, address, length);
    return this.around.dma.read(source, address, length);
  }

  dmaWrite(source: number, address: number, bytes: Uint8Array): boolean {
    checkTransfer(source, address, bytes.length);
    return this.around.dma.write(source, address, bytes);
  }

  private spend(nanoseconds: number): void {
    this.around.time.spend(this.id, nanoseconds);
  }
}

function checkTransfer(stream: number, address: number, length: number): void {
  checkNumber("stream", stream, 2 ** 32 - 1);
  checkAddress(address);
  checkLength(length);
}

/** Numbers that no call knows are all the same. */
function argumentOf(register: bigint): number {
  const value = Number(BigInt.asIntN(64, register));
  return Number.isSafeInteger(value) ? value : Number.MAX_SAFE_INTEGER;
}

/** An access by a simple instruction, with register 0. */
function plainForm(size: AccessSize): AccessForm {
  return { register: 0, signExtends: false, isWide: size === 8, isDecoded: true };
}
