/** The struct of a config: header, tables, and what else its bytes need to lie in. */

import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { WireStruct } from "../../../schema/codec/wire.js";
import { elementType } from "../../../schema/header/structs.js";
import type { Field, IntegerArrayField, IntegerField, StructLayout } from "../../../schema/layout/types.js";
import { type Image, isZero, type PlacedTable } from "./image.js";
import { elementsOf, shapeOf } from "./shape.js";

/** The names of what holds an element that the header's type cannot hold: as that type, and as bytes. */
export const asEntry = "entry";
export const asBytes = "bytes";

const packed = "__attribute__((packed))";

/** From `struct {` to the name of the object, without what it is initialised with. */
export function configDeclaration(image: Image): string[] {
  const { config, profile, bytes, tables, trailing } = image;
  const { layout } = planOfProfile(profile).headers[config.kind].struct;
  // gcc leaves an object of zeros out of the file, unless it is told where it belongs.
  const section = isZero(image, 0, bytes.length) ? ' __attribute__((section(".data")))' : "";
  return [
    "struct {",
    ...structMember(image, layout, 0, config.header, "header", "\t"),
    ...tables.flatMap((placed) => tableMember(image, placed)),
    ...(trailing < bytes.length ? [`\t__u8 trailing[${bytes.length - trailing}];`] : []),
    `} ${packed} config${section}`,
  ];
}

function tableMember(image: Image, placed: PlacedTable): readonly string[] {
  const { table, length } = placed;
  if (table.layout !== null) {
    const type = tagged(image, table.layout);
    return isMixed(image, placed)
      ? unionMember(type, table.elementSize, `${table.name}[${length}]`, "\t")
      : [`\t${type} ${table.name}[${length}];`];
  }
  if (table.unit === "elements")
    return [`\t${elementType(table.element, image.profile)} ${table.name}[${length}];`];
  const size = declaredSize(placed);
  const count = length / size;
  return [
    `\t__u${size * 8} ${table.name}[${size === 1 && count > 256 ? `0x${count.toString(16)}` : count}];`,
  ];
}

/** Size in bytes of the integers as which a table of bytes is declared; 1 where its length is none of theirs. */
export function declaredSize({ table, length }: PlacedTable): number {
  const size = Number((table.declaredAs ?? "u8").slice(1)) / 8;
  return length % size === 0 ? size : 1;
}

/** Whether the header's type cannot hold some element of the table. */
export function isMixed(image: Image, { table, offset, length }: PlacedTable): boolean {
  const { layout, elementSize } = table;
  if (layout === null) return false;
  const values = image.config.tables[table.name] as readonly WireStruct[];
  for (let index = 0; index < length; index++) {
    if (shapeOf(image, layout, offset + index * elementSize, values[index]).kind !== "declared") return true;
  }
  return false;
}

function unionMember(type: string, size: number, declarator: string, indent: string): readonly string[] {
  return [
    `${indent}union {`,
    `${indent}\t${type} ${asEntry};`,
    `${indent}\t__u8 ${asBytes}[${size}];`,
    `${indent}} ${declarator};`,
  ];
}

function tagged({ profile }: Image, layout: StructLayout): string {
  return `${profile.structs.get(layout.name)?.kind ?? "struct"} ${layout.name}`;
}

function structMember(
  image: Image,
  layout: StructLayout,
  at: number,
  value: WireStruct,
  name: string,
  indent: string,
): readonly string[] {
  const shape = shapeOf(image, layout, at, value);
  if (shape.kind === "bytes") return [`${indent}__u8 ${name}[${layout.size}];`];
  if (shape.kind === "declared" && image.profile.structs.has(layout.name))
    return [`${indent}${tagged(image, layout)} ${name};`];
  const fillers = shape.kind === "spelled-out" ? shape.fillers : [];
  const inside = `${indent}\t`;
  const members = [
    ...shape.fields.map((field) => ({
      offset: field.offset,
      lines: fieldMember(image, field, at, value, inside),
    })),
    ...fillers.map((filler) => ({
      offset: filler.offset,
      lines: [`${inside}__u8 ${filler.name}[${filler.size}];`],
    })),
  ].sort((one, other) => one.offset - other.offset);
  return [`${indent}struct {`, ...members.flatMap(({ lines }) => lines), `${indent}} ${packed} ${name};`];
}

function fieldMember(
  image: Image,
  field: Field,
  at: number,
  parent: WireStruct,
  indent: string,
): readonly string[] {
  switch (field.kind) {
    case "integer":
      return [`${indent}${integerType(field, field.size)} ${field.name};`];
    case "text":
      return [`${indent}char ${field.name}[${field.size}];`];
    case "integers":
      return [`${indent}${integerType(field, field.elementSize)} ${field.name}[${field.length}];`];
    case "struct": {
      const [element] = elementsOf(field, parent);
      return structMember(image, field.layout, at + field.offset, element![1], field.name, indent);
    }
    case "structs": {
      const declarator = `${field.name}[${field.length}]`;
      const type = tagged(image, field.layout);
      const mixed = elementsOf(field, parent).some(
        ([offset, value]) => shapeOf(image, field.layout, at + offset, value).kind !== "declared",
      );
      return mixed
        ? unionMember(type, field.layout.size, declarator, indent)
        : [`${indent}${type} ${declarator};`];
    }
  }
}

function integerType({ signed }: IntegerField | IntegerArrayField, size: number): string {
  return `__${signed ? "s" : "u"}${size * 8}`;
}
