/** The bytes of a config, from which its C source is written: what the source says is what they say. */

import { encode } from "../../../schema/codec/encode.js";
import { integerReader } from "../../../schema/codec/integer-access.js";
import { descriptionOf, lengthOf, planOfProfile } from "../../../schema/codec/profile-plan.js";
import { isStruct, type WireConfig } from "../../../schema/codec/wire.js";
import type { IntegerField, Profile, TableLayout } from "../../../schema/layout/types.js";

export interface Image {
  readonly config: WireConfig;
  readonly profile: Profile;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Those that hold something, in file order. */
  readonly tables: readonly PlacedTable[];
  /** What the C source says for the counts that agree with their tables, by the name of the count. */
  readonly counts: ReadonlyMap<string, string>;
  /** Where the bytes behind the last table begin. */
  readonly trailing: number;
  /** The stream ids are those of an MMU-500. */
  readonly hasMmu500: boolean;
}

export interface PlacedTable {
  readonly table: TableLayout;
  readonly offset: number;
  /** In units of the count: elements, or bytes. */
  readonly length: number;
}

/** @throws WireValueError for a config that cannot be written at all */
export function imageOf(config: WireConfig): Image {
  const { profile } = config;
  const bytes = encode(config);
  const plan = planOfProfile(profile);
  const description = descriptionOf(config);
  const tables: PlacedTable[] = [];
  const counts = new Map<string, string>();
  let offset = plan.headers[config.kind].size;
  for (const { table, unitSize } of plan.tables) {
    const length = lengthOf(config, table.name);
    if (length > 0) tables.push({ table, offset, length });
    offset += length * unitSize;
    const count = description[table.count] ?? length;
    if (length > 0 && count === length) counts.set(table.count, countOf(table));
  }
  const view = new DataView(bytes.buffer);
  const hasMmu500 = showsMmu500(config);
  return { config, profile, bytes, view, tables, counts, trailing: offset, hasMmu500 };
}

/**
 * A system lists the unit. A cell does not, but only an MMU-500 has masks, which lie where no id of an SMMUv3 reaches
 * in practice.
 */
function showsMmu500({ profile, header, tables }: WireConfig): boolean {
  const platform = header.platform_info;
  const units = isStruct(platform) ? platform.iommu_units : undefined;
  const type = profile.constants.get("JAILHOUSE_IOMMU_ARM_MMU500");
  const isMmu500 = (unit: unknown): boolean => isStruct(unit) && type === BigInt(Number(unit.type ?? 0));
  if (Array.isArray(units) && units.some(isMmu500)) return true;
  const ids: readonly unknown[] = Array.from((tables.stream_ids as Iterable<unknown> | undefined) ?? []);
  return ids.some((id) => isStruct(id) && (isStruct(id.mmu500) || Number(id.id ?? 0) > 0xffff));
}

/** `pio_bitmap` is counted in bytes and made of bytes: its elements are as good. */
function countOf({ name, unit, declaredAs }: TableLayout): string {
  return unit === "bytes" && declaredAs !== "u8" ? `sizeof(config.${name})` : `ARRAY_SIZE(config.${name})`;
}

export function isZero({ bytes }: Image, offset: number, size: number): boolean {
  for (let at = offset; at < offset + size; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** The integer of a field of the struct at `base`, bit-fields included. */
export function integerAt({ view }: Image, field: IntegerField, base: number): bigint {
  const value = BigInt(integerReader(field.size, field.signed, field.offset)(view, base));
  if (field.bitWidth === undefined) return value;
  const bits = value >> BigInt(field.bitOffset ?? 0);
  const width = BigInt(field.bitWidth);
  return field.signed ? BigInt.asIntN(field.bitWidth, bits) : bits & ((1n << width) - 1n);
}
