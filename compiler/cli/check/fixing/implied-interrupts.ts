/**
 * In the cell language the interrupts of links follow from `vpci-irq`: where that moves, they move along, and no line
 * grants them.
 */

import type { CheckedConfig } from "../../../check/facts/checked-config.js";
import { isIvshmem } from "../../../check/facts/checked-config.js";
import type { Change } from "../../../check/fix.js";
import { pinsPerElement, virtualDeviceInterrupt } from "../../../ir/irq.js";
import type { JailEditors } from "./edit-jail.js";

/** The changes without those of interrupts that follow from others. */
export function withoutImplied(
  changes: readonly Change[],
  isOfLanguage: (config: CheckedConfig) => boolean,
  editors: JailEditors,
): readonly Change[] {
  return changes.filter((change) => {
    const { config } = change.at;
    const isPins = change.kind === "set" && change.at.field === "pinBitmap";
    if (!isPins || newBase(config, changes) === undefined || !isOfLanguage(config)) return true;
    return !hasLinks(config, editors);
  });
}

/**
 * The model of a changed config in which the interrupts of its devices have moved with the first one.
 *
 * @param model as the changes alone make it
 */
export function withImplied(model: unknown, config: CheckedConfig, changes: readonly Change[]): unknown {
  const base = newBase(config, changes);
  const setsPins = changes.some(
    (change) => change.at.config === config && change.kind === "set" && change.at.field === "pinBitmap",
  );
  if (base === undefined || setsPins) return model;
  const { cell, ivshmemDevices } = config;
  const raising = ivshmemDevices.filter(({ numMsixVectors }) => numMsixVectors === 0);
  const before = raising.map(({ bdf }) => virtualDeviceInterrupt(bdf, cell.vpciIrqBase));
  const after = raising.map(({ bdf }) => virtualDeviceInterrupt(bdf, base));
  return withChips(model as Members, (chip) => {
    const bits = (interrupts: readonly number[]): bigint =>
      interrupts
        .filter((each) => each >= chip.pinBase && each < chip.pinBase + pinsPerElement)
        .reduce((all, each) => all | (1n << BigInt(each - chip.pinBase)), 0n);
    return { ...chip, pinBitmap: (chip.pinBitmap & ~bits(before)) | bits(after) };
  });
}

type Members = { readonly [key: string]: unknown };

interface Chip {
  readonly pinBase: number;
  readonly pinBitmap: bigint;
}

function withChips(model: Members, change: (chip: Chip) => Chip): Members {
  if (model.rootCell !== undefined)
    return { ...model, rootCell: withChips(model.rootCell as Members, change) };
  return { ...model, irqchips: (model.irqchips as readonly Chip[]).map(change) };
}

function newBase({ cell }: CheckedConfig, changes: readonly Change[]): number | undefined {
  for (const change of changes) {
    if (change.kind === "set" && change.at.node.origins === cell.origins && change.at.field === "vpciIrqBase")
      return Number(change.value);
  }
  return undefined;
}

/** True where a device of the cell is the end of a declared link. */
function hasLinks({ cell }: CheckedConfig, editors: JailEditors): boolean {
  return cell.pciDevices.filter(isIvshmem).some(({ origins }) => {
    const origin = origins.of();
    if (origin.kind !== "source") return false;
    const statement = editors.of(origin.span.file).statementAt(origin.span.start);
    return statement?.head.names[0]?.text === "link";
  });
}
