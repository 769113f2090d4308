import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { isIvshmem } from "../facts/checked-config.js";
import { devicesByAddress } from "../facts/devices.js";
import { bdfText, deviceText } from "../words.js";

export const pciBdfDup = defineRule({
  id: "pci-bdf-dup",
  family: "pci",
  title: "One PCI address twice in a cell",
  severity: "warning",
  scope: "config",
  statement: "The devices of a cell have different addresses: bus, device and function.",
  explanation:
    "The hypervisor looks a device up by bus, device and function and takes the first entry. It does not look at the domain, so that devices of two domains at one address are one device to it.",
  consequences: {
    hidden: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. Accesses to the configuration space go by the first entry, with its BAR masks and capabilities; what the second one says is of no use.",
    },
  },
  help: "leave one of them out, or correct the address",
  sources: ["hypervisor/pci.c:153-167"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 0001:00:1f.2 "second disk"
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 0001:00:1f.4 "second disk"
}`,
  },
  *find({ config }) {
    const first = devicesByAddress(config.cell.pciDevices);
    for (const device of config.cell.pciDevices) {
      const earlier = first.get(device.bdf)!;
      if (earlier === device || !sameKind(earlier, device)) continue;
      yield {
        at: config.spot(device),
        message: `${deviceText(device)} is the second entry of ${config.title} at this address`,
        also: [{ at: config.spot(earlier), text: `${bdfText(earlier)} is the one that counts` }],
      };
    }
  },
});

/** A physical and a virtual device at one address, and one end of a link twice, are graver and told elsewhere. */
function sameKind(one: PciDevice, other: PciDevice): boolean {
  if (isIvshmem(one) !== isIvshmem(other)) return false;
  return !isIvshmem(one) || one.shmemDevId !== other.shmemDevId;
}
