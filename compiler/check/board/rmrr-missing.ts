import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { addressKey } from "../facts/board-pci.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type Interval, merged, without } from "../facts/intervals.js";
import { bdfText, rangeText } from "../words.js";

export const rmrrMissing = defineRule({
  id: "rmrr-missing",
  family: "board",
  title: "Device without the memory that its firmware uses",
  severity: "warning",
  scope: "board",
  machines: ["x86"],
  statement:
    "Who has a device has the memory that its firmware goes on using (RMRR), at the same address and for DMA.",
  explanation:
    "USB controllers, graphics and management processors read and write memory that the machine's firmware has set aside for them. The IOMMU lets a device reach only what its owner has for DMA.",
  consequences: {
    fault: {
      step: "run",
      outcome: "ineffective",
      prints: ["VT-d fault event reported by IOMMU %d:"],
      text: "The accesses of the device are blocked. What its firmware does for the machine, such as a USB keyboard, stops working.",
    },
  },
  help: "add the range to the owner of the device: `mapped` at the same address, read, write and dma",
  sources: ["hypervisor/arch/x86/vtd.c:759", "hypervisor/arch/x86/vtd.c:357"],
  after: ["fmt-arch-board", "pci-absent-msi", "mem-none"],
  example: {
    board: `memory:
  reserved:
    - { kind: rmrr, range: 0x3fe00000..0x3fe0ffff, devices: [00:1f.2] }`,
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0x3fe0_0000 size 64K rw dma }`,
  },
  *find({ board, set }) {
    const entries = (board.memory?.reserved ?? []).filter(({ kind }) => kind === "rmrr");
    for (const config of set.all) {
      const own = new Map(config.physicalDevices.map((device) => [addressKey(device), device]));
      for (const entry of entries) {
        for (const address of entry.devices ?? []) {
          const device = own.get(addressKey(address));
          if (device === undefined) continue;
          const [missing] = unreachable(entry.range, config);
          if (missing === undefined) continue;
          yield {
            at: config.spot(device),
            message: `${bdfText(device)} uses ${rangeText(entry.range)}, but ${config.title} does not have ${rangeText(missing)} there for DMA`,
            also: [{ at: onBoard(config, entry), text: "set aside by the firmware" }],
          };
        }
      }
    }
  },
});

function unreachable(range: Interval, config: CheckedConfig): readonly Interval[] {
  const covers = [...config.byPhysical.overlapping(range)].filter(
    ({ region }) => region.dma && region.read && region.write && region.phys.start === region.virt.start,
  );
  return without(range, merged(covers.map(({ start, end }) => ({ start, end }))));
}
