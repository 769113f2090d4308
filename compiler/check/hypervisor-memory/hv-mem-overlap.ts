import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type Interval, intersection } from "../facts/intervals.js";
import { linksOfRegion } from "../facts/link-regions.js";
import type { Region } from "../facts/region.js";
import { rangeText, regionText } from "../words.js";

export const hvMemOverlap = defineRule({
  id: "hv-mem-overlap",
  family: "hypervisor-memory",
  title: "Cell in the memory of the hypervisor",
  severity: "error",
  scope: "set",
  statement: "No cell has a region in the memory of the hypervisor.",
  explanation:
    "Code, page tables and data of the hypervisor lie there. It shows the root cell zeros in that place, and then maps the regions of the root cell over it, as it maps the regions of other cells, without looking at what they stand for.",
  consequences: {
    root: {
      step: "enable",
      outcome: "isolation",
      text: "Nothing complains. Linux can read and change the hypervisor, and will, if it takes the memory for free.",
    },
    cell: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The cell can read and change the hypervisor, and with it every other cell.",
    },
  },
  help: "move the region, or end it before the hypervisor and let another one begin behind it",
  sources: ["hypervisor/setup.c:70", "hypervisor/setup.c:188", "hypervisor/control.c:521"],
  after: ["mem-addr-range", "fmt-truncated", "cpu-set-unaligned"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "more" at 0x3a20_0000 size 1M rw
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "more" at 0x4000_0000 size 1M rw
}`,
  },
  *find({ set }) {
    const { system } = set;
    const memory = system?.system?.hypervisorMemory;
    if (system === null || memory === undefined) return;
    const hypervisor = { start: memory.physStart, end: memory.physStart + memory.size };
    const first = new Map<number, Region>();
    const findings = new Map<Region, Region[]>();
    for (const config of set.all) {
      for (const { region } of config.byPhysical.overlapping(hypervisor)) {
        const [link] = linksOfRegion(region);
        const reason = link === undefined ? cutFrom(region, system, hypervisor) : first.get(link);
        const followers = reason === undefined ? undefined : findings.get(reason);
        if (followers !== undefined) followers.push(region);
        else findings.set(region, []);
        if (link !== undefined && reason === undefined) first.set(link, region);
      }
    }
    for (const [region, others] of findings) {
      const shared = intersection(region.phys, hypervisor)!;
      const { config } = region;
      yield {
        at: region.spot(),
        message: `${regionText(region)} takes in ${rangeText(shared)} of the hypervisor`,
        also: [
          { at: system.spot(memory), text: `the hypervisor has ${rangeText(hypervisor)}` },
          ...others.map((other) => ({ at: other.spot(), text: `so does ${regionText(other)}` })),
        ],
        as: config.isRoot ? "root" : "cell",
        ...(linksOfRegion(region).size > 0 ? { help: "move the link" } : {}),
      };
    }
  },
});

/** The region of the root cell that brings the mistake along, where what a cell has of the hypervisor is a part of it. */
function cutFrom({ config, phys }: Region, system: CheckedConfig, hypervisor: Interval): Region | undefined {
  if (config.isRoot) return undefined;
  return system.byPhysical.containing(intersection(phys, hypervisor)!)?.region;
}
