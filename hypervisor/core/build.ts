/**
 * Sizes of a built hypervisor. They depend on compiler and options; these are those of builds of upstream's HEAD
 * (read from the images, and confirmed by the page counts that running ones print).
 */
export interface HypervisorBuild {
  /** What it calls itself (`git describe` of upstream's tree). */
  readonly version: string;
  /** Where its code is linked to, as printed. */
  readonly codeLocation: string;
  /** Image with its zeroed data, `core_size` of its header, in bytes. */
  readonly coreSize: number;
  /** `percpu_size` of its header, in bytes. */
  readonly perCpuSize: number;
  /** The part of the per-CPU data that other CPUs may read, in bytes. */
  readonly publicPerCpuSize: number;
  /** `struct cell`, in bytes; the communication page comes first. */
  readonly cellSize: number;
  /** An entry of the table of trapped regions, in bytes (hypervisor/include/jailhouse/mmio.h). */
  readonly mmioSlotSize: number;
  /** `struct pci_device`, in bytes. */
  readonly pciDeviceSize: number;
  /** `struct ivshmem_endpoint`, in bytes: a link has 12 of them. */
  readonly ivshmemEndSize: number;
  /** Pages of the image that others see, from its start in bytes: the console ring, and a page of zeros. */
  readonly consolePage: number;
  readonly emptyPage: number;
  /** The root cell's communication page, the page of the loop of parked CPUs, and that of the APIC on Intel. */
  readonly rootCommPage: number;
  readonly parkingCode: number;
  readonly apicAccessPage: number;
}

const version = "v0.12 (324-ge57d1eff)";
const x86 = {
  version,
  codeLocation: "0xfffffffff0000050",
  perCpuSize: 0x6000,
  publicPerCpuSize: 0x2000,
  cellSize: 0x4000,
  mmioSlotSize: 32,
  pciDeviceSize: 344,
  ivshmemEndSize: 304,
  consolePage: 0x1_4000,
  emptyPage: 0xd000,
  rootCommPage: 0x1_6000,
  parkingCode: 0x1_7000,
  apicAccessPage: 0x1_8000,
};

export const builds = {
  intel: { ...x86, coreSize: 0x23_1000 },
  amd: { ...x86, coreSize: 0x22_d000 },
} as const satisfies Record<string, HypervisorBuild>;
