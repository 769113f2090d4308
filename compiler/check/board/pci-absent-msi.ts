import { capabilitiesOf } from "../../ir/pci.js";
import { defineRule, type Hit } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { addressKey, boardPciOf, hasVirtualPci } from "../facts/board-pci.js";
import { bdfText } from "../words.js";

const msiCapability = 0x05;

export const pciAbsentMsi = defineRule({
  id: "pci-absent-msi",
  family: "board",
  title: "PCI device that the board does not have",
  severity: "warning",
  otherwise: "error for a device of the root cell with MSI on Intel",
  scope: "board",
  statement: "The PCI devices of a config are those of the board, and none of them is hidden.",
  explanation:
    "The configuration space of a device that is absent or hidden reads as all ones. For the hypervisor that means, among others, that MSI is on, with 128 vectors. With VT-d it wants to remap them all.",
  consequences: {
    stops: {
      step: "enable",
      outcome: "crash",
      prints: [
        "FATAL: Unsupported MSI/MSI-X state, device %02x:%02x.%x, cap 5",
        'Stopping CPU %d (Cell: "%s")',
      ],
      text: "The device of the root cell has an MSI capability, and the config allows fewer vectors: the hypervisor stops when it commits the config.",
    },
    absent: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains; whoever looks for the device finds nothing. On Intel machines, a device of the root cell with an MSI capability stops the hypervisor at `jailhouse enable`.",
    },
  },
  help: "take the device out of the config, or do not let the firmware hide it",
  sources: ["hypervisor/pci.c:795", "hypervisor/arch/x86/pci.c:347", "hypervisor/arch/x86/amd_iommu.c:511"],
  after: ["fmt-arch-board", "pci-phys-on-virtual"],
  example: {
    board: "pci: [{ address: 00:1f.2 }]",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:1b.0 { msi 1 64bit; capability msi at 0x60 size 14 writable } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ board, set }): Iterable<Hit<"stops" | "absent">> {
    const present = boardPciOf(board);
    if (present === null || hasVirtualPci(set)) return;
    for (const config of set.all) {
      for (const device of config.physicalDevices) {
        const known = present.get(addressKey(device));
        if (known !== undefined && known.hidden !== true) continue;
        const hasMsi = capabilitiesOf(device, config.cell).some(
          ({ id, extended }) => id === msiCapability && !extended,
        );
        const stops = config.isRoot && hasMsi && set.vendor === "intel";
        yield {
          at: config.spot(device),
          message: `the board ${known === undefined ? "has no" : "hides"} ${bdfText(device)}`,
          ...(known === undefined ? {} : { also: [{ at: onBoard(config, known), text: "hidden here" }] }),
          ...(stops ? { as: "stops", severity: "error" } : { as: "absent" }),
        };
      }
    }
  },
});
