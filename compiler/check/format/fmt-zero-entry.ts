import type { CacheRegion } from "../../ir/memory.js";
import type { IrNode } from "../../ir/node.js";
import type { PciCapability } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { isNoDevice } from "../facts/devices.js";
import { shmemRuns } from "../facts/shmem-runs.js";
import { isOfLanguage } from "../words.js";

export const fmtZeroEntry = defineRule({
  id: "fmt-zero-entry",
  family: "format",
  title: "Element that was not filled in",
  severity: "warning",
  scope: "config",
  statement: "No element of a table is all zero, but for the unused sections of shared-memory devices.",
  explanation:
    "An array of C that is declared larger than its initializer is filled up with zeros, and those elements are counted like all others. They are no use to anybody: what was meant to stand there is missing, or the array is too long.",
  consequences: {
    ignored: {
      step: "create",
      outcome: "ineffective",
      text: "Regions, ranges and interrupt controllers of zeros have no effect. A PCI device of zeros is device 00:00.0, usually the host bridge.",
    },
  },
  help: "leave the elements out, in C by declaring the array without them, or fill them in",
  helpInLanguage:
    "take out what is `empty` or all zero, or fill it in; where it keeps a place of the table free, `allow` says so",
  sources: ["include/jailhouse/cell-config.h", "hypervisor/control.c:521"],
  after: ["fmt-truncated", "fmt-trailing"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); memory empty }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); memory at 0x3b00_0000 size 1M mapped at 2M rw }`,
  },
  *find({ config }) {
    for (const { what, nodes, isEmpty } of tablesOf(config)) {
      for (const { first, last } of runsOf(nodes, isEmpty)) {
        yield { at: config.spot(nodes[first]!), message: `${whichText(what, first, last, config)} all zero` };
      }
    }
  },
});

/** Elements of C have numbers, lines of the cell language a place. */
function whichText(what: string, first: number, last: number, config: CheckedConfig): string {
  if (isOfLanguage(config)) return first === last ? `the ${what} is` : `${last - first + 1} ${what}s are`;
  return first === last ? `${what} ${first} is` : `${what}s ${first} to ${last} are`;
}

interface Table {
  /** One of its elements. */
  readonly what: string;
  readonly nodes: readonly IrNode[];
  isEmpty(index: number): boolean;
}

function tablesOf(config: CheckedConfig): readonly Table[] {
  const { cell, regions } = config;
  const unused = new Set<number>();
  for (const { start, end } of shmemRuns(config))
    for (let index = start; index < end && index < regions.length; index++) unused.add(Number(index));
  const ranges = cell.portIo.kind === "ranges" ? cell.portIo.ranges : [];
  return [
    {
      what: "memory region",
      nodes: cell.memoryRegions,
      isEmpty: (index) => regions[index]!.isZero && !unused.has(index),
    },
    {
      what: "cache region",
      nodes: cell.cacheRegions,
      isEmpty: (index) => isNoCache(cell.cacheRegions[index]!),
    },
    {
      what: "interrupt controller",
      nodes: cell.irqchips,
      isEmpty: (index) => {
        const { address, id, pinBitmap } = cell.irqchips[index]!;
        return address === 0n && id === 0n && pinBitmap === 0n;
      },
    },
    {
      what: "port range",
      nodes: ranges,
      isEmpty: (index) => ranges[index]!.base === 0 && ranges[index]!.length === 0,
    },
    { what: "PCI device", nodes: cell.pciDevices, isEmpty: (index) => isNoDevice(cell.pciDevices[index]!) },
    {
      what: "PCI capability",
      nodes: cell.pciCapabilities,
      isEmpty: (index) => isNoCapability(cell.pciCapabilities[index]!),
    },
  ];
}

function isNoCache({ start, size, type }: CacheRegion): boolean {
  return start === 0 && size === 0 && type === 0;
}

/** Type, address and capabilities: what every device has. */
function isNoCapability({ id, start, len }: PciCapability): boolean {
  return id === 0 && start === 0 && len === 0;
}

/** Stretches of empty elements. */
function* runsOf(
  nodes: readonly IrNode[],
  isEmpty: (index: number) => boolean,
): Generator<{ readonly first: number; readonly last: number }> {
  let first = -1;
  for (let index = 0; index <= nodes.length; index++) {
    const empty = index < nodes.length && isEmpty(index);
    if (empty && first < 0) first = index;
    if (!empty && first >= 0) {
      yield { first, last: index - 1 };
      first = -1;
    }
  }
}
