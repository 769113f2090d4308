import type { HypervisorBuild } from "../core/build.js";
import type { ViolationLog } from "../core/decide/violation-log.js";
import type { Refusal } from "../core/refusal.js";
import type { JailhouseDriver } from "../driver/driver.js";
import type { KernelSettings } from "../driver/kernel.js";
import type { Machine } from "../machine/machine.js";
import type { SerialLine } from "../machine/serial-line.js";
import type { GuestCpus } from "../run/guest-cpu.js";
import type { Scheduler } from "../run/scheduler.js";
import type { MachineOptions } from "./derive-machine.js";

/** What can be chosen of a simulation, whatever its processor. */
export interface SimulationOptions {
  readonly machine?: MachineOptions;
  readonly kernel?: Partial<KernelSettings>;
  /** Another build of the hypervisor than the usual one. */
  readonly build?: HypervisorBuild;
  /** The order in which CPUs call the hypervisor when it is enabled and disabled; without a word as they are online. */
  readonly entryOrder?: (online: readonly number[]) => readonly number[];
  readonly traceErrors?: boolean;
  /** What no real machine would say: why a CPU of a cell runs nothing. */
  readonly log?: (line: string) => void;
  /** Told of each operation that the driver refuses. */
  readonly onRefusal?: (refusal: Refusal) => void;
}

/** A serial line of the machine. */
export interface NamedLine {
  /** `port 0x3f8`, or `memory 0x9000000`. */
  readonly name: string;
  readonly line: SerialLine;
}

/** A machine with its driver, whose cells run programs. Time passes only where it is let pass. */
export interface Simulation {
  readonly machine: Machine;
  readonly driver: JailhouseDriver;
  /** What cells were not allowed to do, by all hypervisors that were enabled so far. */
  readonly violations: ViolationLog;
  /** Virtual time, and what happens in it. */
  readonly scheduler: Scheduler;
  /** CPUs of the hypervisor that was enabled last; null before the first one. */
  readonly programs: GuestCpus | null;
  /** All serial lines that there are by now; the hypervisor's own output is on one of them. */
  readonly lines: readonly NamedLine[];
  /** The one that the hypervisor prints on; null if it has none. */
  readonly console: SerialLine | null;
  /** Lets time pass. @param nanoseconds virtual ones */
  run(nanoseconds: number): void;
}
