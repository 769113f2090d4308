import {
  bridgeLine,
  cellLines,
  consoleLine,
  deviceLine,
  ioportsLine,
  irqchipLine,
  memoryLine,
} from "./cell-lines.js";
import { deviceLines, ivshmemLines, linkEndLines, linkLines } from "./device-lines.js";
import { type BlockPlace, clause, type LineShape, type Shapes, shapes } from "./shape.js";
import { gicLine, gicLines, iommuLines, settingLines, systemLines, x86Lines } from "./system-lines.js";

/** Lines that may stand in any block. */
const generalLines: readonly LineShape[] = [
  { word: "const", says: "a value with a name", example: "const com1 = 0x3f8", label: "name", assigns: true },
  { word: "if", says: "statements under a condition", example: "if revision >= 12 { ... }", lead: "values" },
  { word: "for", says: "statements for each value", example: "for n in 0-3 { ... }", lead: "free" },
  {
    word: "use",
    says: "the statements of a fragment",
    example: "use bare-metal(0x3ee0_0000)",
    lead: "values",
  },
];

const fileOnly: readonly LineShape[] = [
  { word: "import", says: "what another file declares", example: 'import "common.jail"', lead: "values" },
  {
    word: "option",
    says: "a value that the command line can override with -D",
    example: "option emmc = false",
    label: "name",
    assigns: true,
  },
  {
    word: "system",
    says: "the machine: hypervisor, platform and root cell",
    example: 'system qemu-x86 "QEMU-VM" { ... }',
    lead: "free",
    block: "system",
    needsBlock: true,
  },
  {
    word: "cell",
    says: "a cell",
    example: "cell apic-demo { ... }",
    lead: "free",
    block: "cell",
    needsBlock: true,
  },
  {
    word: "link",
    says: "shared memory between cells",
    example: "link demo at 0x3f0f_0000 { ... }",
    label: "name",
    clauses: [
      clause("at", "number", "address of the first section"),
      clause("from", "name", "the pool from which the compiler takes the sections"),
    ],
    block: "link",
    needsBlock: true,
  },
  {
    word: "pool",
    says: "what the compiler may hand out",
    example: "pool inmates at 0x3a60_0000 size 74M",
    label: "name",
    clauses: [
      clause("at", "number", "first address"),
      clause("size", "number", "bytes"),
      clause("slots", "ranges", "addresses of virtual PCI devices"),
      clause("interrupts", "ranges", "interrupts of the GIC"),
    ],
  },
  {
    word: "fragment",
    says: "statements with parameters",
    example: "fragment bare-metal(ram, size = 1M) { ... }",
    lead: "values",
    block: "cell",
    needsBlock: true,
  },
  {
    word: "scenario",
    says: "the cells that run together",
    example: "scenario bench { apic-demo; ivshmem-demo }",
    label: "name",
    block: "scenario",
    needsBlock: true,
  },
  {
    word: "assert",
    says: "what must hold",
    example: "assert only root can reach memory ram",
    lead: "free",
  },
  {
    word: "allow",
    says: "what is deliberate",
    example: 'allow mem-overlap-phys-in-cell in a because "the alias is deliberate"',
    lead: "free",
  },
];

const scenarioLines: readonly LineShape[] = [
  {
    word: "expect",
    says: "what a cell can do, or cannot, when the scenario runs in the simulator",
    example: "expect apic-demo cannot read memory 0x3a00_0000",
    lead: "free",
  },
  {
    word: "run",
    says: "accesses of a cell, from a file",
    example: 'run apic-demo "boot.trace"',
    lead: "free",
  },
];

/** A file as a whole, for messages about its lines. */
export const fileLine: LineShape = {
  word: "file",
  says: "a machine, or a part of one",
  example: "",
  lead: "free",
};

const byPlace: Readonly<Record<BlockPlace, Shapes>> = {
  file: shapes(generalLines, fileOnly, settingLines, [
    memoryLine,
    ioportsLine,
    irqchipLine,
    deviceLine,
    bridgeLine,
    { ...consoleLine, single: false },
    gicLine,
  ]),
  system: shapes(generalLines, cellLines, systemLines),
  cell: shapes(generalLines, cellLines),
  link: shapes(generalLines, linkLines),
  "link-end": shapes(generalLines, linkEndLines),
  device: shapes(generalLines, deviceLines),
  ivshmem: shapes(generalLines, ivshmemLines),
  gic: shapes(generalLines, gicLines),
  x86: shapes(generalLines, x86Lines),
  iommu: shapes(generalLines, iommuLines),
  scenario: shapes(generalLines, scenarioLines),
  raw: shapes(generalLines),
};

const homes: readonly (readonly [BlockPlace, string])[] = [
  ["file", "at the top of a file"],
  ["cell", "in a cell"],
  ["system", "in a system"],
  ["link", "in a link"],
  ["device", "in a device"],
  ["ivshmem", "in an `ivshmem`"],
  ["gic", "in `gic`"],
  ["x86", "in `x86`"],
  ["iommu", "in an `iommu`"],
  ["scenario", "in a scenario"],
];

/** Where a word that has no place in a block would have one: "in a system". The nearest two. */
export function homesOf(word: string): readonly string[] {
  const found = homes.filter(([place]) => byPlace[place].has(word));
  return found.slice(0, 2).map(([, where]) => where);
}

/** The words of all blocks. */
export function knownWords(): ReadonlySet<string> {
  return new Set(Object.values(byPlace).flatMap((each) => [...each.keys()]));
}

export function isKnownWord(word: string): boolean {
  return Object.values(byPlace).some((each) => each.has(word));
}

/** The lines that a kind of block has. */
export function linesOf(place: BlockPlace): Shapes {
  return byPlace[place];
}
