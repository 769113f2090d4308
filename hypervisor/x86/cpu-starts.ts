import type { HypervisorCpu } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { pageSize } from "../core/paging/table-format.js";

/** The hypervisor's own start of a CPU: it begins at the reset address of its cell, not at a vector's page. */
export const pseudoSipi = 0x100;

/** Where CPUs begin that have no other address, as their cell sees it (upstream before revision 5). */
export const resetVector = 0xf_fff0;

/** Where a start leads a CPU of a cell. */
export function startAddress({ cell }: HypervisorCpu, vector: number): number {
  return vector === pseudoSipi ? Number(cell!.config.cpuResetAddress) : vector * pageSize;
}

interface StartState {
  /** Parked until a start comes. */
  waits: boolean;
  /** INIT has been sent, and the CPU has not seen it yet. */
  initSignaled: boolean;
  /** Vector of a start that the CPU has not seen yet; null without one. */
  vector: number | null;
  /** Whom it has sent INIT: it stays in the hypervisor until that one has seen it. */
  awaited: HypervisorCpu | null;
}

/** What starts a CPU, and where: told when its program is to begin anew. */
export type StartListener = (cpu: HypervisorCpu, vector: number) => void;

/**
 * INIT and SIPI as the hypervisor lets them through: a CPU sees them when it looks for events (hypervisor/arch/x86/control.c:
 * 111-228). A start of a CPU that has failed is ignored.
 */
export class CpuStarts {
  private readonly states = new Map<HypervisorCpu, StartState>();
  onStart: StartListener = () => {};

  constructor(private readonly hypervisor: Hypervisor) {}

  private stateOf(cpu: HypervisorCpu): StartState {
    let state = this.states.get(cpu);
    if (state === undefined) {
      state = { waits: false, initSignaled: false, vector: null, awaited: null };
      this.states.set(cpu, state);
    }
    return state;
  }

  waits(cpu: HypervisorCpu): boolean {
    return this.stateOf(cpu).waits;
  }

  /** It runs no program of a cell any more, even if it has not seen that yet. */
  isTaken(cpu: HypervisorCpu): boolean {
    const { waits, initSignaled } = this.stateOf(cpu);
    return waits || initSignaled || this.isStuck(cpu);
  }

  park(cpu: HypervisorCpu): void {
    this.stateOf(cpu).initSignaled = true;
  }

  parkAtOnce(cpu: HypervisorCpu): void {
    const state = this.stateOf(cpu);
    state.initSignaled = false;
    state.waits = true;
  }

  start(cpu: HypervisorCpu, vector: number): void {
    this.stateOf(cpu).vector = vector;
  }

  /**
   * A reset that a CPU of the cell sends. One that waits, or will, sees nothing of it. The sender goes on when the other one
   * has seen what was sent (control.c:162-172): behind one that the hypervisor has given up it never does.
   */
  sendInit(sender: HypervisorCpu, cpu: HypervisorCpu): void {
    const state = this.stateOf(cpu);
    if (!state.waits && !state.initSignaled) {
      state.initSignaled = true;
      this.hypervisor.onCallIn(cpu);
    }
    this.stateOf(sender).awaited = cpu;
    this.handle();
  }

  /** It has sent INIT to a CPU that has not seen it: whatever else reaches it, it does not come out of the hypervisor. */
  isStuck(cpu: HypervisorCpu): boolean {
    const { awaited } = this.stateOf(cpu);
    return awaited !== null && this.stateOf(awaited).initSignaled;
  }

  /** A start that another CPU of the cell sends. Only one that waits takes it. */
  sendSipi(cpu: HypervisorCpu, vector: number): void {
    if (!this.stateOf(cpu).waits) return;
    this.start(cpu, vector);
    this.hypervisor.onCallIn(cpu);
    this.handle();
  }

  /** CPUs that are suspended, or that the hypervisor has given up, see nothing. */
  handle(): void {
    const cpus = [...this.states.keys()].sort((one, other) => one.id - other.id);
    for (const cpu of cpus) {
      if (!cpu.suspended && !cpu.stopped) this.handleOf(cpu, this.stateOf(cpu));
    }
  }

  private handleOf(cpu: HypervisorCpu, state: StartState): void {
    if (state.initSignaled) {
      state.initSignaled = false;
      state.waits = true;
      return;
    }
    const { vector } = state;
    if (vector === null) return;
    state.vector = null;
    if (cpu.failed) return;
    state.waits = false;
    this.hypervisor.print(`CPU ${cpu.id} received SIPI, vector ${vector.toString(16)}\n`);
    if (!this.isStuck(cpu)) this.onStart(cpu, vector);
  }
}
