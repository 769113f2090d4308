import { defineRule } from "../define-rule.js";

export const testDeviceNoComm = defineRule({
  id: "test-device-no-comm",
  family: "comm",
  title: "Test device without a place",
  severity: "error",
  scope: "config",
  only: "cell",
  machines: ["x86"],
  statement: "A cell with the flag TEST_DEVICE has a communication region.",
  explanation:
    "The test device of x86 is a page of registers for testing how accesses are emulated. It lies right behind the communication region, so that there has to be one. Hypervisors have it only if they were built with CONFIG_TEST_DEVICE.",
  consequences: {
    missing: {
      step: "create",
      outcome: "ineffective",
      text: "A hypervisor with CONFIG_TEST_DEVICE refuses the cell with EINVAL (Invalid argument). Any other ignores the flag and creates the cell, without a test device.",
    },
  },
  help: "add a communication region, or remove the flag",
  sources: ["hypervisor/arch/x86/test-device.c:82"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  flags  passive-commreg, test-device
  cpus   3
  memory at 0x3a60_0000 size 1M mapped at 0 rwx loadable
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  flags  passive-commreg, test-device
  cpus   3
  memory at 0x3a60_0000 size 1M mapped at 0 rwx loadable
  comm
}`,
  },
  *find({ config }) {
    if (!config.hasCellFlag("JAILHOUSE_CELL_TEST_DEVICE") || config.regions.some(({ comm }) => comm)) return;
    yield {
      at: config.cellSpot("flags"),
      message: `${config.title} has the flag TEST_DEVICE and no communication region`,
    };
  },
});
