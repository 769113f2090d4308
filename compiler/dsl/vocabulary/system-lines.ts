import { clause, type LineShape, singleValue } from "./shape.js";

/** Lines that only a system has. */

export const settingLines: readonly LineShape[] = [
  {
    word: "architecture",
    says: "the machines that it is for",
    example: "architecture arm64",
    lead: "values",
    single: true,
  },
  { word: "revision", says: "revision of the format", example: "revision 14", lead: "free", single: true },
  { word: "profile", says: "state of the format", example: "profile v0.12", lead: "free", single: true },
];

export const gicLine: LineShape = {
  word: "gic",
  says: "the interrupt controller of ARM",
  example: "gic v3 { gicd 0x800_0000; gicr 0x80a_0000; maintenance-irq 25 }",
  lead: "free",
  block: "gic",
  needsBlock: true,
  single: true,
};

export const systemLines: readonly LineShape[] = [
  ...settingLines,
  {
    word: "hypervisor",
    says: "memory of the hypervisor",
    example: "hypervisor at 0x3a00_0000 size 6M",
    clauses: [
      clause("at", "number", "first address"),
      clause("size", "number", "bytes"),
      clause("mapped", "number", "address that the format also has room for", "at"),
    ],
    flags: "memoryFlags",
    block: "raw",
    single: true,
  },
  {
    word: "pci",
    says: "configuration space of PCI",
    example: "pci mmconfig at 0xb000_0000 buses 0-255",
    lead: "none",
    clauses: [
      clause("at", "number", "address of the configuration space"),
      clause("buses", "ranges", "0 to the last bus"),
      clause("domain", "number", "segment number for Linux, `auto` to let it choose"),
    ],
    words: [
      { word: "mmconfig", says: "the space is mapped memory" },
      { word: "virtual", says: "the machine has no PCI; the hypervisor makes up a host controller" },
    ],
    single: true,
  },
  {
    word: "iommu",
    says: "an IOMMU of the machine",
    example: "iommu intel at 0xfed9_0000 size 4K",
    lead: "free",
    clauses: [
      clause("at", "number", "address of the registers"),
      { ...clause("size", "number", "bytes of the registers"), behind: { word: "tlb", is: "tlb-size" } },
      clause("tlb", "number", "address of the TLB entries", "at"),
      clause("tlb-size", "number", "bytes of the TLB entries"),
    ],
    block: "iommu",
  },
  {
    word: "x86",
    says: "facts about the machine",
    example: "x86 { pm-timer 0x608 }",
    block: "x86",
    needsBlock: true,
    single: true,
  },
  gicLine,
  singleValue("interrupt-limit", "interrupts that VT-d can remap at most", "interrupt-limit 256"),
  singleValue("pages", "page size of the hosts, for links", "pages 64K"),
  {
    word: "files",
    says: "names of the output files, `*` standing for the name of the cell",
    example: 'files "qemu-arm64-*"',
    lead: "values",
    single: true,
  },
];

export const x86Lines: readonly LineShape[] = [
  singleValue("pm-timer", "port of the ACPI power-management timer", "pm-timer 0x608"),
  singleValue("vtd-interrupt-limit", "interrupts that VT-d can remap at most", "vtd-interrupt-limit 256"),
  {
    word: "apic-mode",
    says: "auto, xapic or x2apic",
    example: "apic-mode xapic",
    lead: "free",
    single: true,
  },
  singleValue("tsc-khz", "frequency of the time-stamp counter, 0 to measure it", "tsc-khz 2600000"),
  singleValue("apic-khz", "frequency of the APIC timer, 0 to measure it", "apic-khz 1000000"),
];

export const gicLines: readonly LineShape[] = [
  singleValue("gicd", "address of the distributor", "gicd 0x800_0000"),
  singleValue("gicc", "address of the CPU interface", "gicc 0x801_0000"),
  singleValue("gich", "address of the hypervisor interface", "gich 0x803_0000"),
  singleValue("gicv", "address of the virtual CPU interface", "gicv 0x804_0000"),
  singleValue("gicr", "address of the redistributors", "gicr 0x80a_0000"),
  singleValue("maintenance-irq", "number of the maintenance interrupt", "maintenance-irq 25"),
];

export const iommuLines: readonly LineShape[] = [
  {
    word: "bdf",
    says: "address of the IOMMU itself (AMD)",
    example: "bdf 00:00.2",
    lead: "values",
    single: true,
  },
  singleValue("base-cap", "offset of its own capability (AMD)", "base-cap 0x40"),
  singleValue("msi-cap", "offset of the MSI capability (AMD)", "msi-cap 0x54"),
  singleValue("features", "overrides the extended feature register (AMD)", "features 0x80048824"),
];
