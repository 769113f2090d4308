import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { capabilityRange, readsCapabilities } from "../facts/capabilities.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { deviceText, hex } from "../words.js";

/** Far more than the devices of a machine have together; a table that is made up may count billions. */
const mostCompared = 100_000;

export const pciCapOverlap = defineRule({
  id: "pci-cap-overlap",
  family: "pci",
  title: "Capabilities that overlap",
  severity: "warning",
  scope: "config",
  statement: "The capabilities of a device do not overlap.",
  explanation:
    "The hypervisor finds out what holds for a register by the first capability of the device that covers it. One that comes later in the table does not count there.",
  consequences: {
    first: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. For the registers that both cover, the first one decides whether the cell may write, and whether they are taken for MSI or MSI-X registers.",
    },
  },
  help: "correct offset or length of one of them, as `lspci -vvv` shows them",
  sources: ["hypervisor/pci.c:178-191"],
  after: ["pci-cap-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capability pm at 0x50 size 8 writable; capability exp at 0x54 size 2 }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capability pm at 0x50 size 8 writable; capability exp at 0x58 size 2 }
}`,
  },
  *find({ config }) {
    for (const [device, table] of listsOf(config))
      for (const [one, other] of overlapsWithin(table))
        yield {
          at: config.spot(other),
          message: `capability ${rangeOf(other)} of ${deviceText(device)} overlaps capability ${rangeOf(one)}`,
          also: [{ at: config.spot(one), text: "the one that counts" }],
        };
  },
});

/** Each list of capabilities with a device that has it, without those that are a part of another one. */
function* listsOf(config: CheckedConfig): Generator<readonly [PciDevice, readonly PciCapability[]]> {
  const lists = config.cell.pciDevices
    .filter((device) => readsCapabilities(device, config))
    .map((device) => ({ device, ...capabilityRange(device, config) }))
    .sort((one, other) => one.first - other.first);
  let seen = 0;
  let left = mostCompared;
  for (const { device, first, end } of lists) {
    if (end <= seen) continue;
    seen = end;
    left -= end - first;
    if (left < 0) return;
    yield [device, config.cell.pciCapabilities.slice(first, end)];
  }
}

interface Placed {
  readonly capability: PciCapability;
  /** In the list of its device. */
  readonly place: number;
}

/** Neighbours by offset that overlap, the one that comes first in the list first. */
function* overlapsWithin(list: readonly PciCapability[]): Generator<readonly [PciCapability, PciCapability]> {
  const placed = list
    .map((capability, place): Placed => ({ capability, place }))
    .sort((one, other) => one.capability.start - other.capability.start);
  let furthest: Placed | undefined;
  for (const each of placed) {
    if (furthest !== undefined && each.capability.start < endOf(furthest.capability))
      yield furthest.place < each.place
        ? [furthest.capability, each.capability]
        : [each.capability, furthest.capability];
    if (furthest === undefined || endOf(each.capability) > endOf(furthest.capability)) furthest = each;
  }
}

function endOf({ start, len }: PciCapability): number {
  return start + len;
}

function rangeOf({ id, start, len }: PciCapability): string {
  return `${hex(id)} at ${hex(start)}..${hex(start + len - 1)}`;
}
