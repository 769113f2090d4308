import { defineRule } from "../define-rule.js";

export const apicModeMismatch = defineRule({
  id: "apic-mode-mismatch",
  family: "cpu",
  title: "Unknown mode of the local APIC",
  severity: "warning",
  scope: "config",
  only: "system",
  machines: ["x86"],
  statement: "The mode of the local APICs is automatic, xAPIC or x2APIC.",
  explanation:
    "The mode says which way the hypervisor reaches the local APICs. Given xAPIC or x2APIC, it insists on it and refuses to be enabled where Linux uses the other one; it takes any other number for automatic, and follows Linux.",
  consequences: {
    automatic: {
      step: "enable",
      outcome: "ineffective",
      text: "The hypervisor uses the mode that Linux has chosen, whatever was meant.",
    },
  },
  help: "use JAILHOUSE_APIC_MODE_AUTO, JAILHOUSE_APIC_MODE_XAPIC or JAILHOUSE_APIC_MODE_X2APIC",
  helpInLanguage: "write `apic-mode auto`, `apic-mode xapic` or `apic-mode x2apic`",
  sources: ["hypervisor/arch/x86/apic.c:185"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); platform_info.x86.apic_mode = 3 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); platform_info.x86.apic_mode = 2 }`,
  },
  *find({ config }) {
    const x86 = config.system?.platform?.x86;
    if (x86 === null || x86 === undefined) return;
    const mode = x86.apicMode;
    if (typeof mode === "string" || mode === 0) return;
    yield { at: config.spot(x86, "apicMode"), message: `${mode} is the number of no APIC mode` };
  },
});
