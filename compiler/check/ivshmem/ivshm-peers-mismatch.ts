import { commonSections } from "../../ir/pci.js";
import { defineRule, type Hit } from "../define-rule.js";
import { endPairsOf, type LinkEnd } from "../facts/ivshmem-links.js";
import type { Region } from "../facts/region.js";
import { isData } from "../facts/section-runs.js";
import { count, linkText, ownRegionText } from "../words.js";

export const ivshmPeersMismatch = defineRule({
  id: "ivshm-peers-mismatch",
  family: "ivshmem",
  title: "Ends of a link count different numbers of peers",
  severity: "warning",
  otherwise: "error where other memory of a cell counts as a section",
  scope: "set",
  statement: "All ends of a link state the same number of peers.",
  explanation:
    "Each end tells its software how many peers there are, has as many output sections, and sends its changes of state to as many others. The hypervisor does not compare what the ends say.",
  consequences: {
    partial: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The end that counts fewer peers does not know the others: it has no output sections of theirs and does not tell them when its state changes.",
    },
    foreign: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. A region that holds a program, or messages of the hypervisor, counts as the output section of a peer: the cell's software looks there for what the peer sends.",
    },
  },
  help: "give all ends the number of peers that the link has, and as many output sections",
  sources: ["hypervisor/ivshmem.c:187", "hypervisor/ivshmem.c:133"],
  after: ["ivshm-regions-start"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo, nobody; shared 4K }
cell other {
  use inmate(0x7100_0000, cpu = 2)
  vpci-irq 144
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  for n in 0-3 { memory empty }
  ivshmem  00:00.0 { regions from shm; id 2; peers 4 }
  interrupts 144
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
cell other { use inmate(0x7100_0000, cpu = 2); vpci-irq 144 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo, other; shared 4K }`,
  },
  *find({ set }) {
    for (const { end, reference } of endPairsOf(set)) {
      if (end.device.shmemPeers === reference.device.shmemPeers) continue;
      const foreign = foreignBehind(end, reference);
      const foreignOfOther = foreignBehind(reference, end);
      if (foreign !== undefined) yield told(end, reference, foreign);
      else if (foreignOfOther !== undefined) yield told(reference, end, foreignOfOther);
      else yield told(end, reference);
    }
  },
});

/** What counts as an output section of an end, and neither is one at the other end nor looks like one. */
function foreignBehind({ sections }: LinkEnd, { device }: LinkEnd): Region | undefined {
  return sections.slice(commonSections + device.shmemPeers).find((section) => !isData(section));
}

function told(
  { config, device }: LinkEnd,
  { config: otherConfig, device: otherDevice }: LinkEnd,
  foreign?: Region,
): Hit<"partial" | "foreign"> {
  const others = otherDevice.shmemPeers;
  const at = { ...config.spot(device), field: "shmemPeers" };
  const hit = {
    at,
    message: `${linkText(device)} has ${count(device.shmemPeers, "peer")} here, but ${others} in ${otherConfig.title}`,
    also: [{ at: otherConfig.spot(otherDevice, "shmemPeers"), text: `${count(others, "peer")} here` }],
  };
  if (foreign === undefined) return hit;
  return {
    ...hit,
    also: [...hit.also, { at: foreign.spot(), text: "counts as an output section" }],
    severity: "error",
    as: "foreign",
    help: `count only the peers that have an output section: ${ownRegionText(foreign)} looks like none`,
    fixes: [
      {
        title: `count ${count(others, "peer")}, as ${otherConfig.title} does`,
        changes: [{ kind: "set", at, value: BigInt(others) }],
      },
    ],
  };
}
