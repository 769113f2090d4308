import { defineRule } from "../define-rule.js";
import { maxLinkEnds, sectionedEndsOf } from "../facts/ivshmem-links.js";
import { linkText } from "../words.js";

export const ivshmPeersGt12 = defineRule({
  id: "ivshm-peers-gt-12",
  family: "ivshmem",
  title: "More peers than a link can have",
  severity: "error",
  scope: "config",
  statement: "A link has at most 12 peers.",
  explanation:
    "The hypervisor has twelve places for the ends of a link and does not compare `shmem_peers` with that. When an end changes its state, it goes through as many places as `shmem_peers` says.",
  consequences: {
    beyond: {
      step: "run",
      outcome: "crash",
      text: "The device is accepted. As soon as the cell writes to the state register of the device, the hypervisor takes what lies behind the twelve places for further ends: it locks and reads memory that is none, and may signal from there. It faults, hangs, or sends interrupts at random.",
    },
  },
  help: "count only as many peers as there are, 12 at most",
  sources: ["hypervisor/ivshmem.c:133", "hypervisor/ivshmem.c:62"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  for n in 0-12 { memory empty }
  ivshmem  00:00.0 { regions from shm; id 1; peers 13 }
  interrupts 140
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  for n in 0-11 { memory empty }
  ivshmem  00:00.0 { regions from shm; id 1; peers 12 }
  interrupts 140
}`,
  },
  *find({ config }) {
    for (const { device } of sectionedEndsOf(config)) {
      const { shmemPeers } = device;
      if (shmemPeers <= maxLinkEnds) continue;
      yield {
        at: config.spot(device, "shmemPeers"),
        message: `${linkText(device)} has ${shmemPeers} peers, the hypervisor has room for ${maxLinkEnds}`,
      };
    }
  },
});
