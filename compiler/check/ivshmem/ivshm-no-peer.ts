import { defineRule } from "../define-rule.js";
import { linksOf } from "../facts/ivshmem-links.js";
import { missingEnd } from "../facts/missing-end.js";
import { linkText } from "../words.js";

export const ivshmNoPeer = defineRule({
  id: "ivshm-no-peer",
  family: "ivshmem",
  title: "Link with a single end",
  severity: "info",
  scope: "set",
  statement: "A link of a cell has another end in the root cell or in another cell.",
  explanation:
    "Devices of different cells are linked by having the same bus, device and function number. Links of the root cell are not looked at, since they may be meant for cells that are not given.",
  consequences: {
    lonely: {
      step: "run",
      outcome: "harmless",
      text: "Nothing complains. The device works, and nobody is at the other end until a cell with such a device is created.",
    },
  },
  help: "check it together with the other cell, or give the device the address that it has there",
  sources: ["hypervisor/ivshmem.c:416"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers demo, nobody; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ set }) {
    if (set.system === null) return;
    for (const { ends } of linksOf(set)) {
      const [{ config, device }] = ends as [(typeof ends)[number]];
      if (config.isRoot || ends.some((end) => end.config !== config)) continue;
      yield {
        at: config.spot(device, "bdf"),
        message: `no other cell has an end of ${linkText(device)}`,
        fixes: missingEnd(config, device, set),
      };
    }
  },
});
