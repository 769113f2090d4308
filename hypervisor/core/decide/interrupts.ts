import type { Irqchip } from "../config/cell-config.js";
import type { InterruptAccess, IoApicAccess, IpiAccess } from "./access.js";
import type { DecidingEntry, Decision } from "./decision.js";
import { decision } from "./describe.js";
import {
  type CellInPlay,
  type CellScene,
  entryOf,
  indicesOf,
  isX86,
  othersOf,
  type Scene,
  takersOf,
} from "./scene.js";

const registers = { select: 0x00, data: 0x10, endOfInterrupt: 0x40, table: 0x10 } as const;
const pinsOfEntry = 128;
/** On ARM, those below belong to a CPU. */
const firstShared = 32;

/** Pins that are not the cell's read as zero, and what is written to them has no effect (hypervisor/arch/x86/ioapic.c:256). */
export function decideIoApic(access: IoApicAccess, scene: CellScene): Decision {
  const { address, register, index: selected, pin, direction } = access;
  const { cell } = scene;
  const index = cell.config.irqchips.findIndex((chip) => chip.address === BigInt(address));
  if (index === -1) return decision("denied", access, [entryOf(cell, "irqchips", null, "absent")]);
  if (register === registers.endOfInterrupt && direction === "write") {
    if (cell.config.irqchips[index]!.pinBitmap !== 0n) return decision("granted", access, []);
    return decision("denied", access, [entryOf(cell, "irqchips", index, "lacks", ["pin_bitmap"])]);
  }
  if (pin === null) {
    const isData = register === registers.data && selected < registers.table && direction === "read";
    if (register === registers.select || isData) return decision("granted", access, []);
    return decision("denied", access, [], [], "no cell has this register of the I/O APIC");
  }
  const takers = takersOfPins(scene, [pin]);
  if (hasPin(cell.config.irqchips[index]!, pin)) {
    if (takers.length === 0) return decision("granted", access, []);
    return decision("dropped", access, [entryOf(cell, "irqchips", index, "lost"), ...takers]);
  }
  return decision("dropped", access, [entryOf(cell, "irqchips", index, "lacks", [`pin ${pin}`])], []);
}

function hasPin({ pinBase, pinBitmap }: Irqchip, pin: number): boolean {
  const bit = pin - pinBase;
  return bit >= 0 && bit < pinsOfEntry && ((pinBitmap >> BigInt(bit)) & 1n) === 1n;
}

/** Of all controllers on x86; of the one that there is on ARM. */
function counts({ address }: Irqchip, scene: Scene): boolean {
  return isX86(scene) || address === scene.system.arm.gicdBase;
}

function entriesWith(cell: CellInPlay, pins: readonly number[], scene: Scene): readonly number[] {
  return cell.config.irqchips.flatMap((chip, index) =>
    counts(chip, scene) && pins.some((pin) => hasPin(chip, pin)) ? [index] : [],
  );
}

function takersOfPins(scene: CellScene, pins: readonly number[]): readonly DecidingEntry[] {
  const has = (chip: Irqchip): boolean => counts(chip, scene) && pins.some((pin) => hasPin(chip, pin));
  return takersOf(scene, "irqchips", {
    takes: ({ step, config }) => (step === "created" ? indicesOf(config.irqchips, has) : []),
    returns: ({ step, config }) => step === "destroyed" && config.irqchips.some(has),
  });
}

/** Bits of interrupts that are not the cell's read as zero and stay as they are; a route outside is fatal (arch/arm-common/irqchip.c:43-185). */
export function decideInterrupts(access: InterruptAccess, scene: CellScene): Decision {
  const { cell } = scene;
  const { interrupts, isRoute } = access;
  if (isRoute) {
    const has = entriesWith(cell, interrupts, scene).map((index) => entryOf(cell, "irqchips", index, "has"));
    return decision("denied", access, [entryOf(cell, "cpus", null, "absent")], has);
  }
  if (interrupts.every((each) => each < firstShared)) {
    return decision("dropped", access, [], [], "interrupts of a CPU are its own");
  }
  const missing = interrupts.filter(
    (each) => entriesWith(cell, [each], scene).length === 0 || takersOfPins(scene, [each]).length > 0,
  );
  if (missing.length === 0) return decision("granted", access, []);
  const lost = missing.filter((each) => entriesWith(cell, [each], scene).length > 0);
  const never = missing.filter((each) => !lost.includes(each));
  const entries = [
    ...entriesWith(cell, lost, scene).map((index) => entryOf(cell, "irqchips", index, "lost")),
    ...takersOfPins(scene, lost),
    ...lackingEntries(cell, never, scene),
  ];
  return decision("dropped", access, entries, holdersOf(scene, never));
}

/** The entry whose range an interrupt is in lacks its bit; without one, the table has no entry. */
function lackingEntries(
  cell: CellInPlay,
  interrupts: readonly number[],
  scene: Scene,
): readonly DecidingEntry[] {
  const byEntry = new Map<number | null, string[]>();
  for (const each of interrupts) {
    const index = cell.config.irqchips.findIndex(
      (chip) => counts(chip, scene) && each >= chip.pinBase && each < chip.pinBase + pinsOfEntry,
    );
    const key = index === -1 ? null : index;
    byEntry.set(key, [...(byEntry.get(key) ?? []), `interrupt ${each}`]);
  }
  return [...byEntry].map(([index, lacks]) =>
    index === null
      ? entryOf(cell, "irqchips", null, "absent")
      : entryOf(cell, "irqchips", index, "lacks", lacks),
  );
}

function holdersOf(scene: CellScene, interrupts: readonly number[]): readonly DecidingEntry[] {
  if (interrupts.length === 0) return [];
  return scene.cells
    .filter((each) => each !== scene.cell)
    .flatMap((other) =>
      entriesWith(other, interrupts, scene).map((index) => entryOf(other, "irqchips", index, "has")),
    );
}

/** CPUs reach those of their own cell (hypervisor/arch/x86/apic.c:380-490, arch/arm-common/irqchip.c:98, psci.c). */
export function decideIpi(access: IpiAccess, scene: CellScene): Decision {
  const { cell } = scene;
  const { cpu } = access;
  if (cpu === null) return decision("dropped", access, [], [], "there is no such CPU");
  const holders = othersOf(scene).filter((other) => hasCpu(other, cpu));
  if (hasCpu(cell, cpu)) {
    if (!cell.isRoot || holders.length === 0) return decision("granted", access, []);
    const takers = holders.map((other) => entryOf(other, "cpus", cpu, "took"));
    return decision("dropped", access, [entryOf(cell, "cpus", cpu, "lost"), ...takers]);
  }
  const near = scene.cells
    .filter((each) => each !== cell && hasCpu(each, cpu))
    .map((other) => entryOf(other, "cpus", cpu, "has"));
  return decision("dropped", access, [entryOf(cell, "cpus", null, "absent")], near);
}

function hasCpu({ config }: CellInPlay, cpu: number): boolean {
  return (((config.cpuSet[cpu >> 3] ?? 0) >> (cpu & 7)) & 1) === 1;
}
