import type { Hypervisor } from "../core/hypervisor.js";
import { panicPark } from "../core/panic.js";
import { type ArmRegisters, fatalTrap, type TrapFailure } from "./traps.js";

/** The end of a trap that is not handled: what the CPU shows of itself, and the CPU is taken from its cell. */
export function endTrap(
  hypervisor: Hypervisor,
  cpu: number,
  failure: TrapFailure,
  registers: ArmRegisters,
): void {
  hypervisor.print(fatalTrap(hypervisor.machine.architecture === "arm64", failure, registers));
  panicPark(hypervisor, hypervisor.cpu(cpu));
}
