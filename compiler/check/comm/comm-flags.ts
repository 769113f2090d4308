import type { Hit } from "../define-rule.js";
import { defineRule } from "../define-rule.js";
import type { CheckedSet } from "../facts/checked-set.js";
import type { Region } from "../facts/region.js";
import { hex } from "../words.js";

type Key = "loadable" | "dma" | "noDma";

export const commFlags = defineRule({
  id: "comm-flags",
  family: "comm",
  title: "Communication region that is loadable or for DMA",
  severity: "error",
  otherwise: "info for DMA on AMD and Arm, and warning for DMA where the vendor is not known",
  scope: "config",
  only: "cell",
  statement: "A communication region has neither the flag LOADABLE nor the flag DMA.",
  explanation:
    "The page of the communication region belongs to the hypervisor, and only mapping it into the cell looks it up there. Loading and DMA take the physical address that the region names, which usually is 0 and belongs to the root cell.",
  consequences: {
    loadable: {
      step: "start",
      outcome: "parked",
      text: "When the cell is started after it was loaded, the root cell loses the memory at `phys_start`, and never gets it back. A CPU of the root cell that touches it is stopped.",
    },
    dma: {
      step: "create",
      outcome: "isolation",
      text: "Devices of the cell may read and write the physical memory at `phys_start`, which belongs to the root cell.",
    },
    noDma: {
      step: "create",
      outcome: "harmless",
      text: "The flag has no effect: the page of the communication region, or no memory at all, is opened for DMA.",
    },
  },
  help: "remove the flag from the region",
  sources: ["hypervisor/control.c:632", "hypervisor/control.c:711", "hypervisor/arch/x86/vtd.c:769"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  comm { flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_LOADABLE }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }`,
  },
  *find({ config, set }) {
    for (const region of config.regions) {
      if (!region.comm) continue;
      if (region.loadable) yield hitOf(region, "LOADABLE", { as: "loadable" });
      if (region.dma) yield hitOf(region, "DMA", dmaOf(config.machine === "x86", set));
    }
  },
});

/** Only VT-d has tables of its own, in which the address of the region stands. */
function dmaOf(isX86: boolean, { vendor }: CheckedSet): Pick<Hit<Key>, "as" | "severity"> {
  if (!isX86 || vendor === "amd") return { as: "noDma", severity: "info" };
  return vendor === "intel" ? { as: "dma" } : { as: "dma", severity: "warning" };
}

function hitOf(
  region: Region,
  flag: "LOADABLE" | "DMA",
  graver: Pick<Hit<Key>, "as" | "severity">,
): Hit<Key> {
  const isOpen = graver.severity === "warning";
  return {
    at: region.spot("flags"),
    message: `the communication region has the flag ${flag}, and the physical start ${hex(region.node.physStart)}`,
    ...(isOpen ? { notes: ["this matters on processors of Intel, and has no effect on those of AMD"] } : {}),
    ...graver,
  };
}
