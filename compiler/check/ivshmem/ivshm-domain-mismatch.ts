import { defineRule } from "../define-rule.js";
import { type LinkEnd, linksOf } from "../facts/ivshmem-links.js";
import { hex, linkText } from "../words.js";

export const ivshmDomainMismatch = defineRule({
  id: "ivshm-domain-mismatch",
  family: "ivshmem",
  title: "Ends of a link name different domains",
  severity: "info",
  scope: "set",
  statement: "All ends of a link name the same domain (segment).",
  explanation:
    "The hypervisor goes by bus, device and function alone to find the ends of a link. In the root cell the driver looks for the device in the domain that is stated; in other cells nothing reads it, so that many configs leave it out.",
  consequences: {
    linked: {
      step: "run",
      outcome: "harmless",
      text: "The hypervisor links the devices all the same. It matters where they were meant to be two links: different domains do not keep them apart.",
    },
  },
  help: "state the domain that the device has in the root cell, or give the device another address if it is to be another link",
  sources: ["hypervisor/ivshmem.c:416-417", "driver/pci.c:100-110"],
  after: ["ivshm-dup-id"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  for n in 0-1 { memory empty }
  ivshmem  0001:00:00.0 { regions from shm; id 1; peers 2 }
  interrupts 140
}
link shm at 0x7e80_0000 { device 00:00.0; peers root, nobody; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ set }) {
    for (const { ends } of linksOf(set)) {
      const [reference, ...others] = ends as readonly [LinkEnd, ...LinkEnd[]];
      for (const { config, device } of others) {
        if (device.domain === reference.device.domain) continue;
        yield {
          at: config.spot(device, "domain"),
          message: `${linkText(device)} is in domain ${hex(device.domain)} here, but ${hex(reference.device.domain)} in ${reference.config.title}`,
          also: [
            {
              at: reference.config.spot(reference.device, "domain"),
              text: `domain ${hex(reference.device.domain)}`,
            },
          ],
        };
      }
    }
  },
});
