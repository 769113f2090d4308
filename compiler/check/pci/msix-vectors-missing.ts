import { defineRule } from "../define-rule.js";
import { capabilityId, capabilityOf } from "../facts/capabilities.js";
import { deviceText } from "../words.js";

export const msixVectorsMissing = defineRule({
  id: "msix-vectors-missing",
  family: "pci",
  title: "MSI-X without vectors",
  severity: "warning",
  scope: "config",
  statement: "A device with an MSI-X capability says how many vectors it has.",
  explanation:
    "MSI-X vectors stand in a table in the memory of the device. The hypervisor keeps that table from the cells and enters what they want after a check, for as many vectors as the config says.",
  consequences: {
    raw: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The hypervisor does not know of the table: where the cell has the memory in which it lies, it can enter what it wants, interrupts for CPUs of other cells included. Processors of Intel block such interrupts, so that the device has none.",
    },
    trapped: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PCI MSI-X table/PBA access, device %02x:%02x.%x"],
      text: "The hypervisor traps the table and rejects the first vector that a driver enters, which parks the CPU.",
    },
  },
  help: "say how many vectors the device has, and where their table is (`msix 5 at 0xfea9_0000 size 4K`), as `lspci -vvv` shows them",
  sources: ["hypervisor/pci.c:254-266", "hypervisor/pci.c:374-403", "hypervisor/pci.c:594-614"],
  after: ["pci-phys-on-virtual", "msix-region-zero"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capability msix at 0x70 size 12 writable }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { bars 0xffff_c000; msix 5 at 0xfea9_0000 size 4K; capability msix at 0x70 size 12 writable }
}`,
  },
  *find({ config }) {
    for (const device of config.physicalDevices) {
      const capability = capabilityOf(device, config, capabilityId.msix);
      if (capability === undefined || device.numMsixVectors > 0) continue;
      yield {
        at: config.spot(device, "numMsixVectors"),
        message: `${deviceText(device)} has an MSI-X capability, but no MSI-X vectors`,
        also: [{ at: config.spot(capability), text: "its MSI-X capability" }],
        as: device.msixAddress === 0n ? "raw" : "trapped",
      };
    }
  },
});
