import type { IrNode } from "./node.js";

/** Pins of an interrupt controller that belong to a cell (`jailhouse_irqchip`, since June 2014). */
export interface Irqchip extends IrNode {
  /** Physical address of the controller's registers, in bytes. */
  readonly address: bigint;
  /** Id of an x86 I/O APIC, 0 elsewhere. 64 bits wide before mid 2016, 32 bits since. */
  readonly id: bigint;
  /**
   * The interrupt number of bit 0. Before mid 2016 it was fixed: 0 on x86, 32 (the first shared peripheral interrupt)
   * on ARM.
   */
  readonly pinBase: number;
  /** Bit `n` is pin `pinBase + n`. 128 bits; 64 before mid 2016. */
  readonly pinBitmap: bigint;
}

/** Numbers of the shared peripheral interrupts of a GIC, as its architecture has them. */
export const firstSpi = 32;
export const lastSpi = 1019;

/** Bits of the bitmap of one element, since mid 2016. */
export const pinsPerElement = 128;

/**
 * The interrupt of a virtual device without MSI-X, as the GIC counts: its pin follows from the number of the device.
 *
 * @param vpciIrqBase as in the field, 0 for the first SPI
 */
export function virtualDeviceInterrupt(bdf: number, vpciIrqBase: number): number {
  return vpciIrqBase + firstSpi + ((bdf >> 3) & 3);
}

/** The interrupt numbers that a chip's bitmap lists, ascending. */
export function pinsOf({ pinBase, pinBitmap }: Pick<Irqchip, "pinBase" | "pinBitmap">): readonly number[] {
  const pins: number[] = [];
  for (let bit = 0, rest = pinBitmap; rest > 0n; bit++, rest >>= 1n) {
    if ((rest & 1n) === 1n) pins.push(pinBase + bit);
  }
  return pins;
}

/** One interrupt line (`jailhouse_irq_line`, until June 2014). */
export interface IrqLine extends IrNode {
  readonly line: number;
  /** Index of the controller. */
  readonly irqchip: number;
}
