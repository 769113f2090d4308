import { counters } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import type { Arm } from "./arm.js";
import { armCounters } from "./arm-cpu.js";

/** Functions of PSCI, with the id of its 64-bit form where there is one (ARM DEN 0022). */
export const psciFunctions = {
  version: 0x8400_0000,
  cpuSuspend: 0x8400_0001,
  cpuOff: 0x8400_0002,
  cpuOn: 0x8400_0003,
  affinityInfo: 0x8400_0004,
  features: 0x8400_000a,
  cpuSuspend64: 0xc400_0001,
  cpuOn64: 0xc400_0003,
  affinityInfo64: 0xc400_0004,
} as const;

/** Of version 0.1, as U-Boot has numbered them. */
export const ubootFunctions = { cpuOff: 0x95c1_ba5f, cpuOn: 0x95c1_ba60 } as const;

/** Whether something can be asked that firmware has of version 1.1 on. */
const smcccVersion = 0x8000_0000;

export const psciResults = { success: 0n, notSupported: -1n, denied: -3n, alreadyOn: -4n } as const;
const version = 0x1_0001n;
const states = { on: 0n, off: 1n } as const;

/** What becomes of a call: the caller goes on with a result, waits for an interrupt and goes on, or is off. */
export type PsciOutcome =
  | { readonly kind: "result"; readonly value: bigint }
  | { readonly kind: "waits"; readonly value: bigint }
  | { readonly kind: "off" };

/**
 * A call of PSCI by any CPU of any cell: it reaches CPUs of its own cell only (arch/arm-common/psci.c).
 *
 * @param registers x0 to x3, or r0 to r3
 */
export function callPsci(
  hypervisor: Hypervisor,
  arm: Arm,
  caller: number,
  registers: readonly bigint[],
): PsciOutcome {
  hypervisor.cpu(caller).counters[armCounters.psci]!++;
  const [code, first] = [Number(registers[0]), registers[1]!];
  switch (code) {
    case psciFunctions.version:
      return result(version);
    case psciFunctions.cpuSuspend:
    case psciFunctions.cpuSuspend64:
      // Whatever depth of sleep is asked for, nothing is lost.
      return arm.cpu(caller).hasInterrupt
        ? result(psciResults.success)
        : { kind: "waits", value: psciResults.success };
    case psciFunctions.cpuOff:
    case ubootFunctions.cpuOff:
      arm.power.switchOff(caller);
      return { kind: "off" };
    case psciFunctions.cpuOn:
    case psciFunctions.cpuOn64:
    case ubootFunctions.cpuOn:
      return result(switchOn(hypervisor, arm, caller, registers));
    case psciFunctions.affinityInfo:
    case psciFunctions.affinityInfo64:
      return result(stateOf(hypervisor, arm, caller, first));
    case psciFunctions.features:
      return result(isKnown(Number(first)) ? psciResults.success : psciResults.notSupported);
    default:
      return result(psciResults.notSupported);
  }
}

function result(value: bigint): PsciOutcome {
  return { kind: "result", value };
}

/** The 32-bit form sees the lower halves of its arguments. */
function switchOn(
  hypervisor: Hypervisor,
  arm: Arm,
  caller: number,
  [code, ...registers]: readonly bigint[],
): bigint {
  const is64Bit = (code! & 0x4000_0000n) !== 0n;
  const [affinity, entry, context] = registers.map((each) => BigInt.asUintN(is64Bit ? 64 : 32, each));
  const target = cpuByAffinity(hypervisor, arm, caller, affinity!);
  if (target === null) return psciResults.denied;
  const cpu = arm.cpu(target);
  if (!cpu.isOff) return psciResults.alreadyOn;
  cpu.entry = entry!;
  cpu.context = context!;
  arm.power.reset(target);
  hypervisor.cpu(target).counters[counters.management]!++;
  arm.handleEvents();
  return psciResults.success;
}

function stateOf(hypervisor: Hypervisor, arm: Arm, caller: number, affinity: bigint): bigint {
  const target = cpuByAffinity(hypervisor, arm, caller, affinity);
  if (target === null) return psciResults.denied;
  return arm.cpu(target).isOff ? states.off : states.on;
}

/** A CPU of the caller's cell; null where none has this affinity. */
function cpuByAffinity(hypervisor: Hypervisor, arm: Arm, caller: number, affinity: bigint): number | null {
  const { cpus } = hypervisor.cpu(caller).cell!;
  const isMeant = (id: number): boolean => BigInt(arm.cpu(id).mpidr) === affinity;
  const found = [...cpus].find(isMeant) ?? null;
  if (found === null) {
    const cpu = [...hypervisor.cpus.keys()].find(isMeant) ?? null;
    const destination = Number(BigInt.asUintN(48, affinity));
    const { cell } = hypervisor.cpu(caller);
    hypervisor.denials.tell(cell!, caller, { kind: "ipi", cpu, destination }, "silent");
  }
  return found;
}

function isKnown(code: number): boolean {
  return code === smcccVersion || (Object.values(psciFunctions) as readonly number[]).includes(code);
}
