import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { addressKey, boardPciOf, hasVirtualPci } from "../facts/board-pci.js";
import { bdfText } from "../words.js";

export const ivshmBdfOnBus = defineRule({
  id: "ivshm-bdf-on-bus",
  family: "board",
  title: "Virtual device at the address of a real one",
  severity: "error",
  scope: "board",
  statement: "Shared-memory devices of the root cell have addresses at which the board has no device.",
  explanation:
    "Linux in the root cell has found the devices of the board before Jailhouse is enabled. A virtual device is one more on the same bus, which the hypervisor answers for.",
  consequences: {
    hidden: {
      step: "enable",
      outcome: "ineffective",
      text: "One of the two answers, and Linux takes it for the other: the link never comes up, or the driver of the real device reads what the virtual one says.",
    },
  },
  help: "take an address that is free on the board, in the root cell and in its peers",
  sources: ["hypervisor/pci.c:153", "driver/pci.c:100"],
  after: ["fmt-arch-board", "ivshm-bdf-conflict"],
  example: {
    board: "pci: [{ address: 00:1f.2 }, { address: 00:0d.0 }]",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link wire at 0x3f00_0000 { device 00:0d.0; peers root, demo; shared 4K; vectors 1 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link wire at 0x3f00_0000 { device 00:0e.0; peers root, demo; shared 4K; vectors 1 }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const present = boardPciOf(board);
    if (system === null || present === null || hasVirtualPci(set)) return;
    for (const device of system.ivshmemDevices) {
      const real = present.get(addressKey(device));
      if (real === undefined || real.hidden === true) continue;
      const name = real.name === null ? "" : `, ${JSON.stringify(real.name)}`;
      yield {
        at: system.spot(device, "bdf"),
        message: `the virtual ${bdfText(device)} is at the address of a device of the board${name}`,
        also: [{ at: onBoard(system, real), text: "the real one" }],
      };
    }
  },
});
