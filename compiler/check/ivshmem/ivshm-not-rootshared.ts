import { defineRule } from "../define-rule.js";
import { linkEndsOf } from "../facts/ivshmem-links.js";
import type { Region } from "../facts/region.js";
import { isData } from "../facts/section-runs.js";
import { count, linkText, ownRegionText } from "../words.js";

export const ivshmNotRootshared = defineRule({
  id: "ivshm-not-rootshared",
  family: "ivshmem",
  title: "Section of a link taken from the root cell",
  severity: "error",
  scope: "root",
  statement: "A cell shares the sections of a link with the root cell where that is a peer.",
  explanation:
    "When a cell is created, its memory is taken from the root cell, except regions with `JAILHOUSE_MEM_ROOTSHARED`. The sections of a link that the root cell has an end of need that flag in the other cells.",
  consequences: {
    taken: {
      step: "run",
      outcome: "parked",
      text: "The cell is created, and the root cell loses the section. Linux stops in the middle of its next access to it, with the CPU that made it.",
    },
  },
  help: "add the flag rootshared to all sections of the link",
  sources: ["hypervisor/control.c:528"],
  after: ["ivshm-regions-range", "ivshm-regions-start", "ivshm-peers-mismatch"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo, nobody; shared 4K }
cell other {
  use inmate(0x7100_0000, cpu = 2)
  vpci-irq 144
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw
  for n in 0-2 { memory empty }
  ivshmem  00:00.0 { regions from shm; id 2; peers 3 }
  interrupts 144
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
cell other { use inmate(0x7100_0000, cpu = 2); vpci-irq 144 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo, other; shared 4K }`,
  },
  *find({ cell, system }) {
    const rootEnds = new Map(linkEndsOf(system).map((end) => [end.device.bdf, end]));
    for (const { device, sections } of linkEndsOf(cell)) {
      const rootEnd = rootEnds.get(device.bdf);
      const [first, ...others] = sections.filter(({ hasPhysical, rootShared }) => hasPhysical && !rootShared);
      if (rootEnd === undefined || first === undefined) continue;
      const taken = [first, ...others];
      const foreign = taken.find((section) => !isData(section));
      yield {
        at: first.spot("flags"),
        message: `${count(taken.length, "section")} of ${linkText(device)} ${taken.length === 1 ? "is" : "are"} not shared with the root cell, which is a peer`,
        also: [
          ...others.map((section) => ({ at: section.spot("flags"), text: "nor is this one" })),
          { at: system.spot(rootEnd.device), text: "the root cell's end of the link" },
        ],
        ...(foreign === undefined ? {} : { help: helpFor(foreign) }),
      };
    }
  },
});

/** What a program or messages are in is to stay the cell's own: the device takes the wrong regions. */
function helpFor(foreign: Region): string {
  return `${ownRegionText(foreign)} looks like no section of a link: let the device start at the region that is the state table, count only the peers that have an output section, and add the flag rootshared to sections alone`;
}
