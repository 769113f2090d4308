import { type CellConfig, memory } from "../core/config/cell-config.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { pageSize } from "../core/paging/table-format.js";
import { Refusal } from "../core/refusal.js";
import type { ConfigFile } from "./config-file.js";
import type { DriverCell } from "./driver-cell.js";
import type { Judge } from "./enable-checks.js";
import type { KernelSettings } from "./kernel.js";

/** Bytes that the kernel hands out at once at most (`KMALLOC_MAX_SIZE` of pages of 4096 bytes). */
const largestConfig = 2 ** 22;
/** Bytes of an entry of the driver's copies of tables. */
const entrySizes = { memory: 32, pciDevice: 56 } as const;

/**
 * Whether a file is a cell of the driver's revision (driver/cell.c:167-192).
 *
 * @returns false for a cell of another architecture: it is told, and nothing is refused
 */
export function isCellForMachine({ machine, log }: Judge, file: ConfigFile): boolean {
  if (file.bytes.length > largestConfig) throw new Refusal("ENOMEM");
  if (file.bytes.length < file.headerSize || !file.isSigned) {
    log.add("jailhouse: Not a cell configuration");
    throw new Refusal("EINVAL");
  }
  if (!file.hasRevision) {
    log.add("jailhouse: Configuration revision mismatch");
    throw new Refusal("EINVAL");
  }
  if (file.isFor(machine.architecture)) return true;
  log.add("jailhouse: Configuration architecture mismatch");
  return false;
}

/**
 * Copies of what the driver needs of a config, with the first number that is free (driver/cell.c:47-99). ENOMEM without any
 * memory region, and where the kernel has not as much memory as the counts ask for.
 *
 * @param cpuLimit CPUs that Linux has room for
 */
export function driverCellOf(
  { machine, kernel }: Judge,
  file: ConfigFile,
  { memoryRegions, pciDevices }: Pick<CellConfig, "memoryRegions" | "pciDevices">,
  others: readonly DriverCell[],
  cpuLimit: number,
): DriverCell {
  const regions = file.count("num_memory_regions");
  const devices = file.count("num_pci_devices");
  if (regions === 0 || regions * entrySizes.memory > kernel.ramSize) throw new Refusal("ENOMEM");
  if (devices * entrySizes.pciDevice > kernel.ramSize) throw new Refusal("ENOMEM");
  let id = 0;
  while (others.some((cell) => cell.id === id)) id++;
  const cpus = new Set(file.cpus(cpuLimit, machine.architecture === "arm" ? 32 : 64));
  return { id, name: file.cellName, cpus, memoryRegions, pciDevices };
}

/** Puts a config where the hypervisor can read it. @returns the address as the root cell has it */
export function placeConfig(hypervisor: Hypervisor, kernel: KernelSettings, bytes: Uint8Array): number {
  const address = kernel.heapAddress(hypervisor, bytes.length);
  if (address === null) throw new Refusal("ENOMEM");
  const { architecture, machine, rootCell } = hypervisor;
  const tables = architecture.tablesOf(rootCell);
  for (let done = 0; done < bytes.length; ) {
    const at = address + done;
    const room = Math.min(pageSize - (at % pageSize), bytes.length - done);
    machine.memory.writeBytes(tables.translate(at)!.physical, bytes.subarray(done, done + room));
    done += room;
  }
  return address;
}

/** What is not shared is taken from the root cell, whoever uses it there. */
export function takesMemoryOfLinux({ memoryRegions }: DriverCell, { busyMemory }: KernelSettings): boolean {
  return memoryRegions.some(
    ({ physStart, size, flags }) =>
      (flags & (memory.commRegion | memory.rootShared)) === 0n &&
      busyMemory.some(
        (range) =>
          physStart < BigInt(range.start + range.size) && BigInt(range.start) < physStart + size && size > 0n,
      ),
  );
}
