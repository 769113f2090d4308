import type { Hypervisor } from "../core/hypervisor.js";
import { panicPark } from "../core/panic.js";
import { MachineHang } from "../core/refusal.js";

/**
 * The kernel writes where the root cell may not: the hypervisor takes the CPU away, and the command that runs on it never
 * comes back. Registers are not known, so that their lines are left out.
 */
export function rootFault(hypervisor: Hypervisor, address: number): never {
  const cpu = hypervisor.cpu(hypervisor.currentCpu);
  const hex = address.toString(16);
  if (hypervisor.machine.architecture === "x86") {
    hypervisor.print(`FATAL: Invalid MMIO/RAM write, addr: 0x${hex.padStart(16, "0")} size: 8\n`);
  } else {
    hypervisor.print(`Unhandled data write at 0x${hex}(1)\n`);
    hypervisor.print("\nFATAL: unhandled trap (exception class 0x24)\n");
  }
  panicPark(hypervisor, cpu);
  throw new MachineHang(
    `the root cell may not write to 0x${hex}: CPU ${cpu.id}, which runs the command, is parked`,
  );
}
