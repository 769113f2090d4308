/** What two configs say differently, field by field and element by element. */

import { hexOf } from "../../../schema/codec/json.js";
import {
  isStruct,
  residue,
  type WireConfig,
  type WireStruct,
  type WireTable,
  type WireValue,
} from "../../../schema/codec/wire.js";
import type { Profile, StructLayout } from "../../../schema/layout/types.js";
import { bitRuns, formatRuns, sameBits } from "../show/bit-runs.js";
import { columnsOf, elementText } from "../show/columns.js";
import { isZero } from "../show/emptiness.js";
import { formatField, hex } from "../show/format-value.js";
import { movedPairs, pairElements } from "./match-elements.js";

export interface Difference {
  readonly kind: "changed" | "added" | "removed" | "moved";
  /** By C names: `mem_regions[3].flags`. Indices are those of the first config, of the second for what was added. */
  readonly path: string;
  /** What the element is, e.g. `0x3f0ff000-0x3f0fffff`; absent outside tables. */
  readonly element?: string;
  /** Values as people read them; absent on the side that has none. */
  readonly before?: string;
  readonly after?: string;
}

/** Empty for configs that say the same. Configs of different profiles are compared by the names of their fields. */
export function differences(before: WireConfig, after: WireConfig): readonly Difference[] {
  const found: Difference[] = [];
  if (before.kind !== after.kind) found.push(changed("kind", before.kind, after.kind));
  const [left, right] = [headerLayout(before), headerLayout(after)];
  compareStructs(
    found,
    "",
    { ...sideOf(before, left), value: before.header },
    { ...sideOf(after, right), value: after.header },
  );
  const names = new Set([...before.profile.tables, ...after.profile.tables].map(({ name }) => name));
  for (const name of names) compareTables(found, name, before, after);
  if (hexOf(before.trailing) !== hexOf(after.trailing)) {
    found.push(changed("trailing bytes", bytesText(before.trailing), bytesText(after.trailing)));
  }
  return found;
}

interface Side {
  readonly profile: Profile;
  readonly layout: StructLayout;
}

interface StructSide extends Side {
  readonly value: WireStruct;
}

function sideOf({ profile }: WireConfig, layout: StructLayout): Side {
  return { profile, layout };
}

function headerLayout({ profile, kind }: WireConfig): StructLayout {
  return profile.structs.get(kind === "system" ? "jailhouse_system" : "jailhouse_cell_desc")!;
}

function changed(path: string, before: string, after: string, element?: string): Difference {
  return { kind: "changed", path, before, after, ...(element === undefined ? {} : { element }) };
}

function compareStructs(
  found: Difference[],
  path: string,
  before: StructSide,
  after: StructSide,
  element?: string,
): void {
  for (const name of new Set([...Object.keys(before.value), ...Object.keys(after.value)])) {
    const [left, right] = [before.value[name], after.value[name]];
    const here = path === "" ? name : `${path}.${name}`;
    compareValues(found, here, name, left, right, before, after, element);
  }
  const [left, right] = [residueText(before.value), residueText(after.value)];
  if (left !== right)
    found.push(changed(`${path === "" ? "header" : path} (unnamed bytes)`, left, right, element));
}

function compareValues(
  found: Difference[],
  path: string,
  name: string,
  left: WireValue | undefined,
  right: WireValue | undefined,
  before: Side,
  after: Side,
  element: string | undefined,
): void {
  if (left === undefined && right === undefined) return;
  // A field that one revision lacks and the other leaves empty says the same.
  if ((left === undefined && isZero(right!)) || (right === undefined && isZero(left!))) return;
  if (left !== undefined && right !== undefined) {
    if (sameValue(left, right)) return;
    const [inner, other] = [innerLayout(before.layout, name), innerLayout(after.layout, name)];
    if (isStruct(left) && isStruct(right) && inner !== undefined && other !== undefined) {
      const [one, two] = [
        { ...before, layout: inner, value: left },
        { ...after, layout: other, value: right },
      ];
      compareStructs(found, path, one, two, element);
      return;
    }
    if (
      isArray(left) &&
      isArray(right) &&
      left.some(isStruct) &&
      inner !== undefined &&
      other !== undefined
    ) {
      for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
        const [one, two] = [left[index] ?? {}, right[index] ?? {}] as [WireStruct, WireStruct];
        const sides = [
          { ...before, layout: inner, value: one },
          { ...after, layout: other, value: two },
        ] as const;
        compareStructs(found, `${path}[${index}]`, sides[0], sides[1], element);
      }
      return;
    }
  }
  const text = (side: Side, value: WireValue | undefined): string =>
    value === undefined ? "(no such field)" : formatField(side.profile, side.layout.name, name, value);
  found.push(changed(path, text(before, left), text(after, right), element));
}

function isArray(value: WireValue): value is readonly WireStruct[] {
  return Array.isArray(value);
}

function innerLayout(layout: StructLayout, name: string): StructLayout | undefined {
  const field = layout.fields.find((each) => each.name === name);
  return field?.kind === "struct" || field?.kind === "structs" ? field.layout : undefined;
}

function sameValue(a: WireValue, b: WireValue): boolean {
  if (isStruct(a) || isStruct(b)) return isStruct(a) && isStruct(b) && contentOf(a) === contentOf(b);
  if (isArray(a) && isArray(b))
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]!));
  // A field may have become wider from one revision to the next.
  if (isInteger(a) && isInteger(b)) return BigInt(a) === BigInt(b);
  return a === b;
}

function isInteger(value: WireValue): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function residueText(value: WireStruct): string {
  const runs = value[residue] ?? [];
  return runs.length === 0
    ? "none"
    : runs.map(({ offset, bytes }) => `+${offset}: ${hexOf(bytes)}`).join(", ");
}

function bytesText(bytes: Uint8Array): string {
  return bytes.length === 0 ? "none" : bytes.length > 32 ? `${bytes.length} bytes` : hexOf(bytes);
}

// ---- tables ---------------------------------------------------------------------------------------------------

function compareTables(found: Difference[], name: string, before: WireConfig, after: WireConfig): void {
  const [left, right] = [before.tables[name] ?? [], after.tables[name] ?? []];
  if (left.length === 0 && right.length === 0) return;
  const [one, two] = [elementLayout(before.profile, name), elementLayout(after.profile, name)];
  if (one !== undefined || two !== undefined) {
    const layouts = [one ?? two!, two ?? one!] as const;
    const sides = [sideOf(before, layouts[0]), sideOf(after, layouts[1])] as const;
    compareElements(found, name, structsOf(left), structsOf(right), sides[0], sides[1]);
    return;
  }
  if (!samePlainTable(name, left, right))
    found.push(changed(name, plainTableText(name, left), plainTableText(name, right)));
  else if (left.length !== right.length)
    found.push(changed(`${name} (length)`, String(left.length), String(right.length)));
}

type PlainTable = WireTable | readonly never[];

function structsOf(table: PlainTable): readonly WireStruct[] {
  return table instanceof Uint8Array ? [] : ([...table] as unknown[]).filter(isStruct);
}

function elementLayout(profile: Profile, name: string): StructLayout | undefined {
  return profile.tables.find((table) => table.name === name)?.layout ?? undefined;
}

function plainTableText(name: string, table: PlainTable): string {
  if (!(table instanceof Uint8Array)) {
    return `[${([...table] as (number | bigint)[]).map((value) => (value < 65536 ? String(value) : hex(value))).join(", ")}]`;
  }
  return formatRuns(bitRuns(table, name === "pio_bitmap"), name === "pio_bitmap" ? hex : String);
}

/** A bit that the shorter bitmap lacks is no CPU of it, or no port that it lets through. */
function samePlainTable(name: string, left: PlainTable, right: PlainTable): boolean {
  const [a, b] = [left, right].map((table) => (table.length === 0 ? new Uint8Array() : table));
  if (a instanceof Uint8Array && b instanceof Uint8Array)
    return sameBits(a, b, name === "pio_bitmap" ? 0xff : 0);
  return plainTableText(name, left) === plainTableText(name, right);
}

function compareElements(
  found: Difference[],
  table: string,
  left: readonly WireStruct[],
  right: readonly WireStruct[],
  before: Side,
  after: Side,
): void {
  const { pairs, removed, added } = pairElements(left, right, contentOf, keyFunctions);
  const changes = new Map<number, Difference[]>();
  const at = (index: number): Difference[] => {
    const list = changes.get(index) ?? [];
    changes.set(index, list);
    return list;
  };
  for (const pair of pairs) {
    const [one, two] = [left[pair.before]!, right[pair.after]!];
    const path = `${table}[${pair.before}]`;
    const sides = [
      { ...before, value: one },
      { ...after, value: two },
    ] as const;
    if (contentOf(one) !== contentOf(two)) {
      compareStructs(at(pair.before), path, sides[0], sides[1], titleOf(before, one));
    }
  }
  for (const { before: from, after: to } of movedPairs(pairs)) {
    const element = titleOf(before, left[from]!);
    at(from).push({
      kind: "moved",
      path: `${table}[${from}]`,
      before: `[${from}]`,
      after: `[${to}]`,
      element,
    });
  }
  for (const index of removed) {
    const text = elementText(before.profile, before.layout, left[index]!);
    at(index).push({ kind: "removed", path: `${table}[${index}]`, before: text });
  }
  for (const index of [...changes.keys()].sort((a, b) => a - b))
    for (const difference of changes.get(index)!) found.push(difference);
  for (const index of added) {
    const text = elementText(after.profile, after.layout, right[index]!);
    found.push({ kind: "added", path: `${table}[${index}]`, after: text });
  }
}

const contents = new WeakMap<WireStruct, string>();

/** Equal for structs that say the same; fields that are empty do not count. */
function contentOf(value: WireStruct): string {
  let text = contents.get(value);
  if (text === undefined) {
    const members = Object.entries(value).filter(([, member]) => !isZero(member));
    text = `{${members.map(([name, member]) => `${name}:${contentOfValue(member)}`).join(",")}|${residueText(value)}}`;
    contents.set(value, text);
  }
  return text;
}

function contentOfValue(value: WireValue): string {
  if (isStruct(value)) return contentOf(value);
  if (isArray(value)) return `[${value.map(contentOfValue).join(",")}]`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** The fields by which an element is known, the telling ones first. */
const keys: readonly (readonly string[])[] = [
  ["phys_start", "virt_start", "size"],
  ["phys_start", "virt_start"],
  ["phys_start"],
  ["virt_start"],
  ["domain", "bdf"],
  ["bdf"],
  ["domain", "bus", "devfn"],
  ["address", "pin_base"],
  ["address"],
  ["base"],
  ["phys_id"],
  ["id", "start"],
  ["start", "type"],
  ["num", "irqchip"],
];

const keyFunctions = keys.map((names) => (element: WireStruct): string | undefined => {
  // Unused elements are all zero: they are no region at address 0.
  if (isZero(element) || !names.every((name) => element[name] !== undefined)) return undefined;
  return names.map((name) => contentOfValue(element[name]!)).join("/");
});

/** What names an element: its first column, for a device its address too. */
function titleOf({ profile, layout }: Side, element: WireStruct): string {
  const columns = columnsOf(profile, layout, [element]);
  const column = columns.find(({ head }) => head === "bdf") ?? columns[0];
  return column === undefined ? "" : column.text(element);
}
