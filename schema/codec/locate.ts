import type { Field, StructLayout } from "../layout/types.js";
import { lengthOf, planOfProfile } from "./profile-plan.js";
import { planOf } from "./struct-plan.js";
import { isStruct, type PathStep, type WireConfig, type WireStruct } from "./wire.js";

/** Where values lie in the file that a config makes, and which value lies at an offset. */

/** A range of bytes in the file. */
export interface BytePlace {
  readonly offset: number;
  readonly length: number;
}

/** A part of the file: the header, one table, or what follows. */
export interface Section extends BytePlace {
  /** Table name; null for the header and for trailing bytes. */
  readonly table: string | null;
  /** Layout of the header or of one element; null for integers, bytes and trailing bytes. */
  readonly layout: StructLayout | null;
  /** Size of one element in bytes, 1 for byte tables and trailing bytes; the whole size for the header. */
  readonly elementSize: number;
}

/** The header, every table of the profile (empty ones too) and, where there are any, the trailing bytes. */
export function sectionsOf(config: WireConfig): readonly Section[] {
  const plan = planOfProfile(config.profile);
  const { size, struct } = plan.headers[config.kind];
  const sections: Section[] = [
    { table: null, layout: struct.layout, offset: 0, length: size, elementSize: size },
  ];
  let offset = size;
  for (const { table, unitSize } of plan.tables) {
    const length = lengthOf(config, table.name) * unitSize;
    sections.push({ table: table.name, layout: table.layout, offset, length, elementSize: unitSize });
    offset += length;
  }
  if (config.trailing.length > 0) {
    sections.push({ table: null, layout: null, offset, length: config.trailing.length, elementSize: 1 });
  }
  return sections;
}

/** The bytes of the value at `path`, e.g. `["mem_regions", 3, "phys_start"]`; undefined where there is no such value. */
export function placeOf(config: WireConfig, path: readonly PathStep[]): BytePlace | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  const [header, ...tables] = sectionsOf(config);
  const table = tables.find((section) => section.table === first);
  if (table === undefined) return placeInStruct(header!.layout!, 0, path);
  const [index, ...within] = rest;
  if (index === undefined) return { offset: table.offset, length: table.length };
  if (typeof index !== "number" || index < 0 || (index + 1) * table.elementSize > table.length)
    return undefined;
  const offset = table.offset + index * table.elementSize;
  if (within.length === 0) return { offset, length: table.elementSize };
  return table.layout === null ? undefined : placeInStruct(table.layout, offset, within);
}

function placeInStruct(layout: StructLayout, at: number, path: readonly PathStep[]): BytePlace | undefined {
  const [name, ...rest] = path;
  const field = layout.fields.find((candidate) => candidate.name === name);
  return field === undefined ? undefined : placeInField(field, at + field.offset, rest);
}

function placeInField(field: Field, offset: number, path: readonly PathStep[]): BytePlace | undefined {
  const [index, ...rest] = path;
  if (index === undefined) return { offset, length: field.size };
  if (field.kind === "struct") return placeInStruct(field.layout, offset, path);
  if (typeof index !== "number" || (field.kind !== "structs" && field.kind !== "integers")) return undefined;
  const size = field.size / field.length;
  if (index < 0 || index >= field.length) return undefined;
  const place = { offset: offset + index * size, length: size };
  if (rest.length === 0) return place;
  return field.kind === "structs" ? placeInStruct(field.layout, place.offset, rest) : undefined;
}

/**
 * The path of the field that holds the byte at `offset`, as deep as the layout goes. A byte in the residue of a
 * struct gives the path of the struct, one in a bit-field unit its first field. Empty for the header's own residue
 * and for bytes behind the tables.
 */
export function pathAt(config: WireConfig, offset: number): readonly PathStep[] {
  const section = sectionsOf(config).find(
    (part) => offset >= part.offset && offset < part.offset + part.length,
  );
  if (section === undefined) return [];
  if (section.table === null) {
    return section.layout === null ? [] : pathInStruct(section.layout, config.header, offset);
  }
  const index = Math.floor((offset - section.offset) / section.elementSize);
  const head = [section.table, index];
  if (section.layout === null) return head;
  const element = config.tables[section.table]?.[index] as WireStruct;
  return [
    ...head,
    ...pathInStruct(section.layout, element, offset - section.offset - index * section.elementSize),
  ];
}

function pathInStruct(layout: StructLayout, value: WireStruct, offset: number): readonly PathStep[] {
  const { fields } = planOf(layout).viewOf(value);
  const found = fields.find(({ field }) => offset >= field.offset && offset < field.offset + field.size);
  if (found === undefined) return [];
  const { field } = found;
  const within = offset - field.offset;
  const member = value[field.name];
  if (field.kind === "struct") {
    return [field.name, ...pathInStruct(field.layout, isStruct(member) ? member : {}, within)];
  }
  if (field.kind === "structs") {
    const index = Math.floor(within / field.layout.size);
    const element = Array.isArray(member) ? (member[index] as WireStruct | undefined) : undefined;
    return [
      field.name,
      index,
      ...pathInStruct(field.layout, element ?? {}, within - index * field.layout.size),
    ];
  }
  return field.kind === "integers" ? [field.name, Math.floor(within / field.elementSize)] : [field.name];
}
