import { defineRule } from "../define-rule.js";
import { statedPlatform } from "../facts/platform.js";
import { deviceText, hex } from "../words.js";

export const pciBusRange = defineRule({
  id: "pci-bus-range",
  family: "pci",
  title: "PCI bus beyond the configuration space",
  severity: "warning",
  scope: "config",
  statement: "The buses of all devices lie within the PCI configuration space of the system.",
  explanation:
    "The configuration space in memory has 1M for each bus, from bus 0 to `pci_mmconfig_end_bus`. The hypervisor traps the accesses of cells there and makes those that are allowed itself.",
  consequences: {
    ports: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The hypervisor itself falls back to the ports 0xcf8 and 0xcfc, and cells reach the device only by them: its extended configuration space is out of reach.",
    },
    unreachable: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. No cell reaches the configuration space of the device, so that no one finds it. The hypervisor reads ones from it, and its writes are lost.",
    },
  },
  help: "raise the last bus, or correct the address of the device",
  sources: ["hypervisor/pci.c:107-135", "hypervisor/pci.c:849-851", "hypervisor/arch/arm-common/pci.c:16-23"],
  after: ["pci-phys-on-virtual"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 40:00.0
  platform_info.pci_mmconfig_end_bus = 0x3f
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 3f:00.0
  platform_info.pci_mmconfig_end_bus = 0x3f
}`,
  },
  *find({ config, set }) {
    const stated = statedPlatform(set);
    if (stated === undefined || stated.platform.pciMmconfigBase === 0n) return;
    const { system, platform } = stated;
    const { pciMmconfigEndBus } = platform;
    for (const device of config.cell.pciDevices) {
      if (device.bdf >> 8 <= pciMmconfigEndBus) continue;
      yield {
        at: config.spot(device, "bdf"),
        message: `${deviceText(device)} is on bus ${hex(device.bdf >> 8)}, and the configuration space ends with bus ${hex(pciMmconfigEndBus)}`,
        also: [{ at: system.spot(platform, "pciMmconfigEndBus"), text: "the last bus" }],
        as: config.isArm ? "unreachable" : "ports",
      };
    }
  },
});
