import { clause, type LineShape } from "./shape.js";

/** Lines of a cell; those of a system are these and more. */

const place = [clause("at", "number", "first address on the machine"), clause("size", "number", "bytes")];

const device = {
  block: "device",
  lead: "values",
  label: "label",
} as const;

export const memoryLine: LineShape = {
  word: "memory",
  says: "a region of memory or device registers, and what may be done with it",
  example: "memory ram at 0x3ef0_0000 size 1M mapped at 0 rwx loadable",
  label: "label",
  lead: "values",
  clauses: [
    ...place,
    clause("first", "number", "bytes from the start of another region"),
    clause("last", "number", "bytes up to the end of another region"),
    clause("of", "name", "the region that `first` or `last` is a part of"),
    clause("from", "name", "the pool or region from which the compiler takes a free part"),
    clause("align", "number", "what the address is a multiple of"),
    clause("mapped", "number", "where the cell sees it", "at"),
    clause("times", "number", "how many of them"),
  ],
  words: [
    { word: "empty", says: "an element that is all zero" },
    { word: "none", says: "no rights" },
  ],
  flags: "memoryFlags",
  block: "raw",
};

export const ioportsLine: LineShape = {
  word: "ioports",
  says: "x86 ports that the cell may use",
  example: "ioports com1 0x3f8-0x3ff",
  label: "label",
  lead: "values",
  words: [{ word: "none", says: "a bitmap that allows no port" }],
  block: "raw",
};

export const irqchipLine: LineShape = {
  word: "irqchip",
  says: "pins of an interrupt controller that belong to the cell",
  example: "irqchip ioapic at 0xfec0_0000 id 0xff00 pins 0-23",
  label: "name",
  clauses: [
    clause("at", "number", "address of the controller's registers"),
    clause("id", "number", "of an I/O APIC"),
    clause("base", "number", "the interrupt of the first bit"),
    clause("pins", "ranges", "the interrupts, `none` for none"),
  ],
  words: [{ word: "empty", says: "an element that is all zero" }],
  block: "raw",
};

export const deviceLine: LineShape = {
  word: "device",
  says: "a PCI device of the machine",
  example: 'device 00:1f.2 "AHCI" { msi 1 64bit }',
  ...device,
};

export const bridgeLine: LineShape = {
  word: "bridge",
  says: "a PCI bridge of the machine",
  example: "bridge 00:1c.0",
  ...device,
};

export const consoleLine: LineShape = {
  word: "console",
  says: "a UART or frame buffer for output",
  example: "console 8250 pio at 0x3f8",
  lead: "free",
  clauses: [
    ...place,
    clause("on", "name", "the memory region that its registers are"),
    clause("divider", "number", "divides the input clock for the baud rate; 0 leaves the setting alone"),
    clause("clock", "number", "address of the register that opens the clock gate"),
    clause("gate", "number", "bit of that register"),
  ],
  words: [
    { word: "none", says: "no console" },
    { word: "pio", says: "registers are ports" },
    { word: "mmio", says: "registers are memory, one byte apart" },
    { word: "mmio32", says: "registers are memory, four bytes apart" },
  ],
  flags: "consoleFlags",
  block: "raw",
  single: true,
};

export const capabilityLine: LineShape = {
  word: "capability",
  says: "a PCI capability that the cell may see",
  example: "capability msi at 0xd0 size 14 writable",
  lead: "free",
  clauses: [clause("at", "number", "offset in configuration space"), clause("size", "number", "bytes")],
  words: [{ word: "writable", says: "the cell may write to it" }],
  flags: "capabilityFlags",
  block: "raw",
};

export const cellLines: readonly LineShape[] = [
  memoryLine,
  ioportsLine,
  irqchipLine,
  deviceLine,
  bridgeLine,
  consoleLine,
  capabilityLine,
  {
    word: "ivshmem",
    says: "one end of a shared-memory device for which no link is declared",
    example: "ivshmem 00:0e.0 { regions from state; id 1; peers 2; vectors 2 }",
    lead: "values",
    label: "label",
    block: "ivshmem",
  },
  {
    word: "cpus",
    says: "the CPUs of the cell, by their logical numbers",
    example: "cpus 0-3,5",
    lead: "values",
    clauses: [clause("size", "number", "bytes of the set")],
    words: [{ word: "none", says: "no CPU" }],
    single: true,
  },
  {
    word: "comm",
    says: "the page through which cell and hypervisor talk",
    example: "comm at 1M",
    clauses: [clause("at", "number", "where the cell sees it")],
    block: "raw",
    single: true,
  },
  {
    word: "link",
    says: "regions and device of a link, at this place of the tables",
    example: "link demo { peers 1 }",
    label: "name",
    block: "link-end",
  },
  {
    word: "cache",
    says: "a part of a cache",
    example: "cache l3 ways 0-1",
    lead: "free",
    clauses: [clause("ways", "ranges", "first to last way")],
    flags: "cacheFlags",
    block: "raw",
  },
  {
    word: "interrupts",
    says: "interrupts of the GIC, 32 being the first SPI",
    example: "interrupts 52, 125, 185-186",
    lead: "free",
    clauses: [clause("base", "number", "the interrupt of the first bit")],
    words: [
      { word: "spi", says: "numbers count from the first SPI" },
      { word: "none", says: "an element without interrupts" },
    ],
    block: "raw",
  },
  {
    word: "streams",
    says: "streams of transactions before an SMMU",
    example: "streams 0x11-0x13 mask 0x7f8",
    lead: "values",
    clauses: [clause("mask", "number", "bits of the id that are ignored (MMU-500)")],
    block: "raw",
  },
  {
    word: "flags",
    says: "flags of the cell or, in a system, of the system",
    example: "flags passive-commreg, virtual-console-permitted",
    lead: "free",
    single: true,
  },
  {
    word: "vpci-irq",
    says: "first of the four interrupts of the virtual PCI host controller",
    example: "vpci-irq 155",
    lead: "values",
    clauses: [clause("from", "name", "the pool from which the compiler takes four")],
    single: true,
  },
  {
    word: "reset",
    says: "where the CPUs of the cell start (ARM)",
    example: "reset at 0x1000",
    clauses: [clause("at", "number", "address as the cell sees it")],
    single: true,
  },
  {
    word: "reply-timeout",
    says: "how long the hypervisor waits for the cell's answer",
    example: "reply-timeout 1000",
    lead: "values",
    single: true,
  },
  {
    word: "id",
    says: "number of the cell, which the driver overwrites",
    example: "id 3",
    lead: "values",
    single: true,
  },
  {
    word: "irq-line",
    says: "an interrupt line, before July 2014",
    example: "irq-line 4 chip 0",
    lead: "values",
    clauses: [clause("chip", "number", "index of the controller")],
    block: "raw",
  },
];
