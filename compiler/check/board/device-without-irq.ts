import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { deviceRegisters, misnumberedInterrupts, ownedInterrupts } from "../facts/board-interrupts.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { Region } from "../facts/region.js";
import { listed, regionText } from "../words.js";

export const deviceWithoutIrq = defineRule({
  id: "device-without-irq",
  family: "board",
  title: "Device without its interrupt",
  severity: "warning",
  scope: "board",
  machines: ["arm", "arm64"],
  statement: "A cell that takes the registers of a device takes its interrupt, too.",
  explanation:
    "Registers and interrupts are given in different tables, and neither knows of the other. A device whose interrupt stays behind raises it in the root cell, which has no driver for it.",
  consequences: {
    lost: {
      step: "run",
      outcome: "ineffective",
      text: "The driver in the cell waits for an interrupt that never comes. The root cell gets it instead: nobody quiets the device, and Linux gives up on the line.",
    },
  },
  help: "add the interrupt to the cell; if the device is only polled, `allow` says so",
  sources: ["hypervisor/arch/arm-common/irqchip.c:424"],
  after: ["fmt-arch-board"],
  example: {
    board: "devices: [{ name: rtc, registers: [{ at: 0x9010000, size: 4K }], interrupts: 34 }]",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory at 0x901_0000 size 4K rw io }
cell demo { use inmate(); memory at 0x901_0000 size 4K rw io }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory at 0x901_0000 size 4K rw io }
cell demo { use inmate(); memory at 0x901_0000 size 4K rw io; interrupts 34 }`,
  },
  *find({ board, set }) {
    const registers = deviceRegisters(board);
    for (const cell of set.cells) {
      const owned = ownedInterrupts(cell);
      const misnumbered = new Set(misnumberedInterrupts(cell, registers).map(({ device }) => device));
      for (const region of cell.regions) {
        if (!takesDevices(region) || isConsole(region, cell)) continue;
        const devices = [...registers.overlapping(region.phys)].map(({ device }) => device);
        const interrupts = [...new Set(devices.flatMap((device) => device.interrupts ?? []))];
        if (interrupts.length === 0 || interrupts.some((number) => owned.has(number))) continue;
        if (devices.some((device) => misnumbered.has(device))) continue;
        const device = devices.find((each) => (each.interrupts ?? []).length > 0)!;
        yield {
          at: region.spot(),
          message: `${regionText(region)} has the registers of ${namesOf(devices)}, but ${cell.title} has none of the interrupts ${listed(interrupts.slice(0, 8).map(String))}`,
          also: [{ at: onBoard(cell, device, "interrupts"), text: "interrupts of the device" }],
        };
      }
    }
  },
});

/** What is shared stays with the root cell, interrupts included. */
function takesDevices({ hasPhysical, read, write, rootShared }: Region): boolean {
  return hasPhysical && (read || write) && !rootShared;
}

/** Inmates write to their console without interrupts. */
function isConsole({ phys }: Region, { cell }: CheckedConfig): boolean {
  const address = cell.console?.address ?? 0n;
  return address !== 0n && address >= phys.start && address < phys.end;
}

function namesOf(devices: readonly { readonly name: string }[]): string {
  return listed([...new Set(devices.map(({ name }) => JSON.stringify(name)))].slice(0, 4));
}
