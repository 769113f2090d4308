import { defineRule } from "../define-rule.js";
import { sectionedEndsOf } from "../facts/ivshmem-links.js";
import { refusedAtSetup, setupOf } from "../setup.js";
import { linkText } from "../words.js";

/** Vectors that the hypervisor keeps for a virtual device (hypervisor/include/jailhouse/pci.h). */
const maxVectors = 16;

export const ivshmVectors = defineRule({
  id: "ivshm-vectors",
  family: "ivshmem",
  title: "Too many interrupt vectors of a shared-memory device",
  severity: "error",
  scope: "config",
  statement: "A shared-memory device has at most 16 MSI-X vectors.",
  explanation:
    "The hypervisor emulates the MSI-X table of these devices and keeps room for 16 vectors in each. It looks at `num_msix_vectors` when it adds the device to its cell.",
  consequences: refusedAtSetup("EINVAL", "The device is the last one that is added.", [
    'Adding virtual PCI device %02x:%02x.%x to cell "%s"',
  ]),
  help: "use 16 vectors or fewer, the same number at all ends of the link",
  sources: ["hypervisor/ivshmem.c:412"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link shm at 0x3f00_0000 { device 01:0e.0; peers root, demo; output 8K; vectors 17 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link shm at 0x3f00_0000 { device 01:0e.0; peers root, demo; output 8K; vectors 16 }`,
  },
  *find({ config }) {
    for (const { device } of sectionedEndsOf(config)) {
      const { numMsixVectors } = device;
      if (numMsixVectors <= maxVectors) continue;
      yield {
        at: config.spot(device, "numMsixVectors"),
        message: `${linkText(device)} has ${numMsixVectors} interrupt vectors, ${maxVectors} are possible`,
        as: setupOf(config),
      };
    }
  },
});
