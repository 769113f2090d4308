import type { PciDevice } from "../../ir/pci.js";
import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { isReachable } from "../facts/intercepted.js";
import { type Interval, IntervalIndex } from "../facts/intervals.js";
import type { Region } from "../facts/region.js";
import { deviceText, rangeText, regionText } from "../words.js";

interface Table extends Interval {
  /** The configs that have the device, in the order of the set. */
  readonly owners: ReadonlyMap<CheckedConfig, PciDevice>;
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
    const tables = tablesOf(set);
    const anywhere = new IntervalIndex(tables);
    for (const config of set.all) {
      const reaching = config.regions.filter(
        (region) => isReachable(region) && anywhere.first(region.phys) !== undefined,
      );
      if (reaching.length === 0) continue;
      const own = new IntervalIndex(tables.filter(({ owners }) => owners.has(config)));
      const [together, others] = foreignTables(anywhere.items, config, set);
      for (const region of reaching) {
        const ownTable = own.first(region.phys);
        if (ownTable !== undefined) yield hitOf(region, ownTable, config);
        const foreign = together.first(region.phys) ?? others.first(region.phys);
        if (foreign !== undefined) yield hitOf(region, foreign, ownerBeside(config, foreign, set));
      }
    }
  },
});

function hitOf(region: Region, table: Table, owner: CheckedConfig): Hit<"own" | "kept" | "foreign"> {
  const { config } = region;
  const device = table.owners.get(owner)!;
  const isOwn = owner === config;
  const isForeign = !isOwn && !config.isRoot;
  return {
    at: region.spot(),
    message: `${regionText(region)} contains the MSI-X table of ${deviceText(device)}${isOwn ? "" : ` of ${owner.title}`} at ${rangeText(table)}`,
    label: rangeText(region.phys),
    also: [{ at: owner.spot(device, "msixAddress"), text: "the table is here" }],
    as: isOwn ? "own" : isForeign ? "foreign" : "kept",
    ...(isForeign ? { severity: "error", between: [owner, config] } : {}),
  };
}

/** Each table once, though the root cell lists a device that it lends to a cell as well. */
function tablesOf(set: CheckedSet): readonly Table[] {
  const tables = new Map<string, Table & { readonly owners: Map<CheckedConfig, PciDevice> }>();
  for (const owner of set.all) {
    for (const device of owner.physicalDevices) {
      if (device.msixAddress === 0n) continue;
      const start = device.msixAddress;
      const size = device.msixRegionSize || Math.max(device.numMsixVectors, 1) * entrySize;
      const end = start + BigInt(size);
      const key = `${device.domain} ${device.bdf} ${start} ${end}`;
      const table = tables.get(key) ?? { start, end, owners: new Map() };
      tables.set(key, table);
      if (!table.owners.has(owner)) table.owners.set(owner, device);
    }
  }
  return [...tables.values()];
}

/** Tables of devices that the cell does not have: those of cells that run together with it, and the other ones. */
function foreignTables(
  tables: readonly Table[],
  config: CheckedConfig,
  set: CheckedSet,
): readonly [together: IntervalIndex<Table>, others: IntervalIndex<Table>] {
  const foreign = tables.filter(({ owners }) => !owners.has(config));
  const together = foreign.filter((table) => set.together(ownerBeside(config, table, set), config));
  const known = new Set(together);
  return [new IntervalIndex(together), new IntervalIndex(foreign.filter((table) => !known.has(table)))];
}

/** The owner that runs together with the cell, if one does. */
function ownerBeside(config: CheckedConfig, { owners }: Table, set: CheckedSet): CheckedConfig {
  let first: CheckedConfig | undefined;
  for (const owner of owners.keys()) {
    if (set.together(owner, config)) return owner;
    first ??= owner;
  }
  return first!;
}
