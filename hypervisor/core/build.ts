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
  /** The root cell's communication page, and the page of the loop of parked CPUs. */
  readonly rootCommPage: number;
  readonly parkingCode: number;
  /** That of the APIC on Intel; 0 on ARM, which has none. */
  readonly apicAccessPage: number;
  /** That of the code which turns the hypervisor's tables on and off on ARM; 0 on x86, which has none. */
  readonly trampolinePage: number;
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
  trampolinePage: 0,
};

const arm64 = {
  version: "v0.12",
  codeLocation: "0x0000ffffc0200800",
  coreSize: 0x1_e000,
  perCpuSize: 0x4000,
  publicPerCpuSize: 0x2000,
  cellSize: 0x2000,
  mmioSlotSize: 32,
  pciDeviceSize: 344,
  ivshmemEndSize: 208,
  consolePage: 0x1_0000,
  emptyPage: 0x1_8000,
  rootCommPage: 0x1_9000,
  parkingCode: 0x1_b000,
  apicAccessPage: 0,
  trampolinePage: 0xf000,
};

export const builds = {
  intel: { ...x86, coreSize: 0x23_1000 },
  amd: { ...x86, coreSize: 0x22_d000 },
  arm64,
  /** No build of 32 bits has been recorded: its image is taken to be as large as that of 64 bits. */
  arm: { ...arm64, codeLocation: "0xf0000800", mmioSlotSize: 16, pciDeviceSize: 320, ivshmemEndSize: 192 },
} as const satisfies Record<string, HypervisorBuild>;
