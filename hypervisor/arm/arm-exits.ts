import { cellFlags } from "../core/config/cell-config.js";
import { counters, type HypervisorCpu } from "../core/cpu.js";
import type { CellAccess } from "../core/decide/access.js";
import type { Outcome } from "../core/decide/denials.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { HypervisorFault, MachineHang } from "../core/refusal.js";
import { BusError } from "../machine/bus-error.js";
import { CpuParked, CpuStopped } from "../run/program-end.js";
import { endTrap } from "./end-trap.js";
import { type ArmRegisters, type TrapFailure, unhandledException } from "./traps.js";

/** Of a fault of the hypervisor's own: a data abort from its own level. */
const ownAbort = 0x9600_0004;

/** How a CPU comes into the hypervisor, and how it does not come back (arch/arm64/traps.c:146-207, arch/arm/traps.c:385). */
export class ArmExits {
  constructor(
    readonly hypervisor: Hypervisor,
    readonly cpu: HypervisorCpu,
    private readonly registersOf: () => ArmRegisters,
    /** Time passes in the hypervisor. */
    private readonly spend: () => void,
  ) {}

  get is64Bit(): boolean {
    return this.hypervisor.machine.architecture === "arm64";
  }

  /** The cell runs code of 32 bits, on a processor of either kind. */
  get runs32Bit(): boolean {
    return !this.is64Bit || (this.cpu.cell!.config.flags & cellFlags.aarch32) !== 0;
  }

  /** On a processor of 64 bits, the hypervisor has no handler for calls and registers of such code (arch/arm64/traps.c:134). */
  get hasNoHandlers(): boolean {
    return this.is64Bit && this.runs32Bit;
  }

  enter(): void {
    this.hypervisor.currentCpu = this.cpu.id;
    this.hypervisor.denials.begin();
    this.spend();
    this.cpu.counters[counters.total]!++;
  }

  /**
   * Work of the hypervisor for this CPU: if that touches what is not there, the CPU stops.
   *
   * @param access that it is done for
   */
  guarded<Result>(access: CellAccess, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof HypervisorFault || error instanceof BusError) return this.stop(access);
      throw error;
    }
  }

  /**
   * A trap that nobody handles, or that is not allowed.
   *
   * @param access that was tried
   * @param syndrome as the processor tells of it
   */
  fail(access: CellAccess, failure: TrapFailure, syndrome: number): never {
    this.deny(access, "parked");
    endTrap(this.hypervisor, this.cpu.id, failure, { ...this.registersOf(), syndrome });
    throw new CpuParked();
  }

  deny(access: CellAccess, outcome: Outcome): void {
    this.hypervisor.denials.tell(this.cpu.cell!, this.cpu.id, access, outcome);
  }

  /** What the hypervisor's own registers are is not known, nor what is on its stack. */
  private stop(access: CellAccess): never {
    const { hypervisor, cpu } = this;
    const none: ArmRegisters = { pc: 0n, general: [], sp: 0n, elr: 0n, status: 0n, syndrome: ownAbort };
    this.deny(access, "stopped");
    hypervisor.print(`${unhandledException(this.is64Bit, none)}${this.is64Bit ? "\n" : ""}`);
    hypervisor.print(`Stopping CPU ${cpu.id} (Cell: "${cpu.cell!.name}")\n`);
    cpu.stopped = true;
    if (cpu.cell!.isRoot) {
      throw new MachineHang(`the hypervisor has stopped CPU ${cpu.id}, which Linux runs on, for good`);
    }
    throw new CpuStopped();
  }
}
