import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { capabilityId, capabilityRange } from "../facts/capabilities.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { devicesByAddress } from "../facts/devices.js";
import { deviceText, hex } from "../words.js";

/** Far more pairs than the devices of a machine have together; a table that is made up may count billions. */
const mostCompared = 1_000_000;

const interruptCapabilities: readonly number[] = [capabilityId.msi, capabilityId.msix];

type Key = "interrupts" | "others" | "absent";

export const pciCapsDifferFromRoot = defineRule<"root", Key>({
  id: "pci-caps-differ-from-root",
  family: "pci",
  title: "Capability elsewhere than in the root cell",
  severity: "warning",
  otherwise: "info where the root cell does not list such a capability",
  scope: "root",
  statement:
    "A cell lists the capabilities of a device at the offsets and with the lengths that the root cell lists.",
  explanation:
    "A device has its capabilities in one place. The hypervisor goes by the list of the cell that has the device at the time: what the cell may write, and where the registers of MSI and MSI-X are. A list that was copied from another machine or another revision of the device does not fit. Where the root cell lists no capability at all for a device, nothing is compared.",
  consequences: {
    interrupts: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PCI MMCONFIG write, device %02x:%02x.%x, reg: 0x%x, size: %d"],
      text: "One of the two lists is wrong, and so is what happens to the cell that has it. The driver finds the capability where the device has it; if the list does not cover that, the write is rejected, and its CPU is parked. If it is the list of this cell, the hypervisor clears bytes of the device where the control word would be whenever it resets it, and leaves its interrupts on.",
    },
    others: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PCI MMCONFIG write, device %02x:%02x.%x, reg: 0x%x, size: %d"],
      text: "One of the two lists is wrong. The driver finds the capability where the device has it; if the list does not cover that, or allows no writing there, its first write is rejected and its CPU is parked. What the wrong list allows to write is something else.",
    },
    absent: {
      step: "run",
      outcome: "harmless",
      text: "Nothing goes wrong if the device does have the capability: reading is always allowed, and the list only says what this cell may write.",
    },
  },
  help: "take offsets and lengths from `lspci -vvv` of this machine, in both",
  sources: [
    "hypervisor/pci.c:178-191",
    "hypervisor/pci.c:330-332",
    "hypervisor/pci.c:559-567",
    "hypervisor/pci.c:707-721",
  ],
  after: ["pci-caps-oob", "pci-cap-not-on-device", "pci-phys-on-virtual"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.2 { capabilities pm 0x60 } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.2 { capabilities pm 0x50 } }`,
  },
  *find({ cell, system }) {
    const ofRoot = devicesByAddress(system.physicalDevices);
    let left = mostCompared;
    for (const device of cell.physicalDevices) {
      const taken = ofRoot.get(device.bdf);
      if (taken === undefined) continue;
      const known = capabilitiesOf(taken, system);
      const own = capabilitiesOf(device, cell);
      left -= known.length * own.length;
      if (left < 0) return;
      if (known.length === 0) continue;
      const places = new Set(own.map(placeOf));
      const byPlace = new Map(known.map((capability) => [placeOf(capability), capability]));
      /** Capabilities of one kind may occur several times: some of them may stand for others of this cell. */
      const unmatched = known.filter((capability) => !places.has(placeOf(capability)));
      for (const capability of own) {
        const there = byPlace.get(placeOf(capability));
        const difference =
          there === undefined
            ? placeDifference(capability, known, unmatched)
            : lengthDifference(capability, there);
        if (difference === undefined) continue;
        const { as, what, other } = difference;
        yield {
          at: cell.spot(device),
          message: `${nameOf(capability)} of ${deviceText(device)} ${what} ${system.title}`,
          also: [
            { at: cell.spot(capability), text: "listed here" },
            other === undefined
              ? { at: system.spot(taken), text: "without it" }
              : { at: system.spot(other), text: "listed there" },
          ],
          as,
          ...(as === "absent" ? { severity: "info" } : {}),
        };
      }
    }
  },
});

/** Without an id it is a mere stretch of bytes, which each cell may choose. */
function capabilitiesOf(device: PciDevice, config: CheckedConfig): readonly PciCapability[] {
  const { first, end } = capabilityRange(device, config);
  return config.cell.pciCapabilities.slice(first, end).filter(({ id }) => id !== 0);
}

interface Difference {
  readonly as: Key;
  /** Behind the name of the capability and device, before the name of the root cell. */
  readonly what: string;
  readonly other?: PciCapability;
}

function lengthDifference(capability: PciCapability, there: PciCapability): Difference | undefined {
  if (capability.len === there.len) return undefined;
  const what = `has ${capability.len} bytes here, but ${there.len} in`;
  return { as: kindOf(capability), what, other: there };
}

function placeDifference(
  capability: PciCapability,
  known: readonly PciCapability[],
  unmatched: readonly PciCapability[],
): Difference {
  const { id, extended, start } = capability;
  const as = kindOf(capability);
  const moved = unmatched.find((each) => each.id === id && each.extended === extended);
  if (moved !== undefined)
    return { as, what: `is at ${hex(start)} here, but at ${hex(moved.start)} in`, other: moved };
  const instead = known.find((each) => each.start === start);
  if (instead !== undefined)
    return { as, what: `is at ${hex(start)} here, but ${nameOf(instead)} is there in`, other: instead };
  return { as: "absent", what: `is listed at ${hex(start)} here, but not in` };
}

function kindOf({ id, extended }: PciCapability): Key {
  return !extended && interruptCapabilities.includes(id) ? "interrupts" : "others";
}

function nameOf({ id, extended }: PciCapability): string {
  return `${extended ? "extended " : ""}capability ${hex(id)}`;
}

function placeOf({ id, extended, start }: PciCapability): string {
  return [id, extended, start].join();
}
