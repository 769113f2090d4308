import { defineRule } from "../define-rule.js";
import { resetAddress } from "../facts/reset.js";
import { hex } from "../words.js";

/** What real mode can address by a segment and an offset. */
const realModeEnd = 0x10_0000n;

export const resetX86High = defineRule({
  id: "reset-x86-high",
  family: "load",
  title: "Real mode above the first megabyte",
  severity: "warning",
  scope: "config",
  only: "cell",
  machines: ["x86"],
  statement: "On x86, the CPUs of a cell start below 1M.",
  explanation:
    "The CPUs start in real mode, in a segment whose base the hypervisor sets to the 64K in which the reset address lies. Above 1M no selector stands for such a base, so that it is gone with the first far jump. `jailhouse cell linux` wants the address to be 0 and refuses all others.",
  consequences: {
    lost: {
      step: "start",
      outcome: "ineffective",
      text: "The first instructions are executed, up to the first jump or interrupt that loads the segment anew: that leads to another place below 1M.",
    },
  },
  help: "let the CPUs start below 1M, at 0 as all demos do",
  sources: ["hypervisor/arch/x86/vmx.c:800", "tools/jailhouse-cell-linux:251"],
  after: ["reset-unmapped"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  reset  at 2M
  memory at 0x3b00_0000 size 1M mapped at 2M rwx loadable
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); reset at 0xf_fff0 }`,
  },
  *find({ config }) {
    const address = resetAddress(config);
    if (address < realModeEnd) return;
    yield {
      at: config.cellSpot("cpuResetAddress"),
      message: `the CPUs of ${config.title} start in real mode at ${hex(address)}, above 1M`,
    };
  },
});
