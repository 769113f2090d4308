import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { formatHas } from "../facts/format-has.js";

export const mmconfigMissingX86 = defineRule({
  id: "mmconfig-missing-x86",
  family: "pci",
  title: "PCI configuration space by ports only",
  severity: "info",
  scope: "config",
  machines: ["x86"],
  only: "system",
  statement: "A PC says where its PCI configuration space is in memory.",
  explanation:
    "All PCs of the last years have their PCI configuration space in memory, as the MCFG table of the firmware says. The ports 0xcf8 and 0xcfc reach the first 256 bytes of each device, the memory all 4096.",
  consequences: {
    ports: {
      step: "run",
      outcome: "harmless",
      text: "Hypervisor and cells use the ports. Capabilities behind the first 256 bytes are out of reach, and a cell with nothing else that is trapped cannot be created.",
    },
  },
  help: "add the address and the last bus from the MCFG table (`pci mmconfig at 0xb000_0000 buses 0-255`)",
  sources: ["hypervisor/pci.c:107-120", "hypervisor/pci.c:853-857"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); platform_info.pci_mmconfig_base = 0 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ config }) {
    const platform = config.system?.platform;
    if (platform?.pciMmconfigBase !== 0n || !hasConfigurationSpace(config)) return;
    yield {
      at: config.spot(platform, "pciMmconfigBase"),
      message: "the PCI configuration space has no address in memory",
    };
  },
});

/** Since July 2014, of x86 alone until mid 2016. */
function hasConfigurationSpace(config: CheckedConfig): boolean {
  return (
    formatHas(config, "jailhouse_system.platform_info", "pci_mmconfig_base") ||
    formatHas(config, "jailhouse_system.platform_info.x86", "mmconfig_base")
  );
}
