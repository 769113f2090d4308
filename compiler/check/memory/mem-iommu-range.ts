import { defineRule } from "../define-rule.js";
import type { CheckedSet } from "../facts/checked-set.js";
import type { Region } from "../facts/region.js";
import { hex, regionText } from "../words.js";

/** What three and four levels of tables translate. */
const narrow = 1n << 39n;
const wide = 1n << 48n;

export const memIommuRange = defineRule({
  id: "mem-iommu-range",
  family: "memory",
  title: "Addresses beyond what an IOMMU translates",
  severity: "error",
  otherwise: "warning where only some IOMMUs refuse it and the vendor is not known",
  scope: "config",
  machines: ["x86"],
  statement: "A region that devices can reach starts within the addresses that the IOMMU translates.",
  explanation:
    "A device of a cell uses the addresses of the cell. The tables of an AMD IOMMU translate 48 bits; the hypervisor refuses a region that starts beyond, with or without `dma`. Those of Intel translate 39 bits, or 48 where a unit knows no tables of three levels; only regions with `dma` stand in them.",
  consequences: {
    create: { step: "create", outcome: "refused", errno: "E2BIG", text: "The cell is not created." },
    enable: { step: "enable", outcome: "refused", errno: "E2BIG", text: "The hypervisor is not enabled." },
    createIfNarrow: {
      step: "create",
      outcome: "refused",
      errno: "E2BIG",
      text: "The cell is not created if the VT-d units translate 39 bits, as they do wherever they can. Units that only know 48 bits take the region.",
    },
    enableIfNarrow: {
      step: "enable",
      outcome: "refused",
      errno: "E2BIG",
      text: "The hypervisor is not enabled if the VT-d units translate 39 bits, as they do wherever they can. Units that only know 48 bits take the region.",
    },
  },
  help: "map the region at a lower address; without `dma`, Intel machines take it where it is",
  sources: [
    "hypervisor/arch/x86/amd_iommu.c:218",
    "hypervisor/arch/x86/vtd.c:759",
    "hypervisor/arch/x86/vtd.c:1042",
  ],
  deliberate: true,
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 512G rw dma
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 512G - 64K rw dma
}`,
  },
  *find({ config, set }) {
    // The check came in February 2016 (4142c740), right after the widths of access.
    if (!config.hasConstant("JAILHOUSE_MEM_IO_32")) return;
    const step = config.isRoot ? "enable" : "create";
    for (const region of config.regions) {
      const start = region.node.virtStart;
      const isWide = start >= wide;
      if (region.isSubPage || !isRefused(region, set.vendor)) continue;
      yield {
        at: region.spot("virtStart"),
        message: `${regionText(region)} starts at ${hex(start)}; the IOMMU translates addresses up to ${hex((isWide ? wide : narrow) - 1n)}`,
        as: isWide ? step : `${step}IfNarrow`,
        severity: isWide || set.vendor === "intel" ? "error" : "warning",
      };
    }
  },
});

/** Where the vendor is not known: by both of them, or by Intel alone if that is what a smaller reach would do. */
function isRefused({ node, dma }: Region, vendor: CheckedSet["vendor"]): boolean {
  return vendor === "amd" ? node.virtStart >= wide : dma && node.virtStart >= narrow;
}
