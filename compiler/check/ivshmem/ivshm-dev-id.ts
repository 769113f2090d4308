import { defineRule } from "../define-rule.js";
import { maxLinkEnds, sectionedEndsOf } from "../facts/ivshmem-links.js";
import { refusedAtSetup, setupOf } from "../setup.js";
import { linkText } from "../words.js";

export const ivshmDevId = defineRule({
  id: "ivshm-dev-id",
  family: "ivshmem",
  title: "Number of an end of a link out of range",
  severity: "error",
  scope: "config",
  statement: "The ends of a link are numbered from 0 to 11.",
  explanation:
    "The hypervisor has twelve places for the ends of a link. `shmem_dev_id` says which of them a device takes, and it has to be one that exists.",
  consequences: refusedAtSetup("EINVAL", "The device is the last one that is added.", [
    'Adding virtual PCI device %02x:%02x.%x to cell "%s"',
  ]),
  help: "number the ends of the link from 0 without gaps",
  sources: ["hypervisor/ivshmem.c:420"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  ivshmem  00:00.0 { regions from shm; id 12; peers 0 }
  interrupts 140
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ config }) {
    for (const { device } of sectionedEndsOf(config)) {
      const { shmemDevId } = device;
      if (shmemDevId < maxLinkEnds) continue;
      yield {
        at: config.spot(device, "shmemDevId"),
        message: `this is end ${shmemDevId} of ${linkText(device)}, the last possible one is ${maxLinkEnds - 1}`,
        as: setupOf(config),
      };
    }
  },
});
