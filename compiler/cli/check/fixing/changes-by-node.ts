import type { CheckedConfig } from "../../../check/facts/checked-config.js";
import type { Change, NewElement } from "../../../check/fix.js";
import type { IrNode, Origins } from "../../../ir/node.js";
import { modelledTables } from "../../../ir/revision-facts.js";

/** All that happens to one node. */
export interface NodeChanges {
  readonly node: { readonly origins: Origins };
  /** Where it is an element of a table: its name in C. */
  readonly table: string | null;
  readonly isRemoved: boolean;
  /** What stands for it once it is removed; null for nothing. */
  readonly mergedInto: { readonly origins: Origins } | null;
  /** New numbers of fields. */
  readonly numbers: readonly { readonly field: string; readonly value: bigint }[];
  readonly flags: readonly { readonly field: string; readonly name: string; readonly on: boolean }[];
  readonly copies: readonly (Change & { readonly kind: "copy" })[];
  /** Links that the cell becomes an end of. */
  readonly joins: readonly (Change & { readonly kind: "join" })[];
  /** Entries that the cell gets. */
  readonly adds: readonly NewElement[];
}

/** @param changes those of other configs are passed over */
export function changesByNode(config: CheckedConfig, changes: readonly Change[]): readonly NodeChanges[] {
  const groups = new Map<Origins, Change[]>();
  for (const change of changes) {
    if (change.at.config !== config) continue;
    const { origins } = change.at.node;
    groups.set(origins, [...(groups.get(origins) ?? []), change]);
  }
  const tables = tablesOf(config);
  return [...groups].map(([origins, own]) => ({
    node: own[0]!.at.node,
    table: tables.get(origins) ?? null,
    isRemoved: own.some(({ kind }) => kind === "remove"),
    mergedInto:
      own.map((change) => (change.kind === "remove" ? change.into?.node : undefined)).find(Boolean) ?? null,
    numbers: own.flatMap((change) =>
      change.kind === "set" ? [{ field: change.at.field, value: change.value }] : [],
    ),
    flags: own.flatMap((change) =>
      change.kind === "flag" ? [{ field: change.at.field, name: change.name, on: change.on }] : [],
    ),
    copies: own.flatMap((change) => (change.kind === "copy" ? [change] : [])),
    joins: own.flatMap((change) => (change.kind === "join" ? [change] : [])),
    adds: own.flatMap((change) => (change.kind === "add" ? [change.element] : [])),
  }));
}

function tablesOf({ cell }: CheckedConfig): ReadonlyMap<Origins, string> {
  const found = new Map<Origins, string>();
  for (const [name, field] of modelledTables) {
    const { portIo } = cell;
    const ranges = field === "portIo" && portIo.kind === "ranges" ? portIo.ranges : [];
    const value = cell[field as keyof typeof cell];
    const elements = Array.isArray(value) ? (value as readonly IrNode[]) : ranges;
    for (const { origins } of elements) found.set(origins, name);
  }
  return found;
}
