import { commonSections } from "../../ir/pci.js";
import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { intersection, merged } from "../facts/intervals.js";
import { type Link, linksOf, maxLinkEnds } from "../facts/ivshmem-links.js";
import type { Region } from "../facts/region.js";
import { isSharedWithRoot, memoryOfLinux } from "../facts/root-memory.js";
import { linkText, rangeText, regionText } from "../words.js";

/** What a link can use: sections of peers that it has no room for say nothing more. */
const mostSections = commonSections + maxLinkEnds;

export const ivshmOverRoot = defineRule({
  id: "ivshm-over-root",
  family: "ivshmem",
  title: "Link between cells in memory of Linux",
  severity: "warning",
  scope: "set",
  statement: "The shared memory of a link that the root cell is no peer of is not memory that Linux runs in.",
  explanation:
    "The sections of a link are `rootshared`: the hypervisor does not take them from the root cell when it creates a peer. If they lie in memory that the root cell can execute, which is what Linux runs in, they are still Linux's. That Linux is told to keep off, by a reservation, is no isolation.",
  consequences: {
    open: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. Linux can read and change what the cells send to each other; where it is not told to leave the memory alone, it uses it for its own programs and data, which the cells then overwrite.",
    },
  },
  help: "take the memory of the link out of the root cell's regions, or make the root cell a peer",
  sources: ["hypervisor/control.c:521-535"],
  after: ["mem-addr-range", "hv-mem-overlap"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
cell other { use inmate(0x7100_0000, cpu = 2); vpci-irq 144 }
link shm at 0x7200_0000 { device 00:00.0; peers demo, other; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
cell other { use inmate(0x7100_0000, cpu = 2); vpci-irq 144 }
link shm at 0x7e80_0000 { device 00:00.0; peers demo, other; shared 4K }`,
  },
  *find({ set }) {
    for (const exposed of sectionsInLinux(set)) yield told(exposed);
  },
});

/** A section of a link that the root cell is no peer of, in its memory. */
interface Exposed {
  readonly link: Link;
  readonly section: Region;
  /** The sections of the same end that the root cell reaches. */
  readonly shared: readonly Region[];
  readonly own: Region;
}

/** One for each link, of the first cell that has such sections. */
function* sectionsInLinux(set: CheckedSet): Generator<Exposed, void> {
  const { system } = set;
  if (system === null) return;
  const ram = memoryOfLinux(system);
  for (const link of linksOf(set)) {
    if (link.ends.some(({ config }) => config.isRoot)) continue;
    for (const { sections } of link.ends) {
      const shared = sections.slice(0, mostSections).filter(isSharedWithRoot);
      const section = shared.find(({ phys }) => ram.first(phys) !== undefined);
      if (section === undefined) continue;
      yield { link, section, shared, own: ram.first(section.phys)!.region };
      break;
    }
  }
}

function told({ link, section, shared, own }: Exposed): Hit<"open"> {
  const common = shared.map(({ phys }) => intersection(phys, own.phys)).filter((both) => both !== undefined);
  return {
    at: section.spot("physStart"),
    message: `${rangeText(merged(common)[0]!)} is memory of ${linkText(link.ends[0]!.device)} and of ${own.config.title}, which is no peer of it`,
    label: "a section of the link",
    also: [{ at: own.spot(), text: `${regionText(own)} is executable memory` }],
  };
}
