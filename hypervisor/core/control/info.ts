import { isConfiguredCpu } from "../enable/enable.js";
import type { Hypervisor } from "../hypervisor.js";
import { Refusal } from "../refusal.js";

/** Questions about the hypervisor: `JAILHOUSE_INFO_*` (include/jailhouse/hypercall.h). */
export const hypervisorInfos = { memSize: 0, memUsed: 1, remapSize: 2, remapUsed: 3, cells: 4 } as const;
/** Questions about a CPU: its state, or the counter n at `counters` + n. */
export const cpuInfos = { state: 0, counters: 1000 } as const;
export const cpuStates = { running: 0, failed: 2 } as const;

/** Any cell may ask (hypervisor/control.c:896). */
export function hypervisorInfo({ pool, remapPool, cells }: Hypervisor, type: number): number {
  switch (type) {
    case hypervisorInfos.memSize:
      return pool.pages;
    case hypervisorInfos.memUsed:
      return pool.used;
    case hypervisorInfos.remapSize:
      return remapPool.pages;
    case hypervisorInfos.remapUsed:
      return remapPool.used;
    case hypervisorInfos.cells:
      return cells.length + 1;
    default:
      throw new Refusal("EINVAL");
  }
}

/** The root cell may ask about any CPU, others about their own (hypervisor/control.c:915). Counters have 31 bits. */
export function cpuInfo(hypervisor: Hypervisor, id: number, type: number): number {
  if (!isConfiguredCpu(hypervisor, id)) throw new Refusal("EINVAL");
  const { cell } = hypervisor.cpu(hypervisor.currentCpu);
  if (cell !== hypervisor.rootCell && !cell!.cpus.has(id)) throw new Refusal("EPERM");
  const cpu = hypervisor.cpu(id);
  if (type === cpuInfos.state) return cpu.failed ? cpuStates.failed : cpuStates.running;
  const counter = type - cpuInfos.counters;
  if (counter < 0 || counter >= hypervisor.architecture.counters) throw new Refusal("EINVAL");
  return cpu.counters[counter]! & 0x7fff_ffff;
}
