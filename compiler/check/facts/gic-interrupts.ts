/** Which shared peripheral interrupts of the GIC a cell has, and which ones its virtual devices raise. */

import {
  firstSpi,
  type Irqchip,
  lastSpi,
  pinsOf,
  pinsPerElement,
  virtualDeviceInterrupt,
} from "../../ir/irq.js";
import type { PciDevice } from "../../ir/pci.js";
import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";

interface GicTable {
  readonly elements: readonly Irqchip[];
  /** The first element that grants an interrupt, by the interrupt. */
  readonly grants: ReadonlyMap<number, Irqchip>;
  /** The first element that can hold an interrupt, by the interrupt. */
  readonly places: ReadonlyMap<number, Irqchip>;
}

const tablesBySet = new WeakMap<CheckedSet, Map<CheckedConfig, GicTable>>();

function gicTableOf(config: CheckedConfig, set: CheckedSet): GicTable {
  const tables = tablesBySet.get(set) ?? new Map<CheckedConfig, GicTable>();
  tablesBySet.set(set, tables);
  let table = tables.get(config);
  if (table === undefined) {
    const distributor = set.system?.system?.platform?.arm?.gicdBase;
    const elements = config.cell.irqchips.filter(
      ({ address }) => distributor === undefined || address === distributor,
    );
    table = { elements, grants: grantsOf(elements), places: placesOf(elements) };
    tables.set(config, table);
  }
  return table;
}

function grantsOf(elements: readonly Irqchip[]): ReadonlyMap<number, Irqchip> {
  const grants = new Map<number, Irqchip>();
  /** What is known of the elements with a base: many of them may say the same. */
  const known = new Map<number, bigint>();
  for (const element of elements) {
    const { pinBase, pinBitmap } = element;
    const before = known.get(pinBase) ?? 0n;
    known.set(pinBase, before | pinBitmap);
    for (const interrupt of pinsOf({ pinBase, pinBitmap: pinBitmap & ~before }))
      if (!grants.has(interrupt)) grants.set(interrupt, element);
  }
  return grants;
}

function placesOf(elements: readonly Irqchip[]): ReadonlyMap<number, Irqchip> {
  const places = new Map<number, Irqchip>();
  const bases = new Set<number>();
  for (const element of elements) {
    const { pinBase } = element;
    if (bases.has(pinBase)) continue;
    bases.add(pinBase);
    const end = Math.min(pinBase + pinsPerElement, lastSpi + 1);
    for (let interrupt = pinBase; interrupt < end; interrupt++)
      if (!places.has(interrupt)) places.set(interrupt, element);
  }
  return places;
}

/** Elements for another address than the distributor's are passed over (hypervisor/arch/arm-common/irqchip.c:422). */
export function gicElementsOf(config: CheckedConfig, set: CheckedSet): readonly Irqchip[] {
  return gicTableOf(config, set).elements;
}

/** The interrupts that a cell has, each with the first element that grants it. */
export function gicInterruptsOf(config: CheckedConfig, set: CheckedSet): ReadonlyMap<number, Irqchip> {
  return gicTableOf(config, set).grants;
}

/** A virtual device without MSI-X, and the interrupt that the hypervisor raises for it. */
export interface PinDevice {
  readonly device: PciDevice;
  readonly interrupt: number;
}

/** Before revisions there was no `vpci_irq_base`, and no device without MSI-X. */
export function pinDevicesOf({ cell, config, ivshmemDevices }: CheckedConfig): readonly PinDevice[] {
  if (config.revision === null) return [];
  return ivshmemDevices
    .filter(({ numMsixVectors }) => numMsixVectors === 0)
    .map((device) => ({ device, interrupt: virtualDeviceInterrupt(device.bdf, cell.vpciIrqBase) }));
}

/** Interrupts that the four pins of a virtual host controller take. */
const pins = 4;

/**
 * The first four interrupts in a row that no cell but the root cell has, that nobody raises, and that the root cell, where its
 * config is known, can give away.
 */
export function freePinInterrupts(config: CheckedConfig, set: CheckedSet): number | undefined {
  const taken = takenInterrupts(set);
  const given = set.system === null ? undefined : gicInterruptsOf(set.system, set);
  const isFree = (interrupt: number): boolean => !taken.has(interrupt) && given?.has(interrupt) !== false;
  for (let first = firstSpi; first + pins - 1 <= lastSpi; first++) {
    const run = Array.from({ length: pins }, (_, pin) => first + pin);
    if (run.every(isFree) && elementFor(first, config, set) === elementFor(first + pins - 1, config, set))
      return first;
  }
  return undefined;
}

const takenBySet = new WeakMap<CheckedSet, ReadonlySet<number>>();

/** What cells other than the root cell have, and what virtual devices raise. */
function takenInterrupts(set: CheckedSet): ReadonlySet<number> {
  const known = takenBySet.get(set);
  if (known !== undefined) return known;
  const taken = new Set<number>();
  for (const other of set.all) {
    for (const { interrupt } of pinDevicesOf(other)) taken.add(interrupt);
    if (!other.isRoot) for (const interrupt of gicInterruptsOf(other, set).keys()) taken.add(interrupt);
  }
  takenBySet.set(set, taken);
  return taken;
}

/** The element of the cell's table that can hold an interrupt up to the last SPI. */
export function elementFor(interrupt: number, config: CheckedConfig, set: CheckedSet): Irqchip | undefined {
  return gicTableOf(config, set).places.get(interrupt);
}
