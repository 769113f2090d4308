import type { Board, BoardDevice } from "../../ir/board.js";
import { type Irqchip, pinsOf } from "../../ir/irq.js";
import type { CheckedConfig } from "./checked-config.js";
import { type Interval, IntervalIndex } from "./intervals.js";
import type { Region } from "./region.js";

/** Registers of a device of the board. */
export interface DeviceRegisters extends Interval {
  readonly device: BoardDevice;
}

export function deviceRegisters({ devices }: Board): IntervalIndex<DeviceRegisters> {
  return new IntervalIndex(
    (devices ?? []).flatMap((device) =>
      (device.registers ?? []).map(({ start, end }) => ({ start, end, device })),
    ),
  );
}

/** Interrupts of the table of a cell, each with the (first) chip that lists it. */
export function ownedInterrupts({ cell }: CheckedConfig): ReadonlyMap<number, Irqchip> {
  const owned = new Map<number, Irqchip>();
  for (const chip of cell.irqchips) for (const pin of pinsOf(chip)) if (!owned.has(pin)) owned.set(pin, chip);
  return owned;
}

/** Each device that a cell can reach, with the first region that holds any of its registers. */
export function reachedDevices(
  { byPhysical }: CheckedConfig,
  registers: IntervalIndex<DeviceRegisters>,
  counts: (region: Region) => boolean = () => true,
): ReadonlyMap<BoardDevice, Region> {
  const reached = new Map<BoardDevice, Region>();
  for (const range of registers.items) {
    if (reached.has(range.device)) continue;
    for (const { region } of byPhysical.overlapping(range)) {
      if (!(region.read || region.write) || !counts(region)) continue;
      reached.set(range.device, region);
      break;
    }
  }
  return reached;
}

/** An interrupt that a cell was probably meant to have, and the one that it has instead. */
export interface Misnumbered {
  readonly device: BoardDevice;
  readonly region: Region;
  readonly meant: number;
  readonly given: number;
  readonly chip: Irqchip;
}

/** Shared peripheral interrupts start here as the GIC counts, and at 0 as the device tree counts. */
const spiOffset = 32;

/**
 * Interrupts of devices that a cell reaches but does not own, where it owns the number 32 below or above, which none of
 * its devices has.
 */
export function misnumberedInterrupts(
  config: CheckedConfig,
  registers: IntervalIndex<DeviceRegisters>,
): readonly Misnumbered[] {
  const owned = ownedInterrupts(config);
  if (owned.size === 0) return [];
  const reached = reachedDevices(config, registers);
  const explained = new Set([...reached.keys()].flatMap(({ interrupts }) => interrupts ?? []));
  const found: Misnumbered[] = [];
  for (const [device, region] of reached) {
    for (const meant of device.interrupts ?? []) {
      if (owned.has(meant)) continue;
      const given = [meant - spiOffset, meant + spiOffset].find(
        (number) => owned.has(number) && !explained.has(number),
      );
      if (given !== undefined) found.push({ device, region, meant, given, chip: owned.get(given)! });
    }
  }
  return found;
}
