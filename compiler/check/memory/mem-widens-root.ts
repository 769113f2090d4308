import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { byStart, intersection } from "../facts/intervals.js";
import { linksOfRegion } from "../facts/link-regions.js";
import type { PhysicalRange, Region } from "../facts/region.js";
import { physicalIndexOf } from "../facts/region-index.js";
import { listed, rangeText } from "../words.js";

export const memWidensRoot = defineRule({
  id: "mem-widens-root",
  family: "memory",
  title: "More rights than the root cell has",
  severity: "warning",
  scope: "root",
  statement: "A cell gets no rights to memory that the root cell does not have itself.",
  explanation:
    "The hypervisor maps a region for a cell with the flags of that region, whatever the root cell may do with the memory. What is read-only or not executable in the root cell is mostly so for a reason: firmware, tables, the sections of others.",
  consequences: {
    wider: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The cell can do with the memory what the root cell is kept from.",
    },
  },
  help: "give the cell the rights of the root cell, or widen those of the root cell if they are too narrow",
  sources: ["hypervisor/control.c:521"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "tables" at 0x4000_0000 size 64K r
}
cell demo {
  use inmate()
  memory "tables" at 0x4000_0000 size 64K rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "tables" at 0x4000_0000 size 64K r
}
cell demo {
  use inmate()
  memory "tables" at 0x4000_0000 size 64K r
}`,
  },
  *find({ cell, system }) {
    for (const region of cell.regions) {
      if (!region.hasPhysical || linksOfRegion(region).size > 0) continue;
      const narrower = firstNarrower(region, system);
      if (narrower === undefined) continue;
      yield {
        at: region.spot("flags"),
        message: `${cell.title} can ${listed(wider(region, narrower))} ${rangeText(intersection(region.phys, narrower.phys)!)}, and ${system.title} cannot`,
        also: [{ at: narrower.spot("flags"), text: "the root cell's rights" }],
      };
    }
  },
});

const readOnly = physicalIndexOf((root) => root.read && !root.write && linksOfRegion(root).size === 0);
const notExecutable = physicalIndexOf((root) => root.read && !root.execute && linksOfRegion(root).size === 0);

/** The first region of the root cell in the same memory that lacks a right of this one. */
function firstNarrower(region: Region, system: CheckedConfig): Region | undefined {
  const found: (PhysicalRange | undefined)[] = [
    region.write ? readOnly(system).first(region.phys) : undefined,
    countsExecution(region) ? notExecutable(system).first(region.phys) : undefined,
  ];
  const [first] = found.filter((range) => range !== undefined).sort(inOrder);
  return first?.region;
}

function inOrder(one: PhysicalRange, other: PhysicalRange): number {
  return byStart(one, other) || one.region.index - other.region.index;
}

/** ARM does not enforce the right to execute (hypervisor/arch/arm-common/mmu_cell.c:38-41). */
function countsExecution({ execute, config }: Region): boolean {
  return execute && !config.isArm;
}

function wider(region: Region, root: Region): readonly string[] {
  return [
    ...(region.write && !root.write ? ["write"] : []),
    ...(countsExecution(region) && !root.execute ? ["execute"] : []),
  ];
}
