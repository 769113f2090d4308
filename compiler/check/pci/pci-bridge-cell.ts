import { defineRule } from "../define-rule.js";
import { isBridge } from "../facts/devices.js";
import { deviceText } from "../words.js";

export const pciBridgeCell = defineRule({
  id: "pci-bridge-cell",
  family: "pci",
  title: "Bridge in a cell",
  severity: "warning",
  scope: "config",
  only: "cell",
  statement: "Bridges stay with the root cell.",
  explanation:
    "A bridge forwards accesses to all devices behind it, whoever owns them, and its control register can reset them all. The hypervisor keeps a cell from changing the windows of a bridge, but not from its command and control registers.",
  consequences: {
    isolation: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell can switch off or reset what lies behind the bridge. The root cell loses the bridge and sees nothing behind it when it looks for devices.",
    },
  },
  help: "give the cell the devices behind the bridge, and leave the bridge to the root cell; a device that is no bridge has the type `JAILHOUSE_PCI_TYPE_DEVICE`",
  helpInLanguage:
    "give the cell the devices behind the bridge, and leave the bridge to the root cell; write `device` for what is no bridge",
  sources: ["hypervisor/pci.c:57-68"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); bridge 00:1c.0 }
cell demo { use inmate(); bridge 00:1c.0 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); bridge 00:1c.0; device 02:00.0 { bars 0xffff_f000 } }
cell demo { use inmate(); device 02:00.0 { bars 0xffff_f000 } }`,
  },
  *find({ config }) {
    for (const device of config.cell.pciDevices.filter(isBridge))
      yield {
        at: config.spot(device),
        message: `${deviceText(device)} of ${config.title} is a bridge`,
      };
  },
});
