import { defineRule, type Hit } from "../define-rule.js";
import { intersection } from "../facts/intervals.js";
import type { Link } from "../facts/ivshmem-links.js";
import { type Intrusion, intrusionsIn } from "../facts/link-memory.js";
import { linkText, rangeText, regionText } from "../words.js";

export const ivshmOverlapsRam = defineRule({
  id: "ivshm-overlaps-ram",
  family: "ivshmem",
  title: "Shared memory of a link in other memory",
  severity: "error",
  scope: "set",
  statement:
    "The shared memory of a link is no other link's, no memory of a cell that is not a peer, and none that the image of a peer is loaded into.",
  explanation:
    "The sections of a link are plain regions of its peers. Whoever else has the same physical memory reads and writes what the peers send to each other; the hypervisor compares neither cells nor links.",
  consequences: {
    open: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. What is written through the one overwrites the other: messages are lost or forged, and programs or data of a cell are damaged.",
    },
  },
  help: "move the link to memory that nobody else has",
  sources: ["hypervisor/control.c:521"],
  after: ["ivshm-regions-start"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); memory at 0x7e80_1000 size 4K rw }
link shm at 0x7e80_0000 { device 00:00.0; peers root, nobody; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); memory at 0x7200_0000 size 4K rw }
link shm at 0x7e80_0000 { device 00:00.0; peers root, nobody; shared 4K }`,
  },
  *find({ set }) {
    for (const intrusion of intrusionsIn(set)) yield told(intrusion);
  },
});

function told({ one, link, other, otherLink, isPeer }: Intrusion): Hit<"open"> {
  const both = intersection(one.phys, other.phys)!;
  const why = isPeer === true ? "which is loaded there" : "which is no peer";
  const whose = link === null ? `${regionText(one)}, ${why}` : nameOf(link);
  return {
    at: one.spot("physStart"),
    message: `${rangeText(both)} is memory of ${nameOf(otherLink)} and of ${whose}`,
    also: [{ at: other.spot("physStart"), text: `a section of ${nameOf(otherLink)}` }],
    between: [...new Set([other.config, one.config])],
  };
}

function nameOf({ ends }: Link): string {
  return linkText(ends[0]!.device);
}
