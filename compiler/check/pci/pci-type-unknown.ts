import { defineRule } from "../define-rule.js";
import { isNoDevice } from "../facts/devices.js";
import { deviceText } from "../words.js";

export const pciTypeUnknown = defineRule({
  id: "pci-type-unknown",
  family: "pci",
  title: "PCI device of an unknown type",
  severity: "warning",
  scope: "config",
  statement: "A PCI device is a device, a bridge, or a shared-memory device.",
  explanation:
    "The type decides which registers of the configuration space a cell may write, and whether there is a physical device at all. An element that nobody has filled in has the type 0.",
  consequences: {
    device: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The hypervisor takes the entry for a physical device that is no bridge.",
    },
  },
  help: "say which type it is, or shorten the table by what is empty",
  sources: ["hypervisor/pci.c:218", "hypervisor/pci.c:306", "hypervisor/pci.c:699"],
  after: ["pci-phys-on-virtual"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:02.0 { type = 4 } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:02.0 }`,
  },
  *find({ config }) {
    for (const device of config.cell.pciDevices) {
      // One that was not filled in is told as that.
      if (typeof device.type !== "number" || isNoDevice(device)) continue;
      yield {
        at: config.spot(device, "type"),
        message: `${deviceText(device)} has the type ${device.type}, which does not exist`,
        label: "counts as a physical device",
      };
    }
  },
});
