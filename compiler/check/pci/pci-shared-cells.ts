import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { devicesByAddress } from "../facts/devices.js";
import { deviceText } from "../words.js";

export const pciSharedCells = defineRule({
  id: "pci-shared-cells",
  family: "pci",
  title: "One PCI device in two cells",
  severity: "error",
  scope: "set",
  statement: "Cells that run at the same time share no physical PCI device.",
  explanation:
    "A PCI device belongs to one cell: an IOMMU directs its memory accesses to that cell, and what the device is told in its configuration space holds for all who use it. The hypervisor takes the device from the root cell and does not look whether another cell has it. It goes by bus, device and function alone.",
  consequences: {
    shared: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The IOMMU directs the device's memory accesses to the cell that was created last, while both cells can program it. When one of them is destroyed, the device is reset under the other one and goes back to the root cell.",
    },
  },
  help: "give the device to one of them, or never create both at once",
  sources: ["hypervisor/pci.c:707-714", "hypervisor/arch/x86/vtd.c:676-682", "hypervisor/pci.c:775-783"],
  after: ["pci-phys-on-virtual"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1); device 00:1f.2 { bars 0xffff_f000 } }
cell two { use inmate(0x3c00_0000, cpu = 2); device 00:1f.2 { bars 0xffff_f000 } }
scenario both { one; two }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1); device 00:1f.2 { bars 0xffff_f000 } }
cell two { use inmate(0x3c00_0000, cpu = 2) }
scenario both { one; two }`,
  },
  *find({ set }) {
    const owners = new Map<number, { cell: CheckedConfig; device: PciDevice }[]>();
    for (const cell of set.cells) {
      for (const [bdf, device] of devicesByAddress(cell.physicalDevices)) {
        const others = owners.get(bdf) ?? [];
        const other = others.find((each) => set.together(each.cell, cell)) ?? others[0];
        if (other !== undefined)
          yield {
            at: cell.spot(device, "bdf"),
            message: `${deviceText(device)} of ${cell.title} belongs to ${other.cell.title}, too`,
            also: [
              { at: other.cell.spot(other.device, "bdf"), text: `${deviceText(other.device)} here, too` },
            ],
            between: [other.cell, cell],
          };
        others.push({ cell, device });
        owners.set(bdf, others);
      }
    }
  },
});
