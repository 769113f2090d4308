import { defineRule } from "../define-rule.js";
import { hex } from "../words.js";

/** COMM_REGION_BASE of the inmate library (inmates/lib/x86/include/inmate.h:42, inmates/lib/arm-common/include/inmate.h:42). */
const expected = { x86: 0x10_0000n, arm: 0x8000_0000n } as const;

export const commAddress = defineRule({
  id: "comm-address",
  family: "comm",
  title: "Communication region at an unusual address",
  severity: "info",
  scope: "config",
  only: "cell",
  machines: ["x86", "arm", "arm64"],
  statement: "The communication region lies where programs expect it: at 1M on x86, at 2G on ARM.",
  explanation:
    "Nothing tells a program where the communication region lies. The inmate library, and with it all demos and the loader for Linux, have the address built in.",
  consequences: {
    fault: {
      step: "run",
      outcome: "harmless",
      text: "The cell starts. A program that is built with the inmate library looks for the region at the usual address, and is stopped there if nothing is mapped.",
    },
  },
  help: "map the region at the usual address, unless the program knows another one",
  sources: ["inmates/lib/x86/include/inmate.h:42", "inmates/lib/arm-common/include/inmate.h:42"],
  after: ["fmt-arch-cell", "comm-size", "comm-multiple"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); comm at 4M }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); comm at 1M }`,
  },
  *find({ config }) {
    const usual = config.isArm ? expected.arm : expected.x86;
    for (const region of config.regions) {
      const { virtStart } = region.node;
      if (!region.comm || virtStart === usual) continue;
      yield {
        at: region.spot("virtStart"),
        message: `the communication region lies at ${hex(virtStart)}, and programs expect it at ${hex(usual)}`,
      };
    }
  },
});
