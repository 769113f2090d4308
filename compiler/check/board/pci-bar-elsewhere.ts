import type { BoardBar, BoardPciDevice } from "../../ir/board.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { addressKey, hasVirtualPci, ownersOf } from "../facts/board-pci.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type Interval, IntervalIndex } from "../facts/intervals.js";
import { bdfText, listed, rangeText, regionText } from "../words.js";

export const pciBarElsewhere = defineRule({
  id: "pci-bar-elsewhere",
  family: "board",
  title: "Memory of a PCI device in another cell",
  severity: "warning",
  scope: "board",
  statement: "No cell but its owner has the memory of a PCI device.",
  explanation:
    "Through its registers a device can be made to read and write all memory that its owner may use for DMA. Whoever reaches them, by a region that is a little too large, has the device.",
  consequences: {
    isolation: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell can drive the device, and by its DMA reach memory of the owner.",
    },
  },
  help: "leave the memory out of the region, or give the device to the cell",
  sources: ["hypervisor/control.c:521", "hypervisor/pci.c:707"],
  after: ["fmt-arch-board", "mem-addr-range"],
  example: {
    board: `pci:
  - { address: 00:1f.2, bars: [{ bar: 5, range: 0xfebd9000..0xfebd9fff }] }`,
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0xfebd_9000 size 4K rw }
cell demo { use inmate(); memory at 0xfebd_9000 size 4K rw }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0xfebd_9000 size 4K rw }
cell demo { use inmate(); device 00:1f.2; memory at 0xfebd_9000 size 4K rw }`,
  },
  *find({ board, set }) {
    if (board.pci === null || hasVirtualPci(set)) return;
    const owners = ownersOf(set);
    const rootOwned = new Set(set.system?.physicalDevices.map(addressKey));
    const bars = new IntervalIndex(board.pci.flatMap(barsOf));
    for (const cell of set.cells) {
      for (const region of cell.regions) {
        if (!region.hasPhysical) continue;
        for (const { device, bar } of firstOf(bars.overlapping(region.phys))) {
          const key = addressKey(device.address);
          const holders = owners.get(key) ?? [];
          if (holders.includes(cell)) continue;
          // The root cell shares what is its own on purpose.
          if (holders.length === 0 && (!rootOwned.has(key) || region.rootShared)) continue;
          const owner = holders.length === 0 ? [set.system!] : holders;
          yield {
            at: region.spot(),
            message: `${regionText(region)} holds BAR ${bar.bar} of ${bdfText(device.address)}, ${rangeText(bar.range)}, a device of ${listed(owner.slice(0, 4).map(({ title }) => title))}`,
            also: [{ at: onBoard(cell, bar), text: "as the board has it" }, ...deviceIn(owner[0]!, key)],
          };
        }
      }
    }
  },
});

interface BarRange extends Interval {
  readonly device: BoardPciDevice;
  readonly bar: BoardBar;
}

function barsOf(device: BoardPciDevice): readonly BarRange[] {
  return (device.bars ?? []).map((bar) => ({ start: bar.range.start, end: bar.range.end, device, bar }));
}

/** How many devices in one region are named: a region that holds more is too large whatever they are. */
const devicesNamed = 8;

function* firstOf(ranges: Iterable<BarRange>): Generator<BarRange, void> {
  let left = devicesNamed;
  for (const range of ranges) {
    if (left-- === 0) return;
    yield range;
  }
}

function deviceIn(owner: CheckedConfig, key: number) {
  const device = owner.physicalDevices.find((each) => addressKey(each) === key)!;
  return [{ at: owner.spot(device), text: "its owner" }];
}
