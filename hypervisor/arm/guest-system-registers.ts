import type { GenericTimer } from "../machine/generic-timer.js";
import type { Arm } from "./arm.js";
import { type ArmCpu, armCounters } from "./arm-cpu.js";
import type { ArmExits } from "./arm-exits.js";
import { GuestException } from "./guest-exception.js";
import { type GuestRegister, specificOf, specificOf32 } from "./guest-registers.js";
import { syndromeOf } from "./syndromes.js";
import { writeSgi1r } from "./system-registers.js";
import { exceptionClasses } from "./traps.js";

/** Timers of a CPU. */
export interface CpuTimers {
  readonly hertz: number;
  readonly physical: GenericTimer;
  readonly virtual: GenericTimer;
}

const always = 0x8000_0000n;
const endsInTwoSteps = 2n;

/** System registers as a program of a cell reads and writes them: most of them without the hypervisor. */
export class GuestSystemRegisters {
  /** @param registerOf the general register that the instruction moves */
  constructor(
    private readonly exits: ArmExits,
    private readonly arm: Arm,
    private readonly cpu: ArmCpu,
    private readonly timers: CpuTimers,
    private readonly registerOf: () => number,
  ) {}

  /** @returns 64 bits, also of shorter ones */
  read(name: GuestRegister): bigint {
    const { timers, cpu } = this;
    switch (name) {
      case "MPIDR_EL1":
        return always | BigInt(cpu.mpidr);
      case "ACTLR_EL1":
        return this.readActlr();
      case "CNTFRQ_EL0":
        return BigInt(timers.hertz);
      case "CNTPCT_EL0":
      case "CNTVCT_EL0":
        return timers.virtual.count;
      default:
        return name.startsWith("CNT") ? this.readTimer(name) : this.readInterface(name);
    }
  }

  private readTimer(name: GuestRegister): bigint {
    const timer = this.timerOf(name);
    if (name.includes("CTL")) return BigInt(timer.control);
    return name.includes("CVAL") ? timer.compareValue : BigInt(timer.timerValue >>> 0);
  }

  private timerOf(name: GuestRegister): GenericTimer {
    return name.startsWith("CNTV_") ? this.timers.virtual : this.timers.physical;
  }

  private readInterface(name: GuestRegister): bigint {
    this.checkInterface();
    const { virtual } = this.cpu;
    switch (name) {
      case "ICC_IAR1_EL1":
        return BigInt(virtual.acknowledge() & 0x3ff);
      case "ICC_HPPIR1_EL1":
        return BigInt(virtual.highestPending);
      case "ICC_RPR_EL1":
        return BigInt(virtual.runningPriority);
      case "ICC_PMR_EL1":
        return BigInt(virtual.priorityMask);
      case "ICC_CTLR_EL1":
        return virtual.endsInTwoSteps ? endsInTwoSteps : 0n;
      case "ICC_IGRPEN1_EL1":
        return virtual.isEnabled ? 1n : 0n;
      case "ICC_SRE_EL1":
        return 7n;
      default:
        // Registers that can only be written.
        throw new GuestException("undefined instruction");
    }
  }

  write(name: GuestRegister, value: bigint): void {
    switch (name) {
      case "ICC_SGI1R_EL1":
      case "ICC_SGI0R_EL1":
      case "ICC_ASGI1R_EL1":
        this.sendSgi(name, value);
        break;
      case "ACTLR_EL1":
        this.trapActlr(false);
        break;
      case "MPIDR_EL1":
      case "CNTFRQ_EL0":
      case "CNTPCT_EL0":
      case "CNTVCT_EL0":
        throw new GuestException("undefined instruction");
      default:
        if (name.startsWith("CNT")) this.writeTimer(name, value);
        else this.writeInterface(name, value);
    }
  }

  private writeTimer(name: GuestRegister, value: bigint): void {
    const timer = this.timerOf(name);
    if (name.includes("CTL")) timer.control = Number(value & 7n);
    else if (name.includes("CVAL")) timer.compareValue = value;
    else timer.timerValue = Number(BigInt.asIntN(32, value));
  }

  private writeInterface(name: GuestRegister, value: bigint): void {
    this.checkInterface();
    const { virtual } = this.cpu;
    switch (name) {
      case "ICC_EOIR1_EL1":
        virtual.end(Number(value & 0xff_ffffn));
        break;
      case "ICC_DIR_EL1":
        if (virtual.endsInTwoSteps) virtual.deactivate(Number(value & 0xff_ffffn));
        break;
      case "ICC_PMR_EL1":
        virtual.priorityMask = Number(value & 0xf8n);
        break;
      case "ICC_CTLR_EL1":
        virtual.endsInTwoSteps = (value & endsInTwoSteps) !== 0n;
        break;
      case "ICC_IGRPEN1_EL1":
        virtual.isEnabled = (value & 1n) !== 0n;
        break;
      case "ICC_SRE_EL1":
        break;
      default:
        throw new GuestException("undefined instruction");
    }
    this.cpu.onInterrupt();
  }

  /** Only version 3 has its interface in registers. */
  private checkInterface(): void {
    if (this.arm.irqchip.hasSystemRegisters) return;
    throw new GuestException("undefined instruction");
  }

  /** Of the three registers, the hypervisor knows the one of its own security state and group. */
  private sendSgi(name: GuestRegister, value: bigint): void {
    this.enter();
    const isKnown = name === "ICC_SGI1R_EL1" && !this.exits.hasNoHandlers;
    const isHandled = isKnown && writeSgi1r(this.arm, this.exits.cpu.id, value);
    if (!isHandled) this.fail(name, false);
  }

  /** Trapped; only in 32 bits that is handled, and then a write has no effect. */
  private trapActlr(isRead: boolean): void {
    this.enter();
    if (this.exits.is64Bit) this.fail("ACTLR_EL1", isRead);
  }

  private readActlr(): bigint {
    this.trapActlr(true);
    return 0n;
  }

  private enter(): void {
    const { exits } = this;
    exits.enter();
    if (!exits.is64Bit) exits.cpu.counters[armCounters.cp15]!++;
  }

  private fail(name: GuestRegister, isRead: boolean): never {
    const { exits } = this;
    const register = this.registerOf();
    const direction = isRead ? "read" : "write";
    const tried = { kind: "system-register", direction, number: null } as const;
    if (!exits.runs32Bit) {
      const specific = specificOf(name, isRead, register);
      return exits.fail(tried, "unhandled trap", syndromeOf(exceptionClasses.systemRegister, specific));
    }
    // Those of SGIs are moved by an instruction with two registers.
    const isPair = name !== "ACTLR_EL1";
    const exceptionClass = isPair ? exceptionClasses.cp15Pair : exceptionClasses.cp15;
    return exits.fail(
      tried,
      "unhandled trap",
      syndromeOf(exceptionClass, isPair ? pairOf(name, register) : specificOf32(name, isRead, register)),
    );
  }
}

/** MCRR p15, n, Rt, Rt2, c12: 0 for SGI1R, 1 for ASGI1R, 2 for SGI0R. */
function pairOf(name: GuestRegister, register: number): number {
  const operation = name === "ICC_SGI1R_EL1" ? 0 : name === "ICC_ASGI1R_EL1" ? 1 : 2;
  const always = (1 << 24) | (0xe << 20);
  return always | (operation << 16) | (((register + 1) & 15) << 10) | ((register & 15) << 5) | (12 << 1);
}
