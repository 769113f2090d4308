import { defineRule } from "../define-rule.js";
import { iommuUnitsOf } from "../facts/checked-set.js";

export const fmtForeignFields = defineRule({
  id: "fmt-foreign-fields",
  family: "format",
  title: "Field of another architecture",
  severity: "info",
  scope: "config",
  machines: ["x86", "arm", "arm64"],
  statement: "A config says nothing in fields that only other architectures have a use for.",
  explanation:
    "All architectures share one format, so that a config has fields that mean nothing on its machine. What stands there was probably copied from another board, or stands in place of what is needed here.",
  consequences: {
    ignored: { step: "create", outcome: "harmless", text: "Nobody looks at it." },
  },
  help: "remove it, and see whether something else was meant",
  sources: [
    "hypervisor/arch/x86/pci.c",
    "hypervisor/arch/x86/test-device.c:82",
    "hypervisor/arch/arm64/iommu.c:18",
  ],
  after: ["fmt-arch-cell", "fmt-truncated"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); vpci_irq_base = 108 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); vpci_irq_base = 0 }`,
  },
  *find({ config }) {
    const { cell, machine } = config;
    if (machine === "x86" && cell.vpciIrqBase !== 0) {
      yield {
        at: config.cellSpot("vpciIrqBase"),
        message: `the first interrupt for virtual devices is ${cell.vpciIrqBase}, and those of x86 have no such interrupts`,
      };
    }
    if (config.isArm && config.hasCellFlag("JAILHOUSE_CELL_TEST_DEVICE"))
      yield { at: config.cellSpot("flags"), message: "the flag TEST_DEVICE is for x86, and this is ARM" };
    const [unit] = machine === "arm" ? iommuUnitsOf(config) : [];
    if (unit !== undefined) {
      yield { at: config.spot(unit), message: "32-bit ARM uses no IOMMU, and the config describes one" };
    }
  },
});
