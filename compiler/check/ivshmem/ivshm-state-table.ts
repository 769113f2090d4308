import { defineRule } from "../define-rule.js";
import { sectionedEndsOf } from "../facts/ivshmem-links.js";
import { pageSize, type Region } from "../facts/region.js";
import type { Spot } from "../spot.js";
import { hex, linkText } from "../words.js";

export const ivshmStateTable = defineRule({
  id: "ivshm-state-table",
  family: "ivshmem",
  title: "State table of a link",
  severity: "error",
  otherwise: "warning where a cell can write it",
  scope: "config",
  statement:
    "The state table of a link is at least one byte long, starts a physical page, and cells can only read it.",
  explanation:
    "The hypervisor keeps the states of all ends in the first section. It writes them into the page of that region's physical address whatever size the region has, when an end is added or removed and when an end changes its state.",
  consequences: {
    elsewhere: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The hypervisor clears and writes words at the start of the page that the physical address lies in, to whomever that belongs: an empty region without an address is the first page of the machine.",
    },
    forged: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell can write the states of all other ends, and they take its word for them.",
    },
  },
  help: "use a page of its own for the state table, and grant it for reading only",
  sources: ["hypervisor/ivshmem.c:112", "hypervisor/ivshmem.c:451"],
  after: ["ivshm-regions-start", "ivshm-regions-range", "ivshm-shmem-mismatch"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K rw rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
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
      const [stateTable] = sections;
      if (stateTable === undefined) continue;
      const also = [{ at: config.spot(device), text: "the device that uses it" }];
      const { physStart } = stateTable.node;
      if (stateTable.size === 0n) {
        yield {
          at: stateTable.spot("size"),
          message: `the state table of ${linkText(device)} is empty, the hypervisor writes to ${hex(physStart - (physStart % pageSize))} all the same`,
          also,
          as: "elsewhere",
        };
      } else if (physStart % pageSize !== 0n) {
        yield {
          at: stateTable.spot("physStart"),
          message: `the state table of ${linkText(device)} is at ${hex(physStart)}, the hypervisor writes it to ${hex(physStart - (physStart % pageSize))}`,
          also: [...also, ...movedAlong(sections)],
          as: "elsewhere",
          help: "start the state table, and with it all sections of the link, at a multiple of 4K",
        };
      } else if (stateTable.write) {
        yield {
          at: stateTable.spot("flags"),
          message: `${config.title} can write the state table of ${linkText(device)}`,
          also,
          severity: "warning",
          as: "forged",
        };
      }
    }
  },
});

/** Further sections that do not begin with a page, each told at its place. */
function movedAlong([_, ...others]: readonly Region[]): readonly { at: Spot; text: string }[] {
  return others
    .filter(({ size, node }) => size > 0n && node.physStart % pageSize !== 0n)
    .map((region) => ({ at: region.spot("physStart"), text: `is at ${hex(region.node.physStart)}, too` }));
}
