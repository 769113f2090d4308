import type { Hypervisor } from "../core/hypervisor.js";
import type { Arm } from "./arm.js";
import { armCounters } from "./arm-cpu.js";
import { callPsci, type PsciOutcome, psciResults } from "./psci.js";
import type { TrapFailure } from "./traps.js";

/** Number in the instruction of a call to the hypervisor (include/arch/arm-common/asm/jailhouse_hypercall.h). */
export const hypercallNumber = 0x4a48;

const architectureFunctions = {
  version: 0x8000_0000,
  features: 0x8000_0001,
  workaround1: 0x8000_8000,
  workaround2: 0x8000_7fff,
} as const;

const owners = { architecture: 0, platform: 2, standard: 4 } as const;
const version = 0x1_0001n;

/** What becomes of a trapped instruction: a PSCI outcome, or a failure that is fatal for the CPU. */
export type CallOutcome = PsciOutcome | { readonly kind: "fails"; readonly failure: TrapFailure };

/** Only the hypervisor's own number is a call to it. */
export function checkHvc(immediate: number): TrapFailure | null {
  return immediate === hypercallNumber ? null : "forbidden access";
}

/**
 * A call to firmware (`smc`), by any CPU of any cell: of all owners, the architecture, the platform and PSCI are answered
 * (arch/arm-common/smccc.c:71-145). On 32-bit processors, 64-bit calls are forbidden and U-Boot's numbers are known.
 *
 * @param registers x0 to x3, or r0 to r3
 */
export function callFirmware(
  hypervisor: Hypervisor,
  arm: Arm,
  caller: number,
  registers: readonly bigint[],
): CallOutcome {
  const [code] = registers;
  const id = Number(BigInt.asUintN(32, code!));
  if (hypervisor.machine.architecture === "arm") {
    if ((id & 0x4000_0000) !== 0) return fails("forbidden access");
    if (id >>> 8 === 0x95_c1ba) return callPsci(hypervisor, arm, caller, registers);
  }
  const { counters } = hypervisor.cpu(caller);
  switch ((id >>> 24) & 0x3f) {
    case owners.architecture:
      counters[armCounters.smccc]!++;
      return callArchitecture(hypervisor, id, registers);
    case owners.platform:
      counters[armCounters.smccc]!++;
      return result(psciResults.notSupported);
    case owners.standard:
      return callPsci(hypervisor, arm, caller, registers);
    default:
      return fails("unhandled trap");
  }
}

function callArchitecture(hypervisor: Hypervisor, id: number, registers: readonly bigint[]): CallOutcome {
  const { branchPrediction, storeBypass } = hypervisor.machine.arm!.workarounds;
  switch (id) {
    case architectureFunctions.version:
      return result(version);
    case architectureFunctions.features:
      return result(featureOf(Number(BigInt.asUintN(32, registers[1]!)), branchPrediction, storeBypass));
    case architectureFunctions.workaround2:
      // What firmware returns is taken for how the trap ended: success for "unhandled", no support for "forbidden".
      return fails(storeBypass < 0 ? "forbidden access" : "unhandled trap");
    default:
      hypervisor.print(`Unhandled SMC arch trap ${registers[0]!.toString(16)}\n`);
      return fails("unhandled trap");
  }
}

function featureOf(id: number, branchPrediction: number, storeBypass: number): bigint {
  switch (id) {
    case architectureFunctions.features:
      return psciResults.success;
    case architectureFunctions.workaround1:
      return BigInt(branchPrediction);
    case architectureFunctions.workaround2:
      return BigInt(storeBypass);
    default:
      return psciResults.notSupported;
  }
}

function result(value: bigint): CallOutcome {
  return { kind: "result", value };
}

function fails(failure: TrapFailure): CallOutcome {
  return { kind: "fails", failure };
}
