import { defineRule } from "../define-rule.js";
import { pageSize } from "../facts/region.js";
import { deviceText, hex } from "../words.js";

export const msixTableUnaligned = defineRule({
  id: "msix-table-unaligned",
  family: "pci",
  title: "MSI-X table that begins within a page",
  severity: "error",
  scope: "config",
  statement: "The MSI-X table of a device begins at a page.",
  explanation:
    "The hypervisor maps the pages in which the table is, and takes the beginning of the first page for the first vector. What cells write is counted from the address in the config. The two agree only where the table begins at a page.",
  consequences: {
    elsewhere: {
      step: "run",
      outcome: "ineffective",
      prints: ["FATAL: Invalid MMIO/RAM write, addr: 0x%016llx size: %d"],
      text: "Nothing complains at first. The hypervisor writes the vectors to the beginning of the page, over whatever the device has there, and the vectors of the device stay as they were: its interrupts do not arrive. A CPU that touches the page in front of the address is parked.",
    },
  },
  help: "take the address from the device: the base address register that its MSI-X capability names, plus the offset of the table there (`lspci -vv`). A table that does begin within a page cannot be handed on: leave its address, size and vectors out, and let the device use MSI",
  sources: [
    "hypervisor/paging.c:289",
    "hypervisor/paging.c:494-510",
    "hypervisor/pci.c:360-396",
    "hypervisor/pci.c:594-616",
  ],
  after: ["pci-phys-on-virtual", "msix-region-zero", "msix-table-address"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 {
    msix 5 at 0xfea0_4800 size 4K
    capabilities msix 0x90
  }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 {
    msix 5 at 0xfea0_4000 size 4K
    capabilities msix 0x90
  }
}`,
  },
  *find({ config }) {
    for (const device of config.physicalDevices) {
      const within = device.msixAddress % pageSize;
      if (within === 0n) continue;
      yield {
        at: config.spot(device, "msixAddress"),
        message: `the MSI-X table of ${deviceText(device)} begins ${hex(within)} bytes behind the page at ${hex(device.msixAddress - within)}`,
      };
    }
  },
});
