import { defineRule } from "../define-rule.js";
import { formatHas } from "../facts/format-has.js";
import { statedPlatform } from "../facts/platform.js";
import { deviceText } from "../words.js";

export const mmconfigMissingArm = defineRule({
  id: "mmconfig-missing-arm",
  family: "pci",
  title: "PCI devices without a configuration space",
  severity: "error",
  scope: "set",
  machines: ["arm", "arm64"],
  statement: "A system with PCI devices in any cell says where the PCI configuration space is.",
  explanation:
    "On ARM a device is found and programmed in the configuration space in memory, and nowhere else. The hypervisor traps it where the config says that it is, for physical and for shared-memory devices alike.",
  consequences: {
    unreachable: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. No cell sees its devices: where it looks for them, there is nothing, and the access may park its CPU.",
    },
  },
  help: "say where it is (`pci virtual mmconfig at ...`): for a virtual host controller any address range of 1M that nothing else uses, with the BARs of the devices behind it",
  sources: ["hypervisor/pci.c:677-679", "driver/pci.c:412-443"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); platform_info.pci_mmconfig_base = 0 }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7f00_0000 { device 0001:00:00.0; peers root, demo; output 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7f00_0000 { device 0001:00:00.0; peers root, demo; output 4K }`,
  },
  *find({ set }) {
    const stated = statedPlatform(set);
    if (stated === undefined || stated.platform.pciMmconfigBase !== 0n) return;
    const { system, platform } = stated;
    // On ARM there was no PCI at all before June 2016.
    if (!formatHas(system, "jailhouse_system.platform_info", "pci_mmconfig_base")) return;
    const [first] = set.all.filter(({ cell }) => cell.pciDevices.length > 0);
    if (first === undefined) return;
    const device = first.cell.pciDevices[0]!;
    yield {
      at: system.spot(platform, "pciMmconfigBase"),
      message: `there is no PCI configuration space, but ${deviceText(device)} in ${first.title}`,
      also: [{ at: first.spot(device), text: "cannot be reached" }],
    };
  },
});
