import { hasFlag } from "../../ir/names.js";
import { defineRule } from "../define-rule.js";
import { capabilityId, capabilityUsers } from "../facts/capabilities.js";
import { isIvshmem } from "../facts/checked-config.js";
import { deviceText } from "../words.js";

const names: ReadonlyMap<number, string> = new Map([
  [capabilityId.pm, "power management"],
  [capabilityId.msi, "MSI"],
  [capabilityId.msix, "MSI-X"],
]);

export const pciCapReadonly = defineRule({
  id: "pci-cap-readonly",
  family: "pci",
  title: "Capability that drivers write is read-only",
  severity: "warning",
  scope: "config",
  statement: "The capabilities for power management, MSI and MSI-X can be written.",
  explanation:
    "A driver switches the device on by its power management capability and its interrupts by MSI or MSI-X. The hypervisor checks what is written to MSI and MSI-X; that it can be written at all is up to the config.",
  consequences: {
    parked: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PCI MMCONFIG write, device %02x:%02x.%x, reg: 0x%x, size: %d"],
      text: "The first write of a driver is rejected, and the CPU that makes it is parked, in the root cell as well as in others. On x86, where the access goes by the ports 0xcf8 and 0xcfc, the line begins with `FATAL: Invalid PCI config write`.",
    },
  },
  help: "make it `writable` (`JAILHOUSE_PCICAPS_WRITE`)",
  helpInLanguage: "make it `writable`",
  sources: ["hypervisor/pci.c:330-332", "hypervisor/pci.c:436-440"],
  after: ["pci-cap-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { msi 1 64bit; capability msi at 0x70 size 14 }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { msi 1 64bit; capability msi at 0x70 size 14 writable }
}`,
  },
  *find({ config }) {
    const users = capabilityUsers(config);
    for (const [place, capability] of config.cell.pciCapabilities.entries()) {
      const name = capability.extended ? undefined : names.get(capability.id);
      const device = users[place];
      if (name === undefined || device === undefined || isIvshmem(device)) continue;
      if (hasFlag(capability.flags, "JAILHOUSE_PCICAPS_WRITE")) continue;
      yield {
        at: config.spot(capability),
        message: `the ${name} capability of ${deviceText(device)} cannot be written`,
      };
    }
  },
});
