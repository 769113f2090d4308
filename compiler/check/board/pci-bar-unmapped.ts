import type { BoardBar } from "../../ir/board.js";
import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { addressKey, boardPciOf, hasVirtualPci } from "../facts/board-pci.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type Interval, merged, without } from "../facts/intervals.js";
import { bdfText, rangeText } from "../words.js";

export const pciBarUnmapped = defineRule({
  id: "pci-bar-unmapped",
  family: "board",
  title: "Memory of a PCI device that its owner lacks",
  severity: "warning",
  scope: "board",
  statement: "The owner of a PCI device has the memory behind its base address registers.",
  explanation:
    "A device in the table lets the cell find and set up the device. Its registers are memory of the machine like any other, and have to be listed, too; only the MSI-X table is the hypervisor's.",
  consequences: {
    parked: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid MMIO/RAM %s, addr: 0x%016lx size: %d"],
      text: "The driver of the device stops the CPU at its first access.",
    },
  },
  help: "add a region for the memory of the register",
  sources: ["hypervisor/arch/x86/vcpu.c:252"],
  after: ["fmt-arch-board", "pci-absent-msi", "pci-phys-on-virtual", "mem-none"],
  example: {
    board: `pci:
  - { address: 00:1f.2, bars: [{ bar: 5, range: 0xfebd9000..0xfebd9fff }] }`,
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0xfebd_9000 size 4K rw }`,
  },
  *find({ board, set }) {
    const present = boardPciOf(board);
    if (present === null || hasVirtualPci(set)) return;
    for (const config of set.all) {
      for (const device of config.physicalDevices) {
        const bars = present.get(addressKey(device))?.bars ?? [];
        for (const bar of bars) {
          const [missing] = unmapped(bar, device, config);
          if (missing === undefined) continue;
          yield {
            at: config.spot(device),
            message: `${config.title} has ${bdfText(device)}, but not ${rangeText(missing)} of its BAR ${bar.bar}`,
            also: [{ at: onBoard(config, bar), text: `${rangeText(bar.range)} here` }],
          };
        }
      }
    }
  },
});

function unmapped({ range }: BoardBar, device: PciDevice, config: CheckedConfig): readonly Interval[] {
  const { msixAddress, msixRegionSize } = device;
  const table = { start: msixAddress, end: msixAddress + BigInt(msixRegionSize) };
  const covers = [...config.byPhysical.overlapping(range)].map(({ start, end }) => ({ start, end }));
  return without(range, merged([...covers, table]));
}
