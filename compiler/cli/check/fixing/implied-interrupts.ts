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
    if (!isPins || !isOfLanguage(config)) return true;
    if (joinsOf(config, changes).length > 0) return false;
    return newBase(config, changes) === undefined || !hasLinks(config, editors);
  });
}

/**
 * The model of a changed config in which the interrupts of its devices have moved with the first one.
 *
 * @param model as the changes alone make it
 * @param actual as the edited source makes it: an element that is there for the new interrupts alone may be new
 */
export function withImplied(
  model: unknown,
  config: CheckedConfig,
  changes: readonly Change[],
  actual: unknown,
): unknown {
  const joined = joinsOf(config, changes).map(({ device }) => device);
  const base = newBase(config, changes) ?? (joined.length > 0 ? config.cell.vpciIrqBase : undefined);
  const setsPins = changes.some(
    (change) => change.at.config === config && change.kind === "set" && change.at.field === "pinBitmap",
  );
  if (base === undefined || setsPins) return model;
  const { cell, ivshmemDevices } = config;
  if (!config.isArm) return model;
  const raises = ({ numMsixVectors }: { readonly numMsixVectors: number }): boolean => numMsixVectors === 0;
  const raising = ivshmemDevices.filter(raises);
  const before = raising.map(({ bdf }) => virtualDeviceInterrupt(bdf, cell.vpciIrqBase));
  const after = [...raising, ...joined.filter(raises)].map(({ bdf }) => virtualDeviceInterrupt(bdf, base));
  const moved = chipsOf(model).map((chip) => ({
    ...chip,
    pinBitmap: (chip.pinBitmap & ~bitsIn(chip, before)) | bitsIn(chip, after),
  }));
  const added = chipsOf(actual).slice(moved.length);
  const isImplied = added.every((chip) => chip.pinBitmap === bitsIn(chip, after) && chip.pinBitmap !== 0n);
  return withChips(model as Members, isImplied ? [...moved, ...added] : moved);
}

type Members = { readonly [key: string]: unknown };

interface Chip {
  readonly pinBase: number;
  readonly pinBitmap: bigint;
}

function bitsIn({ pinBase }: Chip, interrupts: readonly number[]): bigint {
  return interrupts
    .filter((each) => each >= pinBase && each < pinBase + pinsPerElement)
    .reduce((all, each) => all | (1n << BigInt(each - pinBase)), 0n);
}

function chipsOf(model: unknown): readonly Chip[] {
  const { rootCell, irqchips } = model as Members;
  return rootCell === undefined ? (irqchips as readonly Chip[]) : chipsOf(rootCell);
}

function withChips(model: Members, irqchips: readonly Chip[]): Members {
  if (model.rootCell === undefined) return { ...model, irqchips };
  return { ...model, rootCell: withChips(model.rootCell as Members, irqchips) };
}

function joinsOf(
  config: CheckedConfig,
  changes: readonly Change[],
): readonly (Change & { readonly kind: "join" })[] {
  return changes.flatMap((change) => (change.kind === "join" && change.at.config === config ? [change] : []));
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
