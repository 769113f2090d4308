import { defineRule } from "../define-rule.js";
import { sectionedEndsOf } from "../facts/ivshmem-links.js";
import { linkText } from "../words.js";

export const ivshmX86Intx = defineRule({
  id: "ivshm-x86-intx",
  family: "ivshmem",
  title: "Shared-memory device without MSI-X on x86",
  severity: "warning",
  scope: "config",
  machines: ["x86"],
  statement: "On x86 a shared-memory device has MSI-X vectors.",
  explanation:
    "Without vectors the device shows an interrupt pin instead of MSI-X. On x86 the hypervisor has nothing that could raise such a pin: there it delivers interrupts of virtual devices only as messages.",
  consequences: {
    deaf: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains, and no interrupt of this end of the link ever arrives.",
    },
  },
  help: "give all ends of the link the same number of vectors, 1 to 16, and BAR 1 the mask 0xfffffe00",
  sources: ["hypervisor/arch/x86/ivshmem.c:61"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link shm at 0x3f00_0000 { device 01:0e.0; peers root, demo; output 8K; vectors intx }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link shm at 0x3f00_0000 { device 01:0e.0; peers root, demo; output 8K; vectors 2 }`,
  },
  *find({ config }) {
    for (const { device } of sectionedEndsOf(config)) {
      if (device.numMsixVectors > 0) continue;
      yield {
        at: config.spot(device, "numMsixVectors"),
        message: `this end of ${linkText(device)} has no interrupt vectors, which x86 needs`,
      };
    }
  },
});
