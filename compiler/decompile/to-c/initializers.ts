/** Initialisers of structs, member by member; members that are zero are left out. */

import type { WireStruct } from "../../../schema/codec/wire.js";
import type {
  Field,
  IntegerArrayField,
  IntegerField,
  StructArrayField,
  StructLayout,
  TextField,
} from "../../../schema/layout/types.js";
import { decodeText } from "../../../schema/text.js";
import { byteRows } from "./byte-rows.js";
import { stringLiteral, wrapped } from "./c-text.js";
import { asBytes, asEntry } from "./declarations.js";
import { type Image, integerAt, isZero } from "./image.js";
import { hexText, integerTerms, isZeroSaid, numberText, type Terms } from "./integer-text.js";
import { barMaskMacro } from "./macros.js";
import { pinRows } from "./pins.js";
import { elementsOf, shapeOf } from "./shape.js";

/** `{ ... },` of the struct at `at`, after `head`: a designator with its `=`, a comment, or nothing. */
export function structLines(
  image: Image,
  layout: StructLayout,
  at: number,
  value: WireStruct,
  head: string,
  indent: string,
): readonly string[] {
  const shape = shapeOf(image, layout, at, value);
  if (shape.kind === "bytes")
    return block(head, byteRows(image.bytes, at, layout.size, `${indent}\t`), indent);
  const lines = shape.fields.flatMap((field) => fieldLines(image, layout, field, at, value, `${indent}\t`));
  for (const { name, offset, size } of shape.kind === "spelled-out" ? shape.fillers : []) {
    if (isZero(image, at + offset, size)) continue;
    const rows = byteRows(image.bytes, at + offset, size, `${indent}\t\t`);
    lines.push(...block(`.${name} = `, rows, `${indent}\t`));
  }
  return lines.length === 0 ? [`${indent}${head}{ 0 },`] : block(head, lines, indent);
}

/** An element of an array whose elements are each an entry or bytes. */
export function mixedLines(
  image: Image,
  layout: StructLayout,
  at: number,
  value: WireStruct,
  head: string,
  indent: string,
): readonly string[] {
  const inside = `${indent}\t`;
  if (isZero(image, at, layout.size)) return [`${indent}${head}{ 0 },`];
  if (shapeOf(image, layout, at, value).kind === "declared")
    return block(head, structLines(image, layout, at, value, `.${asEntry} = `, inside), indent);
  const rows = byteRows(image.bytes, at, layout.size, `${inside}\t`);
  return block(head, block(`.${asBytes} = `, rows, inside), indent);
}

export function block(head: string, lines: readonly string[], indent: string): string[] {
  return [`${indent}${head}{`, ...lines, `${indent}},`];
}

function fieldLines(
  image: Image,
  layout: StructLayout,
  field: Field,
  at: number,
  parent: WireStruct,
  indent: string,
): readonly string[] {
  switch (field.kind) {
    case "integer":
      return integerLines(image, layout, field, at, indent);
    case "text":
      return textLines(image, field, at, indent);
    case "integers":
      return integersLines(image, layout, field, at, indent);
    case "struct": {
      const [[offset, value]] = elementsOf(field, parent) as [readonly [number, WireStruct]];
      if (isZero(image, at + offset, field.size)) return [];
      if (field.layout.name === "jailhouse_stream_id.mmu500")
        return field.layout.fields.flatMap((member) =>
          fieldLines(image, field.layout, member, at + offset, value, indent).map((line) =>
            line.replace(".", `.${field.name}.`),
          ),
        );
      return structLines(image, field.layout, at + offset, value, `.${field.name} = `, indent);
    }
    case "structs":
      return structsLines(image, field, at, parent, indent);
  }
}

function integerLines(
  image: Image,
  layout: StructLayout,
  field: IntegerField,
  at: number,
  indent: string,
): readonly string[] {
  const { profile, counts } = image;
  const value = integerAt(image, field, at);
  const count = layout.name === "jailhouse_cell_desc" ? counts.get(field.name) : undefined;
  if (count !== undefined) return [`${indent}.${field.name} = ${count},`];
  if (value === 0n && (isZero(image, at, layout.size) || !isZeroSaid(profile, layout.name, field.name, at)))
    return [];
  return assignment(field.name, integerTerms(profile, layout.name, field.name, value), indent);
}

function assignment(name: string, { terms, operator }: Terms, indent: string): readonly string[] {
  const words = terms.with(-1, `${terms.at(-1)},`);
  return wrapped(`${indent}.${name} = `, `${indent}\t`, words, ` ${operator}`);
}

function textLines(
  { bytes, profile }: Image,
  field: TextField,
  at: number,
  indent: string,
): readonly string[] {
  const text = decodeText(bytes.subarray(at + field.offset, at + field.offset + field.size)).replace(
    /\0+$/,
    "",
  );
  if (text === "") return [];
  const { system, cell } = profile.signatures ?? {};
  const macro =
    field.name !== "signature"
      ? undefined
      : text === system
        ? "JAILHOUSE_SYSTEM_SIGNATURE"
        : text === cell
          ? "JAILHOUSE_CELL_DESC_SIGNATURE"
          : undefined;
  const named = macro !== undefined && profile.macros.has(macro);
  return [`${indent}.${field.name} = ${named ? macro : stringLiteral(text)},`];
}

function integersLines(
  image: Image,
  layout: StructLayout,
  field: IntegerArrayField,
  at: number,
  indent: string,
): readonly string[] {
  if (isZero(image, at + field.offset, field.size)) return [];
  const values = integersAt(image, field, at);
  const macro = field.name === "bar_mask" ? barMaskMacro(image.profile, values) : undefined;
  if (macro !== undefined) return [`${indent}.${field.name} = ${macro},`];
  const rows =
    (field.name === "pin_bitmap" ? pinRows(image, layout, at, values, `${indent}\t`) : undefined) ??
    integerRows(values, field.elementSize, `${indent}\t`);
  return block(`.${field.name} = `, rows, indent);
}

function integersAt(image: Image, field: IntegerArrayField, at: number): readonly bigint[] {
  const { elementSize, signed, name } = field;
  return Array.from({ length: field.length }, (_, index) => {
    const offset = field.offset + index * elementSize;
    return integerAt(image, { kind: "integer", name, offset, size: elementSize, signed }, at);
  });
}

/** Up to the last one that is not zero, with all their digits, so that they stand in columns. */
export function integerRows(values: readonly bigint[], size: number, indent: string): readonly string[] {
  const last = values.findLastIndex((value) => value !== 0n);
  const texts = values.slice(0, last + 1).map((value) => {
    if (value === 0n) return "0";
    return value < 0n ? numberText(value) : hexText(value, size === 8 ? 1 : size * 2);
  });
  // The masks of six BARs stand in two rows.
  const perRow = size <= 2 ? 8 : values.length === 6 ? 3 : 4;
  const rows = Array.from({ length: Math.ceil(texts.length / perRow) }, (_, row) =>
    texts.slice(row * perRow, (row + 1) * perRow),
  );
  return rows.map((row) => `${indent}${row.join(", ")},`);
}

function structsLines(
  image: Image,
  field: StructArrayField,
  at: number,
  parent: WireStruct,
  indent: string,
): readonly string[] {
  if (isZero(image, at + field.offset, field.size)) return [];
  const elements = elementsOf(field, parent);
  const mixed = elements.some(
    ([offset, value]) => shapeOf(image, field.layout, at + offset, value).kind !== "declared",
  );
  const write = mixed ? mixedLines : structLines;
  let next = 0;
  const lines = elements.flatMap(([offset, value], index) => {
    if (isZero(image, at + offset, field.layout.size)) return [];
    const head = index === next ? "" : `[${index}] = `;
    next = index + 1;
    return write(image, field.layout, at + offset, value, head, `${indent}\t`);
  });
  return block(`.${field.name} = `, lines, indent);
}
