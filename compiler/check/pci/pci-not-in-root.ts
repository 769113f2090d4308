import { defineRule } from "../define-rule.js";
import { devicesByAddress } from "../facts/devices.js";
import { deviceText } from "../words.js";

export const pciNotInRoot = defineRule({
  id: "pci-not-in-root",
  family: "pci",
  title: "PCI device that the root cell does not have",
  severity: "warning",
  scope: "root",
  statement: "The physical PCI devices of a cell are among those of the root cell.",
  explanation:
    "The root cell normally has all devices of the machine and lends some of them to other cells. The hypervisor adds a device to a cell without asking whether the root cell had it, or whether it exists.",
  consequences: {
    kept: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The cell gets whatever answers at this address, and the root cell does not get it when the cell is destroyed. If nothing is there, all registers of the device read as ones.",
    },
  },
  help: "correct the address, or list the device in the root cell, too",
  sources: ["hypervisor/pci.c:707-714", "hypervisor/pci.c:741-754"],
  after: ["pci-phys-on-virtual", "ivshm-bdf-conflict"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.3 { bars 0xffff_f000 } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.2 { bars 0xffff_f000 } }`,
  },
  *find({ cell, system }) {
    const ofRoot = devicesByAddress(system.cell.pciDevices);
    for (const device of cell.physicalDevices) {
      if (ofRoot.has(device.bdf)) continue;
      yield {
        at: cell.spot(device, "bdf"),
        message: `${system.title} does not have ${deviceText(device)}, which ${cell.title} lists`,
      };
    }
  },
});
