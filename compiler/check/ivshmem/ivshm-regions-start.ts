import { defineRule } from "../define-rule.js";
import { endPairsOf, type LinkEnd } from "../facts/ivshmem-links.js";
import type { Region } from "../facts/region.js";
import { sameSectionsIn } from "../facts/section-runs.js";
import { linkText, ownRegionText } from "../words.js";

export const ivshmRegionsStart = defineRule({
  id: "ivshm-regions-start",
  family: "ivshmem",
  title: "Link starts at another region than its state table",
  severity: "error",
  scope: "set",
  statement: "A shared-memory device starts at the region that is the state table of its link.",
  explanation:
    "The device says where in the memory table of its cell its sections begin, as a number. The hypervisor takes the regions from there on for state table, common section and output sections, whatever they are. Where the cell has the sections of the other end at another place of its table, the number is wrong.",
  consequences: {
    other: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The ends take different memory for the sections of the link, and what is no section of it is used as one: states of the ends are written into it, and other cells are shown where it lies.",
    },
  },
  help: "let the device start at the region that is the state table; leave the flags of all regions as they are",
  sources: ["hypervisor/ivshmem.c:410", "hypervisor/ivshmem.c:447"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  memory   at 0x7e80_2000 size 4K r rootshared
  memory   at 0x7e80_3000 size 4K rw rootshared
  ivshmem  00:00.0 { shmem_regions_start = 1; id 1; peers 2 }
  interrupts 140
}
link shm at 0x7e80_0000 { device 00:00.0; peers root, nobody; shared 4K; output 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  memory   at 0x7e80_2000 size 4K r rootshared
  memory   at 0x7e80_3000 size 4K rw rootshared
  ivshmem  00:00.0 { regions from shm; id 1; peers 2 }
  interrupts 140
}
link shm at 0x7e80_0000 { device 00:00.0; peers root, nobody; shared 4K; output 4K }`,
  },
  *find({ set }) {
    for (const { end, reference } of endPairsOf(set)) {
      // Sections beyond the table have a rule of their own.
      if (end.sections.length === 0 || reference.sections.length === 0) continue;
      const places = [placeIn(end, reference), placeIn(reference, end)] as const;
      // Where each cell has the sections of the other one, too, either may be wrong.
      if ((places[0] === undefined) === (places[1] === undefined)) continue;
      const [wrong, other, right] =
        places[0] === undefined ? [reference, end, places[1]!] : [end, reference, places[0]];
      const { config, device, sections } = wrong;
      const foreign = sections.filter((section) => !isAmong(section, other.sections));
      yield {
        at: config.spot(device, "shmemRegionsStart"),
        message: `${linkText(device)} starts at ${ownRegionText(sections[0]!)} of ${config.title}, its state table is ${ownRegionText(right)}`,
        also: [
          { at: right.spot(), text: `as in ${other.config.title}, the state table is here` },
          ...foreign.map((section) => ({ at: section.spot(), text: "taken for a section of the link" })),
          { at: other.config.spot(other.device), text: "the other end of the link" },
        ],
        fixes: [
          {
            title: `start at memory region ${right.index}, where the sections are`,
            changes: [
              {
                kind: "set",
                at: { ...config.spot(device), field: "shmemRegionsStart" },
                value: BigInt(right.index),
              },
            ],
          },
        ],
      };
    }
  },
});

/** The one region of this end's cell from which on it has the sections of the other end, if the device starts elsewhere. */
function placeIn({ config, device }: LinkEnd, { sections }: LinkEnd): Region | undefined {
  const starts = sameSectionsIn(config, sections);
  const [start, another] = starts;
  if (start === undefined || another !== undefined || start === device.shmemRegionsStart) return undefined;
  return config.regions[start];
}

function isAmong({ phys }: Region, sections: readonly Region[]): boolean {
  return sections.some((section) => section.phys.start === phys.start && section.phys.end === phys.end);
}
