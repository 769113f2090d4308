import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { capabilityRange, readsCapabilities } from "../facts/capabilities.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { deviceText, hex } from "../words.js";

/** No device has more: 4096 bytes of configuration space, and a capability has at least four. */
const capabilitiesCompared = 1024;

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
    /** Devices may share parts of the table: each pair is told once, by its places. */
    const told = new Set<string>();
    for (const device of config.cell.pciDevices) {
      if (!readsCapabilities(device, config)) continue;
      for (const [first, second] of overlapsOf(device, config)) {
        const pair = `${first} ${second}`;
        if (told.has(pair)) continue;
        told.add(pair);
        const one = config.cell.pciCapabilities[first]!;
        const other = config.cell.pciCapabilities[second]!;
        yield {
          at: config.spot(other),
          message: `capability ${rangeOf(other)} of ${deviceText(device)} overlaps capability ${rangeOf(one)}`,
          also: [{ at: config.spot(one), text: "the one that counts" }],
        };
      }
    }
  },
});

interface Placed {
  readonly capability: PciCapability;
  /** In the table. */
  readonly place: number;
}

/** Capabilities of a device that overlap, by their places in the table, ascending: neighbours by offset. */
function* overlapsOf(device: PciDevice, config: CheckedConfig): Generator<readonly [number, number]> {
  const { first, end } = capabilityRange(device, config);
  const table = config.cell.pciCapabilities.slice(first, Math.min(end, first + capabilitiesCompared));
  const placed = table
    .map((capability, index): Placed => ({ capability, place: first + index }))
    .sort((one, other) => one.capability.start - other.capability.start);
  let furthest: Placed | undefined;
  for (const each of placed) {
    if (furthest !== undefined && each.capability.start < endOf(furthest.capability))
      yield [Math.min(furthest.place, each.place), Math.max(furthest.place, each.place)];
    if (furthest === undefined || endOf(each.capability) > endOf(furthest.capability)) furthest = each;
  }
}

function endOf({ start, len }: PciCapability): number {
  return start + len;
}

function rangeOf({ id, start, len }: PciCapability): string {
  return `${hex(id)} at ${hex(start)}..${hex(start + len - 1)}`;
}
