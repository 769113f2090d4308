import { accessFlags } from "../core/access-flags.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { heapAddress } from "./kernel-heap.js";

/** What keeps the driver from enabling anything, whatever the config says (driver/main.c:381-447). */
export type Obstacle =
  /** x86: neither VMX nor SVM. */
  | "no virtualization"
  /** Intel: the firmware has locked VMX. */
  | "virtualization disabled"
  /** 32-bit ARM: the kernel was not started in HYP mode. */
  | "no HYP mode"
  | "no firmware";

export interface MemoryRange {
  readonly start: number;
  /** In bytes. */
  readonly size: number;
}

/** What the driver finds of the Linux that it is a module of, and of its machine. */
export interface KernelSettings {
  readonly obstacle: Obstacle | null;
  /** Memory that the kernel may hand out for tables, in bytes: larger ones are refused. */
  readonly ramSize: number;
  /** Physical memory that is in use (`/proc/iomem`): the hypervisor cannot be put there, and Linux does not go on without it. */
  readonly busyMemory: readonly MemoryRange[];
  /** Frequencies that go into a system config of x86 that has none. */
  readonly tscKhz: number;
  readonly apicKhz: number;
  /** Page at which CPUs of x86 begin: the vector of their start. */
  readonly startVector: number;
  /** First address that the kernel gives to registers of PCI devices that appear. */
  readonly pciWindow: number;
  /** ARM: identification of the processors (MIDR). */
  readonly midr: number;
  /** ARM: the first redistributor of a GICv3; null for another interrupt controller. */
  readonly redistributors: number | null;
  /** The kernel can add a virtual PCI host to its device tree. */
  readonly hasDeviceTreeOverlays: boolean;
  /** Where a config is put for the hypervisor: an address of the root cell; null where there is no memory. */
  readonly heapAddress: (hypervisor: Hypervisor, size: number) => number | null;
}

export const usualKernel: KernelSettings = {
  obstacle: null,
  ramSize: 2 ** 30,
  busyMemory: [],
  tscKhz: 2_600_000,
  apicKhz: 1_000_000,
  startVector: 0x99,
  pciWindow: 0xfe80_0000,
  midr: 0x411f_d070,
  redistributors: null,
  hasDeviceTreeOverlays: true,
  heapAddress,
};

/** Whether Linux can go on as a root cell: the memory that it uses is still there, as far as its beginnings tell. */
export function hasMemory(hypervisor: Hypervisor, { busyMemory, ...kernel }: KernelSettings): boolean {
  const { architecture, rootCell } = hypervisor;
  const tables = architecture.tablesOf(rootCell);
  const isThere = ({ start }: MemoryRange): boolean =>
    tables.translate(start, architecture.readable | accessFlags.write) !== null;
  return busyMemory.every(isThere) && kernel.heapAddress(hypervisor, 1) !== null;
}
