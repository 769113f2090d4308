/** Changes of a config that was compiled from C, as edits of its source. */

import { resolveProfile } from "../../../../schema/layout/resolve.js";
import type { FieldChange, InitialiserEditor } from "../../../c/edit-initialiser.js";
import type { BraceList } from "../../../c/list-text.js";
import { movedIndices } from "../../../check/apply-changes.js";
import type { CheckedConfig } from "../../../check/facts/checked-config.js";
import type { Change, NewDevice } from "../../../check/fix.js";
import { pinsOf, virtualDeviceInterrupt } from "../../../ir/irq.js";
import type { Origins } from "../../../ir/node.js";
import type { SourceFile } from "../../../support/source.js";
import { outermostUse } from "../../../support/span.js";
import type { NumberShift, TextEdit } from "../../../support/text-edit.js";
import { changesByNode, type NodeChanges } from "./changes-by-node.js";
import { deviceFields, newElement, regionFields } from "./new-elements-c.js";
import type { PlannedEdit } from "./planned-edit.js";

/** Undefined where the source says it in a way that cannot be changed without knowing what was meant. */
export function editsOfC(
  config: CheckedConfig,
  source: SourceFile,
  editor: InitialiserEditor,
  changes: readonly Change[],
): readonly PlannedEdit[] | undefined {
  const found: (TextEdit | NumberShift)[] = [];
  const growth = new Map<string, bigint>();
  for (const each of changesByNode(config, changes)) {
    const struct = structOf(each.node, each.table, source, editor);
    const edits = struct === undefined ? undefined : editsOfNode(each, struct, editor);
    if (edits === undefined) return undefined;
    if (each.mergedInto !== null) {
      const target = structOf(each.mergedInto, each.table, source, editor);
      if (target === undefined || !editor.sayTheSame(target, struct!)) return undefined;
    }
    found.push(...edits);
    for (const { regions, device } of each.joins) {
      if (!hasInterruptOf(device, config, changes)) return undefined;
      const start = config.cell.memoryRegions.length;
      const ends = [
        ...regions.map((region) => editor.append("mem_regions", regionFields(region))),
        editor.append("pci_devices", deviceFields({ ...device, shmemRegionsStart: start }, config)),
      ];
      if (ends.includes(undefined) || changes.some(({ kind }) => kind === "copy" || kind === "remove"))
        return undefined;
      found.push(...ends.map((end) => end!));
      growth.set("mem_regions", (growth.get("mem_regions") ?? 0n) + BigInt(regions.length));
      growth.set("pci_devices", (growth.get("pci_devices") ?? 0n) + 1n);
    }
    for (const element of each.adds) {
      const [table, fields] = newElement(element, config);
      const added = editor.append(table, fields);
      if (added === undefined || changes.some(({ kind }) => kind === "copy" || kind === "remove"))
        return undefined;
      found.push(added);
      growth.set(table, (growth.get(table) ?? 0n) + 1n);
    }
    const by = BigInt(each.copies.length) - (each.isRemoved ? 1n : 0n);
    if (each.table !== null && by !== 0n) growth.set(each.table, (growth.get(each.table) ?? 0n) + by);
  }
  for (const { node, field, by } of movedIndices(config, changes)) {
    const struct = structOf(node, "pci_devices", source, editor);
    const edits = struct === undefined ? undefined : editor.shift(struct, cName(field), by);
    if (edits === undefined) return undefined;
    found.push(...edits);
  }
  for (const [table, by] of growth) {
    const lengths = editor.lengths(table, countOf(config, table), by);
    if (lengths === undefined) return undefined;
    found.push(...lengths);
  }
  return found.map((edit) => ({ file: source, language: "c", edit }));
}

/** A device without MSI-X needs its interrupt, which no line of C grants by itself. */
function hasInterruptOf(
  { bdf, numMsixVectors }: NewDevice,
  config: CheckedConfig,
  changes: readonly Change[],
): boolean {
  if (numMsixVectors > 0 || !config.isArm) return true;
  const { irqchips, vpciIrqBase } = config.cell;
  const interrupt = virtualDeviceInterrupt(bdf, vpciIrqBase);
  return (
    irqchips.some((chip) => pinsOf(chip).includes(interrupt)) ||
    changes.some(({ kind, at }) => kind === "set" && at.config === config && at.field === "pinBitmap")
  );
}

function editsOfNode(
  { node, table, isRemoved, numbers, flags, copies }: NodeChanges,
  struct: BraceList,
  editor: InitialiserEditor,
): readonly TextEdit[] | undefined {
  const isElement = table !== null;
  if (!isElement && (isRemoved || copies.length > 0)) return undefined;
  const own: readonly FieldChange[] = [
    ...numbers.map(({ field, value }) => ({ field: cName(field), value, before: numberOf(node, field) })),
    ...flags.map(({ field, name, on }) => ({ field: cName(field), flag: name, on })),
  ];
  const parts = [
    isRemoved ? editor.remove(struct) : editor.fields(struct, own),
    ...copies.map((copy) =>
      editor.copy(struct, [
        ...Object.entries(copy.values).map(([field, value]) => ({ field: cName(field), value })),
        ...(copy.flags ?? []).map((flag) => ({ field: "flags", flag, on: true })),
      ]),
    ),
  ];
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part!);
}

function numberOf(node: object, field: string): bigint | undefined {
  const value = (node as Readonly<Record<string, unknown>>)[field];
  return typeof value === "number" || typeof value === "bigint" ? BigInt(value) : undefined;
}

/** The braces that make the node; undefined where it stands in another file, or a macro makes it. */
function structOf(
  { origins }: { readonly origins: Origins },
  table: string | null,
  source: SourceFile,
  editor: InitialiserEditor,
): BraceList | undefined {
  const origin = origins.of();
  if (origin.kind !== "source") return undefined;
  const { file, start } = outermostUse(origin.span, origin.expansion);
  if (file !== source) return undefined;
  return table === null ? editor.structAt(start) : editor.elementAt(table, start);
}

function countOf({ config }: CheckedConfig, table: string): string | null {
  const layout = resolveProfile(config.profile);
  return layout?.tables.find(({ name }) => name === table)?.count ?? null;
}

/** `physStart` is `phys_start`. */
function cName(field: string): string {
  return field === "msi64bits"
    ? "msi_64bits"
    : field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
