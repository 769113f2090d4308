import { defineRule, type Hit } from "../define-rule.js";
import { intersection } from "../facts/intervals.js";
import type { Link, LinkEnd } from "../facts/ivshmem-links.js";
import { type Intrusion, intrusionsIn } from "../facts/link-memory.js";
import type { Region } from "../facts/region.js";
import { bdfText, hex, linkText, rangeText, regionText } from "../words.js";

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

function told(intrusion: Intrusion): Hit<"open"> {
  const { one, link, other, otherLink, isPeer } = intrusion;
  if (link !== null && haveSameSections(link, otherLink)) return toldOfEnds(intrusion, link);
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

/** Ends of one link that were given two addresses: whole links lie at the same place by that alone. */
function toldOfEnds({ one, other, otherLink }: Intrusion, link: Link): Hit<"open"> {
  const { config, device } = endIn(link, one);
  const { config: otherConfig, device: otherDevice } = endIn(otherLink, other);
  return {
    at: config.spot(device, "bdf"),
    message: `${nameOf(otherLink)} and ${nameOf(link)} have the same sections, from ${hex(one.phys.start)} on, and are two links`,
    label: `is ${bdfText(device)}`,
    also: [{ at: otherConfig.spot(otherDevice, "bdf"), text: `the other device is ${bdfText(otherDevice)}` }],
    between: [...new Set([otherConfig, config])],
    help: "give both ends one bus, device and function if they are to be one link; otherwise move one of the links to memory that nobody else has",
  };
}

function endIn({ ends }: Link, { config }: Region): LinkEnd {
  return ends.find((end) => end.config === config)!;
}

function haveSameSections({ ends }: Link, { ends: others }: Link): boolean {
  const [{ sections }, { sections: otherSections }] = [ends[0]!, others[0]!];
  return (
    sections.length === otherSections.length &&
    sections.every(({ phys }, index) => {
      const other = otherSections[index]!.phys;
      return phys.start === other.start && phys.end === other.end;
    })
  );
}
