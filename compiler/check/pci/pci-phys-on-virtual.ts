import { defineRule } from "../define-rule.js";
import { statedPlatform } from "../facts/platform.js";
import { deviceText } from "../words.js";

const text =
  "Creating the cell works, unless its table of MSI-X is in the way. The first access that finds the device in the configuration space, such as Linux' search for devices, makes the hypervisor pass it on to a host controller that does not exist. It faults, and that CPU stops.";

export const pciPhysOnVirtual = defineRule({
  id: "pci-phys-on-virtual",
  family: "pci",
  title: "Physical device on a virtual host controller",
  severity: "error",
  scope: "config",
  statement: "Where the PCI host controller is virtual, there are only shared-memory devices.",
  explanation:
    "`pci_is_virtual` says that the configuration space is made up by the hypervisor, because the machine has no PCI of its own or none that Jailhouse can use. There is no hardware to which accesses to a physical device could go. The domain of the device makes no difference.",
  consequences: {
    arm: {
      step: "run",
      outcome: "crash",
      prints: ["FATAL: Unhandled HYP exception: synchronous abort from EL2"],
      text,
    },
    other: { step: "run", outcome: "crash", text },
  },
  help: "leave the device out: devices of a real host controller on such a machine belong to the cell that gets the controller's registers; a shared-memory device has the type `JAILHOUSE_PCI_TYPE_IVSHMEM`",
  helpInLanguage:
    "leave the device out: devices of a real host controller on such a machine belong to the cell that gets the controller's registers; a shared-memory device is a peer's end of a `link`, or `ivshmem`",
  sources: ["hypervisor/pci.c:418-432", "hypervisor/pci.c:853-857"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); device 0001:00:02.0 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
  },
  *find({ config, set }) {
    const stated = statedPlatform(set);
    if (stated === undefined || stated.platform.pciIsVirtual === 0) return;
    const { system, platform } = stated;
    for (const device of config.physicalDevices) {
      yield {
        at: config.spot(device),
        message: `${deviceText(device)} of ${config.title} is a physical device, and the host controller is virtual`,
        also: [{ at: system.spot(platform, "pciIsVirtual"), text: "a virtual host controller" }],
        as: config.machine === "arm64" ? "arm" : "other",
      };
    }
  },
});
