import { type ConsoleConfig, consoleFlags, type SystemConfig } from "../core/config/cell-config.js";
import { HypervisorFault, MachineHang, Refusal } from "../core/refusal.js";
import type { Machine } from "../machine/machine.js";
import type { ConfigFile } from "./config-file.js";
import type { KernelSettings } from "./kernel.js";
import type { KernelLog } from "./kernel-log.js";

/** The surroundings in which a config is judged. */
export interface Judge {
  readonly machine: Machine;
  readonly kernel: KernelSettings;
  readonly log: KernelLog;
}

/** What the C library gets from the kernel for small files: what lies behind one is zero up to here. */
const leastHeap = 0x2_1000;
/** Larger files get pages of their own. */
const ownPages = 0x2_0000;

/** Bits of physical addresses that a kernel can map: on 32-bit ARM with large ones (LPAE). */
const physicalBits = { x86: 52n, arm64: 48n, arm: 40n } as const;
const invertedGate = 0x1000;
const pageSize = 4096n;

/** Bytes from the start of a file that the kernel can read where the tool has put it. */
export function readableSize(bytes: Uint8Array): number {
  return bytes.length < ownPages ? leastHeap : Math.ceil((bytes.length + 16) / 4096) * 4096;
}

/** Signature, revision and architecture of a system, and a CPU for the root cell (driver/main.c:381-410). */
export function checkIdentity({ machine, kernel, log }: Judge, file: ConfigFile): void {
  if (kernel.obstacle === "no virtualization") {
    log.add("jailhouse: Missing or unsupported HVM technology");
    throw new Refusal("ENODEV");
  }
  if (!file.isSigned) refuse(log, "EINVAL", "Not a system configuration");
  if (!file.hasRevision) refuse(log, "EINVAL", "Configuration revision mismatch");
  if (!file.isFor(machine.architecture)) refuse(log, "EINVAL", "Configuration architecture mismatch");
  const setSize = file.count("cpu_set_size");
  if (setSize > 0 && file.headerSize + setSize > readableSize(file.bytes)) throw new Refusal("EFAULT");
  const set = file.bytes.subarray(file.headerSize, file.headerSize + setSize);
  if (set.every((byte) => byte === 0)) throw new Refusal("EINVAL");
}

/** What the kernel has to have before a hypervisor can be loaded (driver/main.c:419-447). */
export function checkKernel({ machine, kernel, log }: Judge): void {
  const { obstacle } = kernel;
  if (obstacle === "no HYP mode") refuse(log, "ENODEV", "HYP mode not available");
  if (obstacle === "virtualization disabled") refuse(log, "ENODEV", "VT-x disabled by Firmware/BIOS");
  const { architecture, vendor } = machine;
  const image = architecture === "x86" ? `jailhouse-${vendor}.bin` : "jailhouse.bin";
  if (obstacle === "no firmware") {
    log.add(` jailhouse: firmware: failed to load ${image} (-2)`);
    log.add("firmware_class: See https://wiki.debian.org/Firmware for information about missing firmware");
    log.add(` jailhouse: Direct firmware load for ${image} failed with error -2`);
    refuse(log, "ENOENT", `Missing hypervisor image ${image}`);
  }
  log.add(` jailhouse: firmware: direct-loading firmware ${image}`);
}

function addressLimit({ architecture }: Machine): bigint {
  return 1n << physicalBits[architecture];
}

/** Where Linux maps the hypervisor on x86 and 32-bit ARM there are 256 MiB up to the end of the address space, a page of them for a gap. */
const mappableSize = 0x1000_0000n - 2n * pageSize;
/** The kernel of 64-bit ARM clears all of it: a machine is taken to have no more memory than that. */
const clearableSize = 2n ** 34n;

/**
 * The hypervisor's memory must be free, and mappable (driver/main.c:470-488).
 *
 * @throws MachineHang where the kernel would clear memory that no machine has
 * @throws HypervisorFault where it begins within a page: code and data are at other places than they were linked for
 */
export function checkHypervisorMemory({ machine, kernel, log }: Judge, config: SystemConfig): void {
  const { physStart, size } = config.hypervisorMemory;
  const isFree =
    physStart + size <= addressLimit(machine) &&
    !kernel.busyMemory.some(
      (range) => physStart < BigInt(range.start + range.size) && BigInt(range.start) < physStart + size,
    );
  if (!isFree) {
    log.add("jailhouse: request_mem_region failed for hypervisor memory.");
    refuse(log, "EINVAL", 'Did you reserve the memory with "memmap=" or "mem="?');
  }
  if (machine.architecture !== "arm64" && size > mappableSize)
    refuse(log, "EINVAL", `Unable to map RAM reserved for hypervisor at ${address(physStart)}`);
  if (machine.architecture === "arm64" && size > clearableSize)
    throw new MachineHang("the kernel clears memory that is not there");
  // ARM64 finds out by itself, before it prints anything.
  if (machine.architecture !== "arm64" && physStart % pageSize !== 0n)
    throw new HypervisorFault(null, "the hypervisor does not lie where it was linked to lie");
}

/**
 * A board may have no memory where its config puts the hypervisor.
 *
 * @throws MachineHang the kernel does not survive what comes of it
 */
export function checkMemoryIsThere({ machine }: Judge, { hypervisorMemory }: SystemConfig): void {
  const { physStart, size } = hypervisorMemory;
  const gap = machine.memory.gapIn(Number(physStart), Number(size));
  if (gap === null) return;
  const end =
    machine.architecture === "x86"
      ? "the image is lost, and CPUs jump into nothing"
      : "the kernel takes an abort";
  throw new MachineHang(`no memory is at 0x${gap.toString(16)}, where the hypervisor is to be: ${end}`);
}

/** All of the config must be readable (driver/main.c:529). */
export function checkConfigIsThere(file: ConfigFile, size: number): void {
  if (size > readableSize(file.bytes)) throw new Refusal("EFAULT");
}

/** Opens the clock gate of the console, and maps a console in memory where the hypervisor cannot (driver/main.c:534-570). */
export function prepareConsole({ machine, kernel, log }: Judge, console: ConsoleConfig): void {
  const { clockReg, flags, gateNr } = console;
  if (clockReg !== 0n) {
    if (!isMappable(machine, kernel, clockReg, 4)) {
      refuse(log, "EINVAL", `Unable to map clock register at ${address(clockReg)}`);
    }
    const gates = machine.memory.read(Number(clockReg), 4);
    const gate = 1n << BigInt(gateNr % 32);
    const opened = (flags & invertedGate) !== 0 ? gates & ~gate : gates | gate;
    machine.memory.write(Number(clockReg), 4, BigInt.asUintN(32, opened));
  }
  if (machine.architecture === "arm64" || (flags & consoleFlags.mmio) === 0) return;
  if (!isMappable(machine, kernel, console.address, console.size)) {
    refuse(log, "EINVAL", `Unable to map hypervisor debug console at ${address(console.address)}`);
  }
}

/** As registers: not memory that Linux uses, and not beyond all addresses. */
function isMappable(machine: Machine, { busyMemory }: KernelSettings, start: bigint, size: number): boolean {
  const end = start + BigInt(size);
  if (size === 0 || end > addressLimit(machine)) return false;
  return !busyMemory.some((range) => start < BigInt(range.start + range.size) && BigInt(range.start) < end);
}

function address(value: bigint): string {
  return value.toString(16).padStart(8, "0");
}

function refuse(log: KernelLog, errno: "EINVAL" | "ENODEV" | "ENOENT", text: string): never {
  log.add(`jailhouse: ${text}`);
  throw new Refusal(errno);
}
