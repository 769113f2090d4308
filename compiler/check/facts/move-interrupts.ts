import { firstSpi, pinsPerElement } from "../../ir/irq.js";
import type { RuleFix } from "../define-rule.js";
import type { Change } from "../fix.js";
import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";
import { elementFor, freePinInterrupts, gicElementsOf, pinDevicesOf } from "./gic-interrupts.js";

/**
 * Gives the virtual devices of a cell four interrupts that are free, and takes back those that they raised. None where no
 * element of the cell can hold the new ones.
 */
export function moveInterrupts(config: CheckedConfig, set: CheckedSet): readonly RuleFix[] {
  const ofSet = known.get(set) ?? new Map<CheckedConfig, readonly RuleFix[]>();
  known.set(set, ofSet);
  let fixes = ofSet.get(config);
  if (fixes === undefined) {
    fixes = moveOf(config, set);
    ofSet.set(config, fixes);
  }
  return fixes;
}

/** Each virtual device of a cell has the same fix, which looks at all cells. */
const known = new WeakMap<CheckedSet, Map<CheckedConfig, readonly RuleFix[]>>();

function moveOf(config: CheckedConfig, set: CheckedSet): readonly RuleFix[] {
  const first = freePinInterrupts(config, set);
  if (config.isRoot || first === undefined || elementFor(first, config, set) === undefined) return [];
  const before = pinDevicesOf(config).map(({ interrupt }) => interrupt);
  const by = first - firstSpi - config.cell.vpciIrqBase;
  const after = before.map((interrupt) => interrupt + by);
  const grants = gicElementsOf(config, set).flatMap((chip): readonly Change[] => {
    const bits = (interrupts: readonly number[]): bigint =>
      interrupts
        .filter((each) => each >= chip.pinBase && each < chip.pinBase + pinsPerElement)
        .reduce((all, each) => all | (1n << BigInt(each - chip.pinBase)), 0n);
    const value = (chip.pinBitmap & ~bits(before)) | bits(after);
    return value === chip.pinBitmap
      ? []
      : [{ kind: "set", at: { ...config.spot(chip), field: "pinBitmap" }, value }];
  });
  const move: Change = {
    kind: "set",
    at: { ...config.cellSpot(), field: "vpciIrqBase" },
    value: BigInt(first - firstSpi),
  };
  return [{ title: `use the free interrupts ${first} to ${first + 3}`, changes: [move, ...grants] }];
}
