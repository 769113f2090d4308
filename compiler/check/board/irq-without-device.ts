import type { BoardDevice } from "../../ir/board.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import {
  deviceRegisters,
  misnumberedInterrupts,
  ownedInterrupts,
  reachedDevices,
} from "../facts/board-interrupts.js";
import { listed } from "../words.js";

export const irqWithoutDevice = defineRule({
  id: "irq-without-device",
  family: "board",
  title: "Interrupt without its device",
  severity: "warning",
  scope: "board",
  machines: ["arm", "arm64"],
  statement: "A cell that takes an interrupt has the registers of a device that raises it.",
  explanation:
    "An interrupt that is given to a cell is taken from the root cell. Where the device stays there, its driver in Linux no longer hears of it.",
  consequences: {
    lost: {
      step: "create",
      outcome: "ineffective",
      text: "The device's driver in the root cell stops working. The cell may get an interrupt that it cannot quiet, over and over.",
    },
  },
  help: "take the interrupt out, or give the cell the registers, too",
  sources: ["hypervisor/arch/arm-common/irqchip.c:449"],
  after: ["fmt-arch-board", "gic-pinbase"],
  example: {
    board: "devices: [{ name: rtc, registers: [{ at: 0x9010000, size: 4K }], interrupts: 34 }]",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); interrupts 34 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory at 0x901_0000 size 4K rw io }
cell demo { use inmate(); interrupts 34; memory at 0x901_0000 size 4K rw io }`,
  },
  *find({ board, set }) {
    const registers = deviceRegisters(board);
    const raisers = raisersOf(board.devices ?? []);
    for (const cell of set.cells) {
      const reached = reachedDevices(cell, registers);
      const misnumbered = new Set(misnumberedInterrupts(cell, registers).map(({ given }) => given));
      for (const [number, chip] of ownedInterrupts(cell)) {
        const devices = raisers.get(number) ?? [];
        if (devices.length === 0 || misnumbered.has(number)) continue;
        if (devices.some((device) => reached.has(device) || (device.registers ?? []).length === 0)) continue;
        const names = listed(devices.slice(0, 4).map(({ name }) => JSON.stringify(name)));
        yield {
          at: cell.spot(chip, "pinBitmap"),
          message: `${cell.title} has interrupt ${number}, but not the registers of ${names}`,
          also: [{ at: onBoard(cell, devices[0]!, "interrupts"), text: "raised by this device" }],
        };
      }
    }
  },
});

function raisersOf(devices: readonly BoardDevice[]): ReadonlyMap<number, readonly BoardDevice[]> {
  const raisers = new Map<number, BoardDevice[]>();
  for (const device of devices)
    for (const number of device.interrupts ?? []) {
      const known = raisers.get(number);
      if (known === undefined) raisers.set(number, [device]);
      else known.push(device);
    }
  return raisers;
}
