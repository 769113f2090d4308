import { defineRule } from "../define-rule.js";
import { sectionedEndsOf } from "../facts/ivshmem-links.js";
import { hex, linkText, sectionText } from "../words.js";

export const ivshmNoncontiguous = defineRule({
  id: "ivshm-noncontiguous",
  family: "ivshmem",
  title: "Gap between the sections of a link",
  severity: "warning",
  scope: "config",
  statement: "A cell sees the sections of a link one behind the other.",
  explanation:
    "The device tells its software one address, that of the state table, and the sizes of the sections. The software adds them up; addresses of the other regions are not told.",
  consequences: {
    elsewhere: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The cell's software takes what follows in its address space for the section: other memory of the cell, or nothing, so that the access stops its CPU.",
    },
  },
  help: "map each section where the one before it ends; sections of size 0 take no room",
  sources: ["hypervisor/ivshmem.c:510"],
  after: [
    "ivshm-peers-mismatch",
    "ivshm-regions-start",
    "ivshm-state-table",
    "mem-overlap-virt-in-cell",
    "ivshm-regions-range",
  ],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K mapped at 0x7e90_0000 rw rootshared
  for n in 0-1 { memory empty }
  ivshmem  00:00.0 { regions from shm; id 1; peers 2 }
  interrupts 140
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ config }) {
    for (const { device, sections } of sectionedEndsOf(config)) {
      const [first] = sections;
      if (first === undefined) continue;
      let next = first.node.virtStart;
      for (const [index, section] of sections.entries()) {
        if (section.size === 0n) continue;
        const { virtStart } = section.node;
        if (virtStart !== next) {
          yield {
            at: section.spot("virtStart"),
            message: `${sectionText(index, device)} of ${linkText(device)} is mapped at ${hex(virtStart)}, the sections before it end at ${hex(next)}`,
            also: [{ at: config.spot(device), text: "the device that uses it" }],
          };
          break;
        }
        next += section.size;
      }
    }
  },
});
