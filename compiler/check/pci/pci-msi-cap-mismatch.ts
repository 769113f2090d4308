import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { capabilityId, capabilityOf } from "../facts/capabilities.js";
import { deviceText } from "../words.js";

/** Numbers of vectors that MSI can have, and the length of its capability (PCI Local Bus 3.0 §6.8.1). */
const vectorCounts: readonly number[] = [1, 2, 4, 8, 16, 32];
const shortest = 10;
const addressLength = 4;
const maskLength = 10;

type Key = "count" | "short" | "unguarded";

export const pciMsiCapMismatch = defineRule<"config", Key>({
  id: "pci-msi-cap-mismatch",
  family: "pci",
  title: "MSI capability that does not fit its device",
  severity: "warning",
  scope: "config",
  statement:
    "A device has 1, 2, 4, 8, 16 or 32 MSI vectors, and its MSI capability the length that 64-bit addresses and masks take.",
  explanation:
    "The capability has 10 bytes, 4 more with addresses of 64 bits and 10 more with a mask for each vector. The hypervisor allows writes as far as the capability goes, and by `msi_64bits` it knows where the message is: that part it keeps from the device and checks.",
  consequences: {
    count: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. A driver enables the next power of two, and the vectors beyond the number are rejected on processors of Intel.",
    },
    short: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PCI MMCONFIG write, device %02x:%02x.%x, reg: 0x%x, size: %d"],
      text: "The part behind the end of the capability cannot be written. A driver that does so loses its CPU.",
    },
    unguarded: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. If the device does have addresses of 64 bits, the message stands four bytes further on than the hypervisor believes, and what a cell writes there goes to the device without a check.",
    },
  },
  help: "take number, `64bit` and `maskable` from `lspci -vvv`, and the length from them: 10, 14 (64bit), 20 (maskable), 24 (both)",
  sources: ["hypervisor/pci.c:330-348", "hypervisor/arch/x86/pci.c:320-323"],
  after: ["pci-phys-on-virtual", "pci-cap-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { msi 1 64bit; capability msi at 0x70 size 10 writable }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { msi 1 64bit; capability msi at 0x70 size 14 writable }
}`,
  },
  *find({ config }) {
    for (const device of config.physicalDevices) {
      const capability = capabilityOf(device, config, capabilityId.msi);
      const vectors = device.numMsiVectors;
      if (capability === undefined || vectors === 0) continue;
      const also = [{ at: config.spot(capability), text: `${capability.len} bytes` }];
      if (!vectorCounts.includes(vectors))
        yield {
          at: config.spot(device, "numMsiVectors"),
          message: `${deviceText(device)} has ${vectors} MSI vectors, which MSI cannot have`,
          as: "count",
        };
      const needed = lengthOf(device);
      const what = `the MSI capability of ${deviceText(device)} has ${capability.len} bytes`;
      if (capability.len < needed)
        yield {
          at: config.spot(device, "msi64bits"),
          message: `${what}, and ${featuresOf(device)} takes ${needed}`,
          also,
          as: "short",
        };
      else if (device.msi64bits === 0 && capability.len === needed + addressLength)
        yield {
          at: config.spot(device, "msi64bits"),
          message: `${what}, as with addresses of 64 bits, but the device has 32`,
          also,
          as: "unguarded",
        };
    }
  },
});

function lengthOf({ msi64bits, msiMaskable }: PciDevice): number {
  return shortest + (msi64bits > 0 ? addressLength : 0) + (msiMaskable > 0 ? maskLength : 0);
}

function featuresOf({ msi64bits, msiMaskable }: PciDevice): string {
  const address = msi64bits > 0 ? "64-bit MSI" : "32-bit MSI";
  return msiMaskable > 0 ? `${address} with masks` : address;
}
