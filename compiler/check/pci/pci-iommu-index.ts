import type { PciDevice } from "../../ir/pci.js";
import { defineRule, type RuleSeverity } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type CheckedSet, iommuUnitsOf } from "../facts/checked-set.js";
import { setupOf } from "../setup.js";
import { count, deviceText } from "../words.js";

/** `JAILHOUSE_MAX_IOMMU_UNITS` (include/jailhouse/cell-config.h). */
const mostUnits = 8;

const noUnit =
  "The hypervisor uses a unit that was never set up, and faults when it sends it a command through the address 0.";

type Key = "refusedAtEnable" | "refusedAtCreate" | "crashAtEnable" | "crashAtCreate" | "lost";

export const pciIommuIndex = defineRule<"config", Key>({
  id: "pci-iommu-index",
  family: "pci",
  title: "IOMMU that does not exist",
  severity: "error",
  otherwise: "warning where the vendor is not known",
  scope: "config",
  machines: ["x86"],
  statement: "A device names one of the IOMMUs of the system, counted from 0.",
  explanation:
    "Each physical device says behind which IOMMU it is. Processors of AMD need this number to block or direct its memory accesses. On those of Intel all units have the same tables, and the number only matters in the root cell, to find the interrupts that Linux has programmed. There are at most eight.",
  consequences: {
    refusedAtEnable: {
      step: "enable",
      outcome: "refused",
      errno: "ERANGE",
      text: "The unit `PCI` refuses the device on a processor of AMD.",
    },
    refusedAtCreate: {
      step: "create",
      outcome: "refused",
      errno: "ERANGE",
      text: "The unit `PCI` refuses the device on a processor of AMD. It is not with the root cell any more.",
    },
    crashAtEnable: {
      step: "enable",
      outcome: "crash",
      prints: ["FATAL: Jailhouse triggered exception #%lld"],
      text: noUnit,
    },
    crashAtCreate: {
      step: "create",
      outcome: "crash",
      prints: ["FATAL: Jailhouse triggered exception #%lld"],
      text: noUnit,
    },
    lost: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. Where Linux uses interrupt remapping, the hypervisor looks for the interrupts of the device with an IOMMU that does not exist, and the root cell does not get them.",
    },
  },
  help: "say which IOMMU the device is behind, as the DMAR or IVRS table of the machine has it; the order is that of `iommu_units`",
  helpInLanguage:
    "say which IOMMU the device is behind, as the DMAR or IVRS table of the machine has it; the order is that of the lines `iommu`",
  sources: [
    "hypervisor/arch/x86/amd_iommu.c:312-344",
    "hypervisor/arch/x86/vtd.c:784-796",
    "hypervisor/arch/x86/pci.c:262-272",
  ],
  example: {
    wrong: `import "machines/amd-pc.jail"
system pc { use amd-pc(); device 00:02.0 { iommu 1 } }`,
    right: `import "machines/amd-pc.jail"
system pc { use amd-pc(); device 00:02.0 { iommu 0 } }`,
  },
  *find({ config, set }) {
    const { system } = set;
    const units = system === null ? null : iommuUnitsOf(system).length;
    for (const device of config.physicalDevices) {
      const verdict = device.iommu < (units ?? mostUnits) ? undefined : verdictOf(device, config, set, units);
      if (verdict === undefined) continue;
      const known = units === null ? `${mostUnits} at most` : count(units, "IOMMU");
      const onlyAmd = set.vendor === null ? "; it matters on processors of AMD only" : "";
      yield {
        at: config.spot(device, "iommu"),
        message: `${deviceText(device)} is behind IOMMU ${device.iommu}, and there ${units === 1 ? "is" : "are"} ${known}, counted from 0${onlyAmd}`,
        ...verdict,
      };
    }
  },
});

interface Verdict {
  readonly as: Key;
  readonly severity?: RuleSeverity;
}

function verdictOf(
  { iommu }: PciDevice,
  config: CheckedConfig,
  { vendor }: CheckedSet,
  units: number | null,
): Verdict | undefined {
  // AMD ignores the number where there is no IOMMU at all, and Intel refuses that; cells of Intel have no use for it.
  if (units === 0) return undefined;
  if (vendor === "intel") return config.isRoot ? { as: "lost" } : undefined;
  const atEnable = setupOf(config) === "enable";
  const refused = atEnable ? "refusedAtEnable" : "refusedAtCreate";
  const crash = atEnable ? "crashAtEnable" : "crashAtCreate";
  const as = iommu < mostUnits ? crash : refused;
  return vendor === "amd" ? { as } : { as, severity: "warning" };
}
