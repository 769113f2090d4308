import { defineRule } from "../define-rule.js";
import { endPairsOf } from "../facts/ivshmem-links.js";
import { count, linkText } from "../words.js";

export const ivshmPeersMismatch = defineRule({
  id: "ivshm-peers-mismatch",
  family: "ivshmem",
  title: "Ends of a link count different numbers of peers",
  severity: "warning",
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
  },
  help: "give all ends the number of peers that the link has, and as many output sections",
  sources: ["hypervisor/ivshmem.c:187", "hypervisor/ivshmem.c:133"],
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
      const { shmemPeers } = end.device;
      const other = reference.device.shmemPeers;
      if (shmemPeers === other) continue;
      yield {
        at: end.config.spot(end.device, "shmemPeers"),
        message: `${linkText(end.device)} has ${count(shmemPeers, "peer")} here, but ${other} in ${reference.config.title}`,
        also: [
          { at: reference.config.spot(reference.device, "shmemPeers"), text: `${count(other, "peer")} here` },
        ],
      };
    }
  },
});
