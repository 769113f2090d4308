import { defineRule } from "../define-rule.js";
import { capabilityId, capabilityOf } from "../facts/capabilities.js";
import { setupOf } from "../setup.js";
import { count, deviceText } from "../words.js";

/** `PCI_EMBEDDED_MSIX_VECTS` (hypervisor/include/jailhouse/pci.h). */
const embeddedVectors = 16;

const nullTable =
  "The hypervisor reads the vectors of the device from a table at the address 0 of its own memory, which faults.";

type Key = "enable" | "create" | "overflow";

export const msixNoAddress = defineRule<"config", Key>({
  id: "msix-no-address",
  family: "pci",
  title: "MSI-X vectors without a table",
  severity: "error",
  scope: "config",
  statement: "A device with MSI-X vectors says where its table of vectors is.",
  explanation:
    "The hypervisor keeps the table of a device's MSI-X vectors from the cells and has a copy of its own. It maps the table, and gets memory for more than 16 vectors, only where the config has the address of the table.",
  consequences: {
    enable: {
      step: "enable",
      outcome: "crash",
      text: nullTable,
    },
    create: {
      step: "create",
      outcome: "crash",
      text: nullTable,
    },
    overflow: {
      step: "create",
      outcome: "crash",
      text: `The copy has room for ${embeddedVectors} vectors. When the device is reset, as it is when a cell gets it or gives it back, the hypervisor clears the memory behind it, too: that of other devices, or what else lies there. What comes of it depends on that.`,
    },
  },
  help: "add the address and the size of the table (`msix 5 at 0xfea9_0000 size 4K`), which `lspci -vvv` shows as BAR and offset, or say that there are no vectors",
  sources: [
    "hypervisor/pci.c:488-500",
    "hypervisor/pci.c:545-549",
    "hypervisor/pci.c:559-568",
    "hypervisor/pci.c:594-610",
  ],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capability msix at 0x70 size 12 writable; num_msix_vectors = 5 }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { bars 0xffff_c000; msix 5 at 0xfea9_0000 size 4K; capability msix at 0x70 size 12 writable }
}`,
  },
  *find({ config }) {
    for (const device of config.physicalDevices) {
      const vectors = device.numMsixVectors;
      if (vectors === 0 || device.msixAddress !== 0n) continue;
      const capability = capabilityOf(device, config, capabilityId.msix);
      if (capability === undefined && vectors <= embeddedVectors) continue;
      yield {
        at: config.spot(device, "msixAddress"),
        message: `${deviceText(device)} has ${count(vectors, "MSI-X vector")}, but no address of their table`,
        also: [{ at: config.spot(device, "numMsixVectors"), text: count(vectors, "vector") }],
        as: capability === undefined ? "overflow" : setupOf(config),
      };
    }
  },
});
