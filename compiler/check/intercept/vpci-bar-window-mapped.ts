import { defineRule } from "../define-rule.js";
import { touching, virtualBarWindow } from "../facts/intercepted.js";
import { rangeText, regionText } from "../words.js";

export const vpciBarWindowMapped = defineRule({
  id: "vpci-bar-window-mapped",
  family: "intercept",
  title: "Registers of virtual devices within a region",
  severity: "warning",
  scope: "set",
  statement: "No region covers the window in which Linux places the registers of virtual PCI devices.",
  explanation:
    "On a machine without PCI the driver tells Linux of a host controller whose window for registers begins right behind configuration space, with two pages for each shared-memory device of the root cell. The registers exist by traps alone, and pages that are mapped do not trap.",
  consequences: {
    hidden: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The drivers of shared-memory devices read and write the memory that is mapped there, and find nothing that answers.",
    },
  },
  help: "move the region, or the base of configuration space to a place with nothing behind it",
  sources: ["driver/pci.c:427-443"],
  after: ["mem-addr-range", "mmconfig-mapped"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board {
  use arm64-board()
  memory "devices" at 0x8f0_0000 size 4K rw io
}
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7f00_0000 { device 0001:00:00.0; peers root, demo; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board {
  use arm64-board()
  memory "devices" at 0x8f0_2000 size 4K rw io
}
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7f00_0000 { device 0001:00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ set }) {
    const window = set.system === null ? undefined : virtualBarWindow(set.system);
    if (window === undefined) return;
    for (const config of set.all) {
      for (const { region } of touching(config, [window], "virt")) {
        yield {
          at: region.spot("virtStart"),
          message: `${regionText(region)} covers ${rangeText(window)}, where Linux puts ${window.name}`,
          label: rangeText(region.virt),
          also: [{ at: window.spot!, text: "the window begins 1M behind this address" }],
        };
      }
    }
  },
});
