import { defineRule } from "../define-rule.js";
import { linksOfRegion } from "../facts/link-regions.js";
import type { Region } from "../facts/region.js";
import { dropFlags } from "../facts/region-fixes.js";
import { flagsText, regionText } from "../words.js";

export const rootMemFlags = defineRule({
  id: "root-mem-flags",
  family: "memory",
  title: "Flags that the root cell has no use for",
  severity: "warning",
  otherwise: "info for ROOTSHARED alone",
  scope: "config",
  only: "system",
  statement:
    "Regions of the root cell are neither loadable, nor shared with the root cell, nor its communication region.",
  explanation:
    "Images are loaded into other cells only, and what the root cell lists is its own. A communication region is made for every cell; the hypervisor never looks at that of the root cell.",
  consequences: {
    comm: {
      step: "enable",
      outcome: "ineffective",
      text: "Nothing complains. The root cell sees a page of the hypervisor at the address, and not the memory that the region names.",
    },
    ignored: {
      step: "enable",
      outcome: "harmless",
      text: "The flag has no effect. It hints at a region that was copied from another cell.",
    },
  },
  help: "drop the flag",
  sources: ["hypervisor/control.c:303", "driver/cell.c:306"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x4000_0000 size 64K rw loadable
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0x4000_0000 size 64K rw
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      const flags = uselessFlags(region);
      if (flags.length === 0) continue;
      const names = flagsText(region, flags);
      yield {
        at: region.spot("flags"),
        message: `${regionText(region)} is marked ${names}`,
        as: region.comm ? "comm" : "ignored",
        severity: region.comm || region.loadable ? "warning" : "info",
        fixes: isHarmless(region) ? [dropFlags(region, flags)] : [],
      };
    }
  },
});

/** What is shared is a right, and LOADABLE says nothing in the root cell. */
function isHarmless({ comm, rootShared }: Region): boolean {
  return !comm && !rootShared;
}

/** ROOTSHARED stands in the regions of shared-memory devices on both sides, as upstream's macros have it. */
function uselessFlags(region: Region): readonly string[] {
  return [
    ...(region.comm ? ["JAILHOUSE_MEM_COMM_REGION"] : []),
    ...(region.loadable ? ["JAILHOUSE_MEM_LOADABLE"] : []),
    ...(region.rootShared && linksOfRegion(region).size === 0 ? ["JAILHOUSE_MEM_ROOTSHARED"] : []),
  ];
}
