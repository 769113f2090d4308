import type { PciDevice } from "../../ir/pci.js";
import type { Platform } from "../../ir/platform.js";
import { defineRule } from "../define-rule.js";
import { formatHas } from "../facts/format-has.js";
import { deviceText, hex } from "../words.js";

/** `pci_domain` where Linux is to choose the domain (driver/pci.c:375). */
const leftToLinux = 0xffff;

export const vpciDomainTaken = defineRule({
  id: "vpci-domain-taken",
  family: "pci",
  title: "Virtual device outside the domain of the virtual host controller",
  severity: "warning",
  otherwise: "info where the device is in another domain than 0",
  scope: "config",
  only: "system",
  statement:
    "The shared-memory devices of the root cell are in the domain (segment) of the virtual host controller; where Linux chooses it, they are not in domain 0.",
  explanation:
    "Before Jailhouse is disabled, the driver removes the root cell's shared-memory devices from Linux: it looks for the domain, bus, device and function of each. A real host controller usually has domain 0, and its first device is 00:00.0. If Linux chooses the domain (`pci_domain` is 0xffff), the virtual controller gets one that no real one has. Devices that the driver does not find go together with the virtual controller.",
  consequences: {
    removed: {
      step: "disable",
      outcome: "ineffective",
      text: "Nothing complains. If a real device has this address, `jailhouse disable` removes it from Linux, and with a bridge all that is behind it. On a machine without a real host controller nothing happens.",
    },
  },
  help: "state the domain of the virtual host controller, one that no real one has, and give it to the devices",
  sources: ["driver/pci.c:100-110", "driver/pci.c:375-386", "driver/pci.c:520-526"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); platform_info.pci_domain = 0xffff }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7f00_0000 { device 00:00.0; peers root, demo; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); platform_info.pci_domain = 1 }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7f00_0000 { device 0001:00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ config }) {
    const platform = config.system?.platform ?? undefined;
    if (platform === undefined || platform.pciIsVirtual === 0) return;
    // Before April 2018 it was always Linux that chose, and nothing in the config says so.
    if (!formatHas(config, "jailhouse_system.platform_info", "pci_domain")) return;
    for (const device of config.ivshmemDevices) {
      if (!isElsewhere(device, platform)) continue;
      const { pciDomain } = platform;
      const where = pciDomain === leftToLinux ? "one that Linux chooses" : hex(pciDomain);
      yield {
        at: config.spot(device, "domain"),
        message: `${deviceText(device)} is in domain ${hex(device.domain)}, and the domain of the virtual host controller is ${where}`,
        also: [{ at: config.spot(platform, "pciDomain"), text: "the virtual host controller" }],
        ...(device.domain === 0 ? {} : { severity: "info" }),
      };
    }
  },
});

function isElsewhere({ domain }: PciDevice, { pciDomain }: Platform): boolean {
  return pciDomain === leftToLinux ? domain === 0 : domain !== pciDomain;
}
