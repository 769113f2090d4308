import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { isReachable } from "../facts/intercepted.js";
import { type Interval, IntervalIndex } from "../facts/intervals.js";
import type { Region } from "../facts/region.js";
import { deviceText, rangeText, regionText } from "../words.js";

interface Table extends Interval {
  readonly owner: CheckedConfig;
  readonly device: PciDevice;
}

/** An entry of the table has 16 bytes. Before the size was said, the number of entries was all there was. */
const entrySize = 16;

export const msixMapped = defineRule({
  id: "msix-mapped",
  family: "intercept",
  title: "MSI-X table within a region",
  severity: "warning",
  otherwise: "error for a device of another cell",
  scope: "set",
  statement: "No region contains the MSI-X table of a device.",
  explanation:
    "A device raises interrupts by writing what its MSI-X table says to where it says. The hypervisor traps accesses to the table and checks each entry, which it can only do where the page of the table is not mapped.",
  consequences: {
    own: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The driver writes to the table itself: with the interrupt remapping of Intel its interrupts are blocked; elsewhere the device can raise any interrupt on any CPU.",
    },
    kept: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. Unless a region of the cell takes the page away, the root cell can change which interrupts the device of the cell raises, and on which CPU.",
    },
    foreign: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell can change which interrupts a device of another cell raises, and on which CPU.",
    },
  },
  help: "leave the page of the table out of the region: split it around the page",
  sources: ["hypervisor/pci.c:594-616"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "registers" at 0xfea0_0000 size 32K rw
  device 00:02.0 {
    msix 5 at 0xfea0_4000 size 4K
    capabilities msix 0x90
  }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory "registers" at 0xfea0_0000 size 16K rw
  device 00:02.0 {
    msix 5 at 0xfea0_4000 size 4K
    capabilities msix 0x90
  }
}`,
  },
  *find({ set }) {
    const all = set.all.flatMap(tablesOf);
    const index = new IntervalIndex(all);
    for (const config of set.all) {
      for (const region of config.regions) {
        if (!isReachable(region)) continue;
        const table = tableIn(region, index);
        if (table === undefined) continue;
        const isOwn = table.owner === config;
        const isForeign = !isOwn && !config.isRoot;
        yield {
          at: region.spot(),
          message: `${regionText(region)} contains the MSI-X table of ${deviceText(table.device)}${isOwn ? "" : ` of ${table.owner.title}`} at ${rangeText(table)}`,
          label: rangeText(region.phys),
          also: [{ at: table.owner.spot(table.device, "msixAddress"), text: "the table is here" }],
          as: isOwn ? "own" : isForeign ? "foreign" : "kept",
          ...(isForeign ? { severity: "error", between: [table.owner, config] } : {}),
        };
      }
    }
  },
});

function tablesOf(owner: CheckedConfig): readonly Table[] {
  return owner.physicalDevices
    .filter(({ msixAddress }) => msixAddress !== 0n)
    .map((device) => {
      const start = device.msixAddress;
      const size = device.msixRegionSize || Math.max(device.numMsixVectors, 1) * entrySize;
      return { start, end: start + BigInt(size), owner, device };
    });
}

/** A table within the region: its own cell's, if one of the devices there is. */
function tableIn(region: Region, index: IntervalIndex<Table>): Table | undefined {
  let found: Table | undefined;
  for (const table of index.overlapping(region.phys)) {
    if (table.owner === region.config) return table;
    found ??= table;
  }
  return found;
}
