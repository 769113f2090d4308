import { defineRule, type RuleSeverity } from "../define-rule.js";
import { capabilityId, capabilityOf } from "../facts/capabilities.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { interruptsOf } from "../facts/devices.js";
import { deviceText } from "../words.js";

type Key = "root" | "cell" | "unused";

export const msiVectorsMissing = defineRule<"config", Key>({
  id: "msi-vectors-missing",
  family: "pci",
  title: "MSI without vectors",
  severity: "error",
  otherwise: "info where the number does not matter",
  scope: "config",
  statement: "A device with an MSI capability says how many vectors it has.",
  explanation:
    "On processors of Intel each vector of a device takes an entry in the table of interrupts of VT-d. The hypervisor reserves as many as the config says when the device is added, and directs MSI to these alone. Elsewhere it passes MSI on as it is.",
  consequences: {
    root: {
      step: "enable",
      outcome: "hang",
      prints: ["FATAL: Unsupported MSI/MSI-X state, device %02x:%02x.%x, cap %d"],
      text: "Where Linux uses MSI for the device, the hypervisor finds it enabled without an entry for it, and the machine stops. Where a driver enables it later, its CPU is parked.",
    },
    cell: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PCI MMCONFIG write, device %02x:%02x.%x, reg: 0x%x, size: %d"],
      text: "There is no entry for the interrupt. The write by which the cell enables MSI is rejected, and its CPU is parked.",
    },
    unused: {
      step: "run",
      outcome: "harmless",
      text: "Only processors of Intel need the number, and there the vectors of MSI-X serve MSI as well. MSI works without it here.",
    },
  },
  help: "say how many vectors the device has (`msi 1 64bit`, `num_msi_vectors`), as `lspci -vvv` shows them behind the slash of `Count=1/8`",
  sources: [
    "hypervisor/pci.c:335-341",
    "hypervisor/pci.c:809-840",
    "hypervisor/arch/x86/pci.c:347-372",
    "hypervisor/arch/x86/vtd.c:651-662",
    "hypervisor/arch/x86/vtd.c:832-842",
    "hypervisor/arch/arm-common/pci.c:37-55",
  ],
  after: ["pci-phys-on-virtual"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capability msi at 0x70 size 14 writable }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { msi 1 64bit; capability msi at 0x70 size 14 writable }
}`,
  },
  *find({ config, set }) {
    for (const device of config.physicalDevices) {
      if (device.numMsiVectors > 0) continue;
      const capability = capabilityOf(device, config, capabilityId.msi);
      if (capability === undefined) continue;
      const onlyIntel =
        config.machine === "x86" && set.vendor === null ? "; it matters on processors of Intel only" : "";
      yield {
        at: config.spot(device, "numMsiVectors"),
        message: `${deviceText(device)} has an MSI capability, but no MSI vectors${onlyIntel}`,
        also: [{ at: config.spot(capability), text: "its MSI capability" }],
        ...verdictOf(interruptsOf(device), config, set),
      };
    }
  },
});

function verdictOf(
  interrupts: number,
  config: CheckedConfig,
  { vendor }: CheckedSet,
): { readonly as: Key; readonly severity?: RuleSeverity } {
  if (vendor !== "intel" || interrupts > 0) return { as: "unused", severity: "info" };
  return { as: config.isRoot ? "root" : "cell" };
}
