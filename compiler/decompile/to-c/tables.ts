/** Initialisers of the tables behind the header. */

import type { WireStruct } from "../../../schema/codec/wire.js";
import { byteRows, portRuns } from "./byte-rows.js";
import { columns, commentLines, commentText, lineWidth } from "./c-text.js";
import { declaredSize, isMixed } from "./declarations.js";
import { type Image, integerAt, isZero, type PlacedTable } from "./image.js";
import { block, integerRows, mixedLines, structLines } from "./initializers.js";
import { numberText } from "./integer-text.js";
import { netRegionCount, netRegionsCall } from "./macros.js";

/** What to say of an element of a table, e.g. `RAM`; undefined: nothing. */
export type CommentOf = (table: string, index: number) => string | undefined;

const indent = "\t\t";

export function tableLines(image: Image, placed: PlacedTable, commentOf: CommentOf): readonly string[] {
  return block(`.${placed.table.name} = `, rowsOf(image, placed, commentOf), "\t");
}

function rowsOf(image: Image, placed: PlacedTable, commentOf: CommentOf): readonly string[] {
  const { table, offset, length } = placed;
  if (isZero(image, offset, length * table.elementSize) && table.layout === null) return [`${indent}0,`];
  if (table.layout !== null) return elementRows(image, placed, commentOf);
  if (table.unit === "bytes") {
    if (table.declaredAs === "u8") return portRuns(image.bytes, offset, length, indent);
    const size = declaredSize(placed);
    return size === 1
      ? byteRows(image.bytes, offset, length, indent)
      : integerRows(integersAt(image, offset, length / size, size), size, indent);
  }
  return numberRows(image, placed, commentOf);
}

function integersAt(image: Image, at: number, length: number, size: number): readonly bigint[] {
  const field = { kind: "integer", name: "", offset: 0, size: size as 1 | 2 | 4 | 8, signed: false } as const;
  return Array.from({ length }, (_, index) => integerAt(image, field, at + index * size));
}

/** Integers that are elements of their own, one a line, since each may have a comment. */
function numberRows(image: Image, { table, offset, length }: PlacedTable, commentOf: CommentOf): string[] {
  const size = table.elementSize as 1 | 2 | 4 | 8;
  const signed = table.element.startsWith("s");
  return Array.from({ length }, (_, index) => {
    const field = { kind: "integer", name: "", offset: index * size, size, signed } as const;
    const text = `${numberText(integerAt(image, field, offset), "bytes")},`;
    return withComment(text, commentFor(commentOf, table.name, index));
  }).flat();
}

function elementRows(image: Image, placed: PlacedTable, commentOf: CommentOf): readonly string[] {
  const { table, offset, length } = placed;
  const { config } = image;
  const layout = table.layout!;
  const values = config.tables[table.name] as readonly WireStruct[];
  const mixed = isMixed(image, placed);
  const write = mixed ? mixedLines : structLines;
  const lines: string[] = [];
  for (let index = 0; index < length; index++) {
    const at = offset + index * table.elementSize;
    const comment = commentFor(commentOf, table.name, index);
    const mayBeLink = !mixed && table.name === "mem_regions" && index + netRegionCount <= length;
    const call = mayBeLink ? netRegionsCall(image, layout, at) : undefined;
    if (call !== undefined) {
      lines.push(...(comment === "" ? [] : commentLines(indent, comment)), `${indent}${call},`);
      index += netRegionCount - 1;
      continue;
    }
    const range = mixed || layout.name !== "jailhouse_pio" ? undefined : portRange(image, placed, index);
    if (range !== undefined) {
      lines.push(...withComment(range, comment));
      continue;
    }
    const head = comment === "" ? "" : `/* ${comment} */ `;
    const fits = columns(`${indent}${head}{`) <= lineWidth;
    if (!fits) lines.push(...commentLines(indent, comment));
    lines.push(...onOneLine(write(image, layout, at, values[index]!, fits ? head : "", indent)));
  }
  return lines;
}

/** An element of a single member reads better so: `{ .id = 0x3 },`. */
function onOneLine(lines: readonly string[]): readonly string[] {
  const [open = "", member = "", close = "", ...more] = lines;
  if (more.length > 0 || !close.endsWith("},")) return lines;
  const whole = `${open} ${member.trim().replace(/,$/, "")} },`;
  return columns(whole) <= lineWidth ? [whole] : lines;
}

function portRange(image: Image, { table, offset }: PlacedTable, index: number): string | undefined {
  if (!image.profile.macros.has("PIO_RANGE")) return undefined;
  const [base, length] = integersAt(image, offset + index * table.elementSize, 2, 2) as [bigint, bigint];
  return `PIO_RANGE(${numberText(base, "I/O port")}, ${numberText(length)}),`;
}

/** The comment behind the text, where there is room for it. */
function withComment(text: string, comment: string): readonly string[] {
  if (comment === "") return [`${indent}${text}`];
  const whole = `${indent}${text} /* ${comment} */`;
  return columns(whole) <= lineWidth ? [whole] : [...commentLines(indent, comment), `${indent}${text}`];
}

function commentFor(commentOf: CommentOf, table: string, index: number): string {
  return commentText(commentOf(table, index) ?? "");
}
