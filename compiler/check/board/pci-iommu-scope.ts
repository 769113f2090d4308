import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { boardIommuFinder, hasVirtualPci } from "../facts/board-pci.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { bdfText, hex } from "../words.js";

export const pciIommuScope = defineRule({
  id: "pci-iommu-scope",
  family: "board",
  title: "Device behind another IOMMU",
  severity: "error",
  scope: "board",
  machines: ["x86"],
  statement: "The IOMMU that a device names is the one in front of it.",
  explanation:
    "Machines with several units spread the devices over them. The hypervisor goes by the number in the config: on AMD machines it tells that unit to forget what it knew of the device, on Intel machines it looks there for the interrupts that Linux has set up.",
  consequences: {
    amd: {
      step: "create",
      outcome: "isolation",
      text: "The unit that is in front of the device keeps the entry that it had: after the device has changed hands, its DMA still goes to the memory of the owner before.",
    },
    intel: {
      step: "enable",
      outcome: "ineffective",
      text: "Interrupts of the device are looked up in the table of another unit: they get lost or arrive as others.",
    },
  },
  help: "give the device the number of the unit with this address in the table of the system config",
  sources: ["hypervisor/arch/x86/amd_iommu.c:319", "hypervisor/arch/x86/pci.c:269"],
  after: ["fmt-arch-board", "pci-iommu-index", "pci-absent-msi", "iommu-not-on-board"],
  example: {
    board: `iommus:
  - { at: 0xfed91000, scope: [00:02.0] }
  - { at: 0xfed90000, others: true }`,
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); iommu intel at 0xfed9_1000 size 4K; device 00:02.0 { iommu 0 } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); iommu intel at 0xfed9_1000 size 4K; device 00:02.0 { iommu 1 } }`,
  },
  *find({ board, set }) {
    const { system } = set;
    if (system === null || hasVirtualPci(set)) return;
    const unitOf = boardIommuFinder(board);
    const units = iommuUnitsOf(system);
    for (const config of set.all) {
      for (const device of config.physicalDevices) {
        const named = units[device.iommu];
        const real = unitOf(device);
        if (named === undefined || real === undefined || named.base === real.at) continue;
        yield {
          at: config.spot(device, "iommu"),
          message: `${bdfText(device)} names unit ${device.iommu}, the one at ${hex(named.base)}, but is behind the one at ${hex(real.at)}`,
          also: [
            { at: onBoard(config, real), text: "in front of the device" },
            { at: system.spot(named), text: `unit ${device.iommu}` },
          ],
          as: set.vendor === "amd" ? "amd" : "intel",
        };
      }
    }
  },
});
