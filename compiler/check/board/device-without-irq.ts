import type { BoardDevice } from "../../ir/board.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import {
  deviceRegisters,
  misnumberedInterrupts,
  ownedInterrupts,
  reachedDevices,
} from "../facts/board-interrupts.js";
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
    "Registers and interrupts are given in different tables, and neither knows of the other. What is shared with the root cell, and a console, are left out: they are used without interrupts. A device whose interrupt stays behind raises it in the root cell, which has no driver for it.",
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
      const taken = reachedDevices(
        cell,
        registers,
        (region) => !region.rootShared && !isConsole(region, cell),
      );
      for (const [region, devices] of byRegion(taken)) {
        const interrupts = [...new Set(devices.flatMap((device) => device.interrupts ?? []))];
        if (interrupts.length === 0 || interrupts.some((number) => owned.has(number))) continue;
        if (devices.some((device) => misnumbered.has(device))) continue;
        const device = devices.find(({ interrupts }) => interrupts !== null)!;
        yield {
          at: region.spot(),
          message: `${regionText(region)} has the registers of ${namesOf(devices)}, but ${cell.title} ${lacks(interrupts)}`,
          also: [{ at: onBoard(cell, device, "interrupts"), text: "interrupts of the device" }],
        };
      }
    }
  },
});

function byRegion(taken: ReadonlyMap<BoardDevice, Region>): ReadonlyMap<Region, readonly BoardDevice[]> {
  const groups = new Map<Region, BoardDevice[]>();
  for (const [device, region] of taken) {
    const known = groups.get(region);
    if (known === undefined) groups.set(region, [device]);
    else known.push(device);
  }
  return groups;
}

function lacks(interrupts: readonly number[]): string {
  const [first, second] = interrupts;
  return second === undefined
    ? `does not have interrupt ${first}`
    : `has none of the interrupts ${listed(interrupts.slice(0, 8).map(String))}`;
}

function isConsole({ phys }: Region, { cell }: CheckedConfig): boolean {
  const address = cell.console?.address;
  return address !== undefined && address !== 0n && address >= phys.start && address < phys.end;
}

function namesOf(devices: readonly { readonly name: string }[]): string {
  return listed([...new Set(devices.map(({ name }) => JSON.stringify(name)))].slice(0, 4));
}
