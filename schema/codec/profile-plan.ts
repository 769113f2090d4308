import type { IntegerField, Profile, StructField, StructLayout, TableLayout } from "../layout/types.js";
import {
  type IntegerSize,
  integerReader,
  integerWriter,
  type ReadInteger,
  type WriteInteger,
} from "./integer-access.js";
import { planOf, type StructPlan } from "./struct-plan.js";
import { familyOfArchitecture, type PlatformFamily } from "./union-views.js";
import type { ConfigKind, WireConfig, WireStruct, WireTable } from "./wire.js";

/** A profile made ready for the codec, once per profile. */
export interface ProfilePlan {
  readonly profile: Profile;
  readonly headers: Readonly<Record<ConfigKind, HeaderPlan>>;
  readonly tables: readonly TablePlan[];
}

export interface HeaderPlan {
  readonly kind: ConfigKind;
  readonly struct: StructPlan;
  readonly size: number;
  /** Signature as text; null before signatures. */
  readonly signature: string | null;
  /** Where the cell descriptor lies: the whole header of a cell, the root cell at the end of a system. */
  readonly description: { readonly field: string | null; readonly offset: number };
}

export interface TablePlan {
  readonly table: TableLayout;
  /** Reads the count from the start of the cell descriptor. */
  readonly countAt: (view: DataView, description: number) => number;
  readonly count: IntegerField;
  /** Bytes per unit of the count. */
  readonly unitSize: number;
  /** How one element is read and written; null for a table of plain bytes. */
  readonly element: StructPlan | { readonly read: ReadInteger; readonly write: WriteInteger } | null;
}

const plans = new WeakMap<Profile, ProfilePlan>();

export function planOfProfile(profile: Profile): ProfilePlan {
  let plan = plans.get(profile);
  if (plan === undefined) {
    plan = {
      profile,
      headers: { system: planHeader(profile, "system"), cell: planHeader(profile, "cell") },
      tables: profile.tables.map((table) => planTable(profile, table)),
    };
    plans.set(profile, plan);
  }
  return plan;
}

function structNamed(profile: Profile, name: string): StructLayout {
  const layout = profile.structs.get(name);
  if (layout === undefined) throw new Error(`profile ${profile.id} declares no ${name}`);
  return layout;
}

function planHeader(profile: Profile, kind: ConfigKind): HeaderPlan {
  const layout = structNamed(profile, kind === "system" ? "jailhouse_system" : "jailhouse_cell_desc");
  const root = layout.fields.find(
    (field): field is StructField => field.kind === "struct" && field.layout.name === "jailhouse_cell_desc",
  );
  return {
    kind,
    struct: planOf(layout),
    size: layout.size,
    signature: profile.signatures?.[kind] ?? null,
    description: { field: root?.name ?? null, offset: root?.offset ?? 0 },
  };
}

function planTable(profile: Profile, table: TableLayout): TablePlan {
  const count = structNamed(profile, "jailhouse_cell_desc").fields.find(({ name }) => name === table.count);
  if (count?.kind !== "integer") throw new Error(`profile ${profile.id}: ${table.count} is no integer`);
  const read = integerReader(count.size, count.signed, count.offset);
  const countAt = (view: DataView, description: number): number => Number(read(view, description));
  if (table.unit === "bytes") return { table, countAt, count, unitSize: 1, element: null };
  return {
    table,
    countAt,
    count,
    unitSize: table.elementSize,
    element: table.layout === null ? integerElement(table) : planOf(table.layout),
  };
}

/** `u32` or `s16` as accessors. */
function integerElement(table: TableLayout): { read: ReadInteger; write: WriteInteger } {
  const signed = table.element.startsWith("s");
  const size = table.elementSize as IntegerSize;
  return { read: integerReader(size, signed), write: integerWriter(size, signed) };
}

/** The cell descriptor of a config: the header of a cell, or the root cell inside a system. */
export function descriptionOf(config: Pick<WireConfig, "header" | "kind" | "profile">): WireStruct {
  const { field } = planOfProfile(config.profile).headers[config.kind].description;
  return field === null ? config.header : ((config.header[field] as WireStruct | undefined) ?? {});
}

/** Length of a table in units of its count: elements, or bytes. */
export function lengthOf(config: Pick<WireConfig, "tables">, table: string): number {
  return Object.hasOwn(config.tables, table) ? (config.tables[table] as WireTable).length : 0;
}

/**
 * The family of machines a file is for: what the architecture byte says; before there was one (revision 14), x86
 * where the cell lists port I/O, because no other architecture has it, and arm otherwise.
 */
export function familyOf(plan: ProfilePlan, header: HeaderPlan, bytes: DataView): PlatformFamily | null {
  const { profile } = plan;
  const byte = integerAt(header.struct.layout, "architecture", bytes, 0);
  if (byte !== undefined) return familyOfArchitecture(byte, profile.constants);
  const description = structNamed(profile, "jailhouse_cell_desc");
  const ports = ["pio_bitmap_size", "num_pio_regions"].map(
    (name) => integerAt(description, name, bytes, header.description.offset) ?? 0n,
  );
  return ports.some((count) => count > 0n) ? "x86" : "arm";
}

function integerAt(layout: StructLayout, name: string, bytes: DataView, at: number): bigint | undefined {
  const field = layout.fields.find((candidate) => candidate.name === name);
  if (field?.kind !== "integer" || at + field.offset + field.size > bytes.byteLength) return undefined;
  return BigInt(integerReader(field.size, field.signed, field.offset)(bytes, at));
}
