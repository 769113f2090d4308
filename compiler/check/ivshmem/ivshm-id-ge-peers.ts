import { defineRule } from "../define-rule.js";
import { sectionedEndsOf } from "../facts/ivshmem-links.js";
import { count, linkText } from "../words.js";

export const ivshmIdGePeers = defineRule({
  id: "ivshm-id-ge-peers",
  family: "ivshmem",
  title: "End of a link with a number that the link does not have",
  severity: "warning",
  scope: "config",
  statement: "The number of an end of a link is lower than the number of peers.",
  explanation:
    "Peers are numbered from 0. The number chooses the end's word in the state table and its output section, of which there are as many as `shmem_peers` says; those with a higher number are left out when the others are told about a change of state.",
  consequences: {
    unheard: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The end has no output section of its own, so that it cannot send there; no other end that counts as few peers sends it an interrupt when its state changes; and its word of the state table need not be cleared when the link comes up.",
    },
  },
  help: "give all ends of the link the number of all its peers, and each end a lower number than that",
  sources: ["hypervisor/ivshmem.c:133", "hypervisor/ivshmem.c:451"],
  after: ["ivshm-dev-id"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  memory   at 0x7e80_2000 size 8K r rootshared
  ivshmem  00:00.0 { regions from shm; id 1; peers 1 }
  interrupts 140
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K; output 8K }`,
  },
  *find({ config }) {
    for (const { device } of sectionedEndsOf(config)) {
      const { shmemDevId, shmemPeers } = device;
      if (shmemDevId < shmemPeers) continue;
      yield {
        at: config.spot(device, "shmemDevId"),
        message: `this is end ${shmemDevId} of ${linkText(device)}, which has ${count(shmemPeers, "peer")}`,
        also: [
          { at: config.spot(device, "shmemPeers"), text: `${count(shmemPeers, "peer")}, counted from 0` },
        ],
      };
    }
  },
});
