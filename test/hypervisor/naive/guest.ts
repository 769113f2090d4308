import { CpuParked, CpuStopped } from "../../../hypervisor/run/program-end.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import type { CellMachine } from "../run/cell-machine.js";

/** Registers that are printed when a CPU is parked. */
const dump = /^(RIP|RAX|RDX|CS|CR0|EFER): /;

/** A CPU of a cell, for accesses that are made one by one. */
export function guestOf(machine: CellMachine, cpu: number): X86Cpu {
  return machine.programs.run(cpu, function* () {});
}

/**
 * What an access comes to, in words: the value that was read, or nothing; then what the hypervisor had to say, and whether it
 * has parked the CPU.
 *
 * @param goesOn the CPU may go on all the same
 */
export function outcomeOf(
  machine: CellMachine,
  cpu: X86Cpu,
  access: () => number | bigint | undefined,
  goesOn = true,
): string {
  const parts: string[] = [];
  try {
    const value = access();
    parts.push(value === undefined ? "done" : value.toString(16));
  } catch (error) {
    if (!(error instanceof CpuParked) && !(error instanceof CpuStopped)) throw error;
    if (error instanceof CpuStopped) parts.push("stopped");
    const state = machine.hypervisor.cpu(cpu.id);
    if (state.failed !== error instanceof CpuParked) parts.push("not parked");
    if (goesOn) state.failed = false;
    if (goesOn) state.stopped = false;
  }
  parts.push(...machine.takeConsole().filter((line) => !dump.test(line)));
  return parts.join("; ");
}

/** The same in a step of the CPU's own: devices that every CPU has for itself ask who runs. */
export function outcomeOfStep(
  machine: CellMachine,
  cpu: number,
  access: (own: X86Cpu) => number | bigint | undefined,
  goesOn = true,
): string {
  let outcome = "no step";
  machine.programs.run(cpu, function* (own) {
    outcome = outcomeOf(machine, own, () => access(own), goesOn);
  });
  machine.run(0);
  return outcome;
}

/** The end of an access that the hypervisor does not allow. */
export function parked(reason: string, cpu: number, cell: string): string {
  return `${reason}; Parking CPU ${cpu} (Cell: "${cell}")`;
}
