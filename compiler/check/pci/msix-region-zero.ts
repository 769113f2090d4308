import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { interruptsOf } from "../facts/devices.js";
import { deviceText, hex } from "../words.js";

type Key = "enable" | "hang" | "create";

export const msixRegionZero = defineRule<"config", Key>({
  id: "msix-region-zero",
  family: "pci",
  title: "MSI-X table without a size",
  severity: "error",
  scope: "config",
  statement: "Where the MSI-X table of a device has an address, it has a size.",
  explanation:
    "The hypervisor maps the table of the vectors wherever the config has an address, even if there are no vectors. It asks for as many pages as the size takes; none cannot be had, which it takes for a lack of memory.",
  consequences: {
    enable: {
      step: "enable",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The unit `PCI` refuses the device of the root cell.",
    },
    hang: {
      step: "enable",
      outcome: "hang",
      text: "The unit `PCI` refuses the device and gives its interrupts back to VT-d, which has not been started yet: the hypervisor waits for an answer for ever.",
    },
    create: {
      step: "create",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The unit `PCI` refuses the device. It is not with the root cell any more.",
    },
  },
  help: "say the size of the table in whole pages (`size 4K`), or leave the address out where there are no vectors",
  sources: ["hypervisor/pci.c:594-600", "hypervisor/pci.c:625-627", "hypervisor/arch/x86/vtd.c:638-649"],
  example: {
    wrong: `import "machines/amd-pc.jail"
system pc {
  use amd-pc()
  device 00:02.0 { bars 0xffff_c000; msix 5 at 0xfea9_0000 size 4K; msix_region_size = 0; capability msix at 0x70 size 12 writable }
}`,
    right: `import "machines/amd-pc.jail"
system pc {
  use amd-pc()
  device 00:02.0 { bars 0xffff_c000; msix 5 at 0xfea9_0000 size 4K; capability msix at 0x70 size 12 writable }
}`,
  },
  *find({ config, set }) {
    for (const device of config.physicalDevices) {
      const { msixAddress, msixRegionSize } = device;
      if (msixAddress === 0n || msixRegionSize !== 0) continue;
      yield {
        at: config.spot(device, "msixRegionSize"),
        message: `the MSI-X table of ${deviceText(device)} at ${hex(msixAddress)} has the size 0`,
        also: [{ at: config.spot(device, "msixAddress"), text: "the table" }],
        as: verdictOf(device, config, set),
      };
    }
  },
});

function verdictOf(device: PciDevice, { isRoot }: CheckedConfig, { vendor }: CheckedSet): Key {
  if (!isRoot) return "create";
  return vendor === "intel" && interruptsOf(device) > 0 ? "hang" : "enable";
}
