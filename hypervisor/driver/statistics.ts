import { cpuInfos } from "../core/control/info.js";
import { hypercalls } from "../core/hypercall.js";
import { Refusal } from "../core/refusal.js";
import type { Architecture } from "../machine/machine.js";
import type { DriverView } from "./driver-view.js";

const common = ["total", "mmio", "management", "hypercall"];
const arm64 = [...common, "maintenance", "virt_irq", "virt_sgi", "psci", "smccc"];

/** Names of the counters after `vmexits_`, by their number (include/arch/<arch>/asm/jailhouse_hypercall.h). */
const counterNames: Readonly<Record<Architecture, readonly string[]>> = {
  x86: [...common, "pio", "xapic", "cr", "cpuid", "xsetbv", "exception", "msr_other", "msr_x2apic_icr"],
  arm: [...arm64, "cp15"],
  arm64,
};

/** As files in the folder of a cell or of a CPU. */
export function counterFiles(architecture: Architecture): readonly string[] {
  return counterNames[architecture].map((name) => `vmexits_${name}`);
}

/** Answers of the hypervisor to questions of the driver. @returns null where it refuses to answer */
export function answerOf(driver: DriverView, code: number, first: number, second = 0): number | null {
  try {
    return driver.call(code, first, second);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** A counter of several CPUs together; what the hypervisor does not tell counts as 0 (driver/sysfs.c:75-104). */
export function counterOf(driver: DriverView, cpus: Iterable<number>, counter: number): number {
  let sum = 0;
  for (const cpu of cpus) {
    sum += answerOf(driver, hypercalls.cpuGetInfo, cpu, cpuInfos.counters + counter) ?? 0;
  }
  return sum;
}
