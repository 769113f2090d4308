import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { type CheckedConfig, isIvshmem } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { devicesByAddress, interruptsOf } from "../facts/devices.js";
import { bdfText, deviceText } from "../words.js";

export const pciBdfDup = defineRule<"config", "hidden" | "hang">({
  id: "pci-bdf-dup",
  family: "pci",
  title: "One PCI address twice in a cell",
  severity: "warning",
  otherwise: "error for a device with interrupts of the root cell on Intel",
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
    hang: {
      step: "enable",
      outcome: "hang",
      text: "When the hypervisor adds the second entry, it takes the device from the root cell and gives its interrupts back to VT-d, which has not been started yet: it waits for an answer for ever.",
    },
  },
  help: "leave one of them out, or correct the address",
  sources: ["hypervisor/pci.c:153-167", "hypervisor/pci.c:697-702", "hypervisor/arch/x86/vtd.c:638-649"],
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
  *find({ config, set }) {
    const first = devicesByAddress(config.cell.pciDevices);
    for (const [index, device] of config.cell.pciDevices.entries()) {
      const earlier = first.get(device.bdf)!;
      if (earlier === device || !sameKind(earlier, device)) continue;
      yield {
        at: config.spot(device),
        message: `${deviceText(device)} is the second entry of ${config.title} at this address`,
        also: [{ at: config.spot(earlier), text: `${bdfText(earlier)} is the one that counts` }],
        ...(isWaitedFor(device, index, config, set) ? { as: "hang", severity: "error" } : {}),
      };
    }
  },
});

/** The interrupts of an entry before it are given back before this one is added. */
function isWaitedFor(
  device: PciDevice,
  index: number,
  config: CheckedConfig,
  { vendor }: CheckedSet,
): boolean {
  if (!config.isRoot || vendor !== "intel" || isIvshmem(device)) return false;
  const before = config.cell.pciDevices.slice(0, index);
  return before.some((each) => each.bdf === device.bdf && !isIvshmem(each) && interruptsOf(each) > 0);
}

/** A physical and a virtual device at one address, and one end of a link twice, are graver and told elsewhere. */
function sameKind(one: PciDevice, other: PciDevice): boolean {
  if (isIvshmem(one) !== isIvshmem(other)) return false;
  return !isIvshmem(one) || one.shmemDevId !== other.shmemDevId;
}
