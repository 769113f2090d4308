import type { AmdIommu, IommuUnit } from "../../ir/platform.js";
import { defineRule, type Hit } from "../define-rule.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { hex } from "../words.js";

/** Capabilities of a PCI device stand behind the header, which has this many bytes. */
const headerEnd = 0x40;

type Key = "capability" | "interrupt";
type Mistake = Pick<Hit<Key>, "as" | "message" | "severity">;

export const iommuAmdDevice = defineRule({
  id: "iommu-amd-device",
  family: "iommu",
  title: "AMD IOMMU without its PCI device",
  severity: "error",
  otherwise: "warning for the MSI capability",
  scope: "config",
  only: "system",
  machines: ["x86"],
  statement:
    "An IOMMU unit of AMD names its PCI device, and where in its configuration space the capabilities for the IOMMU and for MSI begin.",
  explanation:
    "An IOMMU of AMD is a PCI device. The hypervisor asks its IOMMU capability what it can do, writes the address of the registers there, and directs its interrupts by its MSI capability. It takes the places from the config and does not look for the capabilities. The first 64 bytes of a configuration space are the header, and 00:00.0 is the host bridge.",
  consequences: {
    capability: {
      step: "enable",
      outcome: "refused",
      errno: "EIO",
      text: "The hypervisor takes another register for the capability, and finds that it lacks a bit that it wants. Should the register happen to have this bit, the address of the IOMMU is written into registers that mean something else.",
    },
    interrupt: {
      step: "enable",
      outcome: "ineffective",
      text: "Nothing complains. The hypervisor writes the MSI address and data over the header of the IOMMU's configuration space, its command register included, and no interrupt tells of DMA that was stopped.",
    },
  },
  help: "take bus/device/function and both offsets from the machine (`lspci -vv`: the IOMMU shows `Secure device` and `MSI` with their offsets in brackets)",
  sources: [
    "hypervisor/arch/x86/amd_iommu.c:430-454",
    "hypervisor/arch/x86/amd_iommu.c:640",
    "hypervisor/arch/x86/amd_iommu.c:655",
  ],
  after: ["iommu-type"],
  example: {
    wrong: `import "machines/amd-pc.jail"
system pc {
  use amd-pc()
  iommu amd at 0xfeb7_0000 size 16K
}`,
    right: `import "machines/amd-pc.jail"
system pc {
  use amd-pc()
  iommu amd at 0xfeb7_0000 size 16K { bdf 00:01.2; base-cap 0x40; msi-cap 0x54 }
}`,
  },
  *find({ config }) {
    for (const unit of iommuUnitsOf(config)) {
      if (unit.type !== "JAILHOUSE_IOMMU_AMD" || unit.amd === null) continue;
      const mistake = mistakeOf(unit, unit.amd);
      if (mistake !== undefined) yield { at: config.spot(unit, "amd"), ...mistake };
    }
  },
});

function mistakeOf({ base }: IommuUnit, { bdf, baseCap, msiCap }: AmdIommu): Mistake | undefined {
  const unit = `the IOMMU unit at ${hex(base)}`;
  if (bdf === 0 && baseCap === 0) return { message: `${unit} has neither bus/device/function nor base-cap` };
  if (bdf === 0) return { message: `${unit} has the bus/device/function of the host bridge, 00:00.0` };
  if (baseCap < headerEnd) return { message: `${unit} has base-cap ${hex(baseCap)}, which is in the header` };
  if (msiCap >= headerEnd) return undefined;
  return {
    message: `${unit} has msi-cap ${hex(msiCap)}, which is in the header`,
    as: "interrupt",
    severity: "warning",
  };
}
