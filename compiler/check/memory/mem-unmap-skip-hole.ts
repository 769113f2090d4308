import { defineRule, type Hit, type RuleFix } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { Vendor } from "../facts/checked-set.js";
import type { Interval } from "../facts/intervals.js";
import { keepsIndices } from "../facts/link-regions.js";
import type { Region } from "../facts/region.js";
import { splitAt } from "../facts/region-fixes.js";
import { isTakenAsSubPage, isTakenFromRoot } from "../facts/root-memory.js";
import { firstPassedOver, mappedForRootDma, mappedInRoot, type PassedOver } from "../facts/root-unmapping.js";
import { hex, rangeText } from "../words.js";

export const memUnmapSkipHole = defineRule({
  id: "mem-unmap-skip-hole",
  family: "memory",
  title: "A part of the memory stays in the root cell",
  severity: "warning",
  otherwise: "info for devices where the vendor is not known",
  scope: "root",
  statement:
    "Where memory for a cell spans holes in the memory of the root cell, each hole starts near memory that the root cell keeps, or at a large boundary.",
  explanation:
    "To take memory from the root cell, the hypervisor walks its page tables. Where a whole block of 2M or 1G is not mapped, it goes on by the size of that block from where it stands, without going back to the start of the next block. If it stands in the middle of such a block and the next one is mapped, it passes over the first part of that. It comes to stand there where the region starts in the middle of an empty block, and where it has just taken all that was mapped in a block. VT-d has tables of its own, in which only regions with `dma` stand: they have other holes.",
  consequences: {
    kept: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The root cell keeps a part of the memory of the cell.",
    },
    devices: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The CPUs of the root cell lose the memory, but its devices go on reading and writing a part of it, unless the IOMMU knows no pages of 2M and 1G, so that its tables are walked page by page.",
    },
    devicesOnIntel: {
      step: "create",
      outcome: "isolation",
      text: "On an Intel machine the CPUs of the root cell lose the memory, but its devices go on reading and writing a part of it, unless the IOMMU knows no pages of 2M and 1G. On an AMD machine they lose all of it.",
    },
  },
  help: "split the region where the memory of the root cell begins, or start it at the boundary of the block",
  sources: ["hypervisor/paging.c:428-447", "hypervisor/arch/x86/vtd.c:1083-1090"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x8000_0000 size 512M rwx
}
cell demo {
  use inmate()
  memory at 0x7ff0_0000 size 3M rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x8000_0000 size 512M rwx
}
cell demo {
  use inmate()
  memory at 0x8000_0000 size 2M rw
}`,
  },
  *find({ cell, system, set: { vendor } }) {
    for (const region of cell.regions) {
      if (!isTakenFromRoot(region) || isTakenAsSubPage(region)) continue;
      const kept = firstPassedOver(region.phys, mappedInRoot(system));
      const keptByDevices = hasOwnTables(region, vendor)
        ? firstPassedOver(region.phys, mappedForRootDma(system))
        : undefined;
      if (kept !== undefined) yield keptHit(region, kept, system, keptByDevices);
      else if (keptByDevices !== undefined) yield devicesHit(region, keptByDevices, system, vendor);
    }
  },
});

type Found = Hit<"kept" | "devices" | "devicesOnIntel">;

/** Whether the region is taken out of tables for devices that are not those of the processor, or may be. */
function hasOwnTables({ dma, config }: Region, vendor: Vendor | null): boolean {
  return dma && config.machine === "x86" && vendor !== "amd";
}

function keptHit(
  region: Region,
  { kept, hole }: PassedOver,
  system: CheckedConfig,
  byDevices: PassedOver | undefined,
): Found {
  return {
    at: region.spot(),
    message: `${system.title} keeps ${rangeText(kept)} of ${region.config.title}`,
    label: `${wayTo(hole, region)}, where the root cell has nothing`,
    notes:
      byDevices === undefined || rangeText(byDevices.kept) === rangeText(kept)
        ? []
        : [`devices of ${system.title} keep ${rangeText(byDevices.kept)} on Intel machines`],
    fixes: splitFixes(region, kept),
  };
}

function devicesHit(
  region: Region,
  { kept, hole }: PassedOver,
  system: CheckedConfig,
  vendor: Vendor | null,
): Found {
  return {
    at: region.spot(),
    message: `devices of ${system.title} keep ${rangeText(kept)} of ${region.config.title}`,
    label: `${wayTo(hole, region)}, where devices of the root cell reach nothing`,
    as: vendor === null ? "devicesOnIntel" : "devices",
    severity: vendor === null ? "info" : "warning",
    fixes: splitFixes(region, kept),
  };
}

function wayTo(hole: bigint, { phys }: Region): string {
  return `${hole === phys.start ? "starts at" : "reaches"} ${hex(hole)}`;
}

function splitFixes(region: Region, { start }: Interval): readonly RuleFix[] {
  return keepsIndices(region) ? [splitAt(region, start)] : [];
}
