import { pciAddressText } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { devicesByAddress } from "../facts/devices.js";
import { deviceText, hex } from "../words.js";

export const pciDomainMismatch = defineRule({
  id: "pci-domain-mismatch",
  family: "pci",
  title: "PCI device in another domain than in the root cell",
  severity: "warning",
  scope: "root",
  statement: "A cell gives a physical device the domain that the root cell gives it.",
  explanation:
    "When a cell is created, its devices are taken from the root cell by bus, device and function alone. When it is destroyed, they go back by domain, bus, device and function.",
  consequences: {
    lost: {
      step: "destroy",
      outcome: "ineffective",
      text: "Nothing complains. The root cell loses the device that has the same bus, device and function, and does not get it back.",
    },
  },
  help: "use the same domain in both, or correct the address",
  sources: ["hypervisor/pci.c:161-164", "hypervisor/pci.c:745-747"],
  after: ["pci-phys-on-virtual", "ivshm-bdf-conflict"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 0001:00:1f.2 { bars 0xffff_f000 } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.2 { bars 0xffff_f000 } }`,
  },
  *find({ cell, system }) {
    const ofRoot = devicesByAddress(system.physicalDevices);
    const returned = new Set(system.physicalDevices.map(pciAddressText));
    for (const device of cell.physicalDevices) {
      const taken = ofRoot.get(device.bdf);
      if (taken === undefined || returned.has(pciAddressText(device))) continue;
      yield {
        at: cell.spot(device, "domain"),
        message: `${cell.title} takes ${deviceText(taken)} from the root cell, but calls it ${deviceText(device)}`,
        label: `domain ${hex(device.domain)}`,
        also: [{ at: system.spot(taken, "domain"), text: `domain ${hex(taken.domain)}` }],
      };
    }
  },
});
