import type { Hypervisor } from "../core/hypervisor.js";
import type { Machine } from "../machine/machine.js";
import type { DriverCell } from "./driver-cell.js";
import type { KeptConsoles } from "./kept-consoles.js";
import type { RootCpus } from "./root-cpus.js";

/** The driver as its files in sysfs see it. */
export interface DriverView {
  readonly machine: Machine;
  /** Null while nothing is enabled. */
  readonly hypervisor: Hypervisor | null;
  /** Whose memory the kernel still has mapped, also after it was disabled. */
  readonly loadedHypervisor: Hypervisor | null;
  readonly cells: readonly DriverCell[];
  readonly cpus: RootCpus;
  readonly consoles: KeptConsoles;
  /** @throws Refusal what the hypervisor refuses */
  call(code: number, first: number, second?: number): number;
  /** @throws what ended the machine */
  throwEnd(): void;
}
