import type { Board } from "../../ir/board.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { deviceRegisters } from "../facts/board-interrupts.js";
import { type CheckedSet, iommuUnitsOf } from "../facts/checked-set.js";
import { IntervalIndex, merged, without } from "../facts/intervals.js";
import { rangeText } from "../words.js";

export const boardDeviceUncovered = defineRule({
  id: "board-device-uncovered",
  family: "board",
  title: "Devices that nobody has",
  severity: "info",
  scope: "board",
  statement: "Each device of the board is in the root cell or in a cell.",
  explanation:
    "Linux may have a driver for a device whose registers no config lists. The driver knows nothing of Jailhouse and goes on using it. What the hypervisor keeps for itself, interrupt controllers and IOMMUs, is left out of the configs on purpose.",
  consequences: {
    parked: {
      step: "run",
      outcome: "harmless",
      text: "Nothing happens as long as Linux does not use the device; its first access would stop the CPU.",
    },
  },
  help: "add the registers to the root cell, or disable the driver",
  sources: ["hypervisor/arch/x86/vcpu.c:252", "hypervisor/arch/arm64/mmio.c:108"],
  after: ["fmt-arch-board", "mem-none"],
  example: {
    board: "devices: [{ name: rtc, registers: [{ at: 0x9010000, size: 4K }] }]",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory at 0x901_0000 size 4K rw io }`,
  },
  *find({ board, set }) {
    const { system } = set;
    if (system === null) return;
    const covered = new IntervalIndex(
      merged(
        set.all.flatMap(({ regions }) =>
          regions.filter(({ hasPhysical }) => hasPhysical).map(({ phys }) => phys),
        ),
      ),
    );
    const kept = keptByHypervisor(board, set);
    for (const { device, start, end } of deviceRegisters(board).items) {
      const range = { start, end };
      if (kept.some((address) => address >= start && address < end)) continue;
      const [missing] = without(range, [...covered.overlapping(range)]);
      if (missing === undefined) continue;
      yield {
        at: system.tableSpot("memoryRegions"),
        message: `no cell has ${rangeText(missing)}, registers of ${JSON.stringify(device.name)}`,
        also: [{ at: onBoard(system, device), text: "device of the board" }],
      };
    }
  },
});

/** Where the hypervisor's own controllers begin. */
function keptByHypervisor({ gic, ioapics, iommus }: Board, { system }: CheckedSet): readonly bigint[] {
  const arm = system?.system?.platform?.arm;
  const addresses = [
    ...[gic?.gicd, gic?.gicc, gic?.gich, gic?.gicv, gic?.gicr],
    ...[arm?.gicdBase, arm?.giccBase, arm?.gichBase, arm?.gicvBase, arm?.gicrBase],
    ...(ioapics ?? []).map(({ at }) => at),
    ...(iommus ?? []).map(({ at }) => at),
    ...(system === null ? [] : iommuUnitsOf(system).map(({ base }) => base)),
  ];
  return addresses.flatMap((address) => (address === undefined || address === null ? [] : [address]));
}
