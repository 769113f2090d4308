import { firstSpi, type Irqchip, pinsPerElement } from "../../ir/irq.js";
import { numberRuns } from "../number-runs.js";
import { hex } from "../words.js";
import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";

/** Interrupt numbers that the hypervisor keeps for a cell on ARM (hypervisor/arch/arm-common/include/asm/cell.h:23). */
export const gicInterrupts = 1024;

/** The distributor whose interrupts cells get; null where no system says it, or on machines without a GIC. */
export function distributorOf({ system }: CheckedSet): bigint | null {
  const base = system?.isArm ? (system.system?.platform?.arm?.gicdBase ?? 0n) : 0n;
  return base === 0n ? null : base;
}

/** The chips that the hypervisor looks at: on ARM, where that is known, those at the address of the GIC (irqchip.c:421-423). */
export function chipsInUse(config: CheckedConfig, set: CheckedSet): readonly Irqchip[] {
  const { irqchips } = config.cell;
  const distributor = distributorOf(set);
  return distributor === null ? irqchips : irqchips.filter(({ address }) => address === distributor);
}

/** True where the hypervisor refuses the first interrupt number of a chip on ARM (irqchip.c:424-427). */
export function isBadGicBase({ pinBase }: Irqchip): boolean {
  return pinBase % 32 !== 0 || pinBase + pinsPerElement > gicInterrupts;
}

/** Interrupts of one element of the table, or of several at the same address, as bits of one number. */
export interface ListedInterrupts {
  readonly config: CheckedConfig;
  /** The first element that lists some of them. */
  readonly chip: Irqchip;
  /** Bit `n` is interrupt `n`: as the GIC counts, or the pin of an I/O APIC. */
  readonly bits: bigint;
}

/**
 * What a cell lists, element by element, without those that are refused and, on ARM, without the private interrupts,
 * which every cell has anyway (irqchip.c:433-438).
 */
export function listedInterrupts(config: CheckedConfig, set: CheckedSet): readonly ListedInterrupts[] {
  return chipsInUse(config, set).flatMap((chip) => {
    if (config.isArm ? isBadGicBase(chip) : chip.pinBase !== 0) return [];
    const bits = config.isArm ? shared(chip.pinBitmap << BigInt(chip.pinBase)) : chip.pinBitmap;
    return bits === 0n ? [] : [{ config, chip, bits }];
  });
}

function shared(bits: bigint): bigint {
  const spis = BigInt(firstSpi);
  return (bits >> spis) << spis;
}

/** By the address of the controller: all interrupts that a cell lists there. */
export function interruptsByChip(listed: readonly ListedInterrupts[]): ReadonlyMap<bigint, ListedInterrupts> {
  const byAddress = new Map<bigint, ListedInterrupts>();
  for (const one of listed) {
    const earlier = byAddress.get(one.chip.address);
    byAddress.set(
      one.chip.address,
      earlier === undefined ? one : { ...earlier, bits: earlier.bits | one.bits },
    );
  }
  return byAddress;
}

/** `interrupt 40`, `pins 3-5 of the I/O APIC at 0xfec00000`. */
export function interruptsText(bits: bigint, { config, chip }: ListedInterrupts): string {
  const numbers = numbersIn(bits);
  const many = numbers.length > 1 ? "s" : "";
  if (config.isArm) return `interrupt${many} ${numberRuns(numbers)}`;
  return `pin${many} ${numberRuns(numbers)} of the I/O APIC at ${hex(chip.address)}`;
}

function numbersIn(bits: bigint): readonly number[] {
  const numbers: number[] = [];
  for (let number = 0, rest = bits; rest > 0n; number++, rest >>= 1n) if (rest & 1n) numbers.push(number);
  return numbers;
}
