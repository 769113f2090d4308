/** A whole config as text: the header field by field, each table as a table. */

import { isPaddingName } from "../../../schema/codec/detect.js";
import { withCounts } from "../../../schema/codec/encode.js";
import { placeOf, sectionsOf } from "../../../schema/codec/locate.js";
import {
  isStruct,
  type PathStep,
  residue,
  type WireConfig,
  type WireStruct,
  type WireTable,
  type WireValue,
} from "../../../schema/codec/wire.js";
import type { StructLayout, TableLayout } from "../../../schema/layout/types.js";
import { printable } from "../../diagnostics/render-text.js";
import { textTable } from "../text-table.js";
import { type Column, columnsOf, elementText } from "./columns.js";
import { isZero } from "./emptiness.js";
import { formatField, formatRanges, hex, setBits } from "./format-value.js";

export interface PictureOptions {
  /** Puts the offset in the file, in hex, before each line. */
  readonly offsets: boolean;
}

interface Line {
  readonly offset: number | undefined;
  readonly text: string;
}

/** Several lines, the first one with the cell's name, the profile and the size. */
export function picture(config: WireConfig, bytes: number, options: PictureOptions): string {
  const { profile } = config;
  const names = profile.aliases.length === 0 ? "" : ` (${profile.aliases.join(", ")})`;
  const lines: Line[] = [
    plain(`${config.kind} ${JSON.stringify(nameOf(config))}, profile ${profile.id}${names}, ${bytes} bytes`),
    plain(""),
    ...headerLines(config),
  ];
  for (const table of profile.tables) lines.push(...tableLines(config, table));
  if (config.trailing.length > 0) {
    const offset = sectionsOf(config).at(-1)!.offset;
    lines.push(plain(""), { offset, text: `trailing bytes (${config.trailing.length})` });
    lines.push({ offset, text: `  ${hexPreview(config.trailing)}` });
  }
  const width = bytes.toString(16).length;
  const margin = (line: Line): string =>
    !options.offsets
      ? ""
      : line.offset === undefined
        ? " ".repeat(width + 4)
        : `0x${line.offset.toString(16).padStart(width, "0")}  `;
  return lines
    .map((line) => `${margin(line)}${printable(line.text)}`.trimEnd())
    .join("\n")
    .concat("\n");
}

function plain(text: string): Line {
  return { offset: undefined, text };
}

/** The name of the cell, of the root cell for a system. */
export function nameOf(config: WireConfig): string {
  const description = config.header.root_cell ?? config.header.system;
  const holder =
    config.kind === "system" && description !== undefined && isStruct(description)
      ? description
      : config.header;
  const name = holder.name;
  return typeof name === "string" ? name : "";
}

// ---- header ---------------------------------------------------------------------------------------------------

function headerLines(config: WireConfig): Line[] {
  const layout = sectionsOf(config)[0]!.layout!;
  return structLines(config, layout, withCounts(config), []);
}

const nameColumn = 26;

/** One line per field that says something: filler, and structs and arrays that are all zero, are left out. */
function structLines(
  config: WireConfig,
  layout: StructLayout,
  value: WireStruct,
  path: readonly PathStep[],
): Line[] {
  const indent = "  ".repeat(path.filter((step) => typeof step === "string").length);
  const lines: Line[] = [];
  for (const field of layout.fields) {
    const member = value[field.name];
    if (member === undefined || (isZero(member) && !isPlainInteger(member))) continue;
    if (isPaddingName(field.name) && isZero(member)) continue;
    const here = [...path, field.name];
    const offset = placeOf(config, here)?.offset;
    const head = `${indent}${field.name}`;
    if (field.kind === "struct" && isStruct(member) && field.layout.name === "jailhouse_memory") {
      lines.push({
        offset,
        text: `${head.padEnd(nameColumn)} ${elementText(config.profile, field.layout, member)}`,
      });
    } else if (field.kind === "struct" && isStruct(member)) {
      lines.push({ offset, text: head }, ...structLines(config, field.layout, member, here));
    } else if (field.kind === "structs" && Array.isArray(member)) {
      for (const [index, element] of (member as readonly WireStruct[]).entries()) {
        if (isZero(element)) continue;
        const place = [...here, index];
        lines.push({ offset: placeOf(config, place)?.offset, text: `${head}[${index}]` });
        lines.push(...structLines(config, field.layout, element, place));
      }
    } else {
      const text = formatField(config.profile, layout.name, field.name, member);
      lines.push({ offset, text: `${head.padEnd(nameColumn)} ${text}` });
    }
  }
  for (const run of value[residue] ?? []) {
    lines.push(
      plain(`${`${indent}(unnamed bytes at +${run.offset})`.padEnd(nameColumn)} ${hexPreview(run.bytes)}`),
    );
  }
  return lines;
}

function isPlainInteger(value: WireValue): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

// ---- tables ---------------------------------------------------------------------------------------------------

function tableLines(config: WireConfig, table: TableLayout): Line[] {
  const value = config.tables[table.name];
  if (value === undefined || value.length === 0) return [];
  const offset = placeOf(config, [table.name])?.offset;
  const body =
    value instanceof Uint8Array
      ? byteTableLines(table, value, offset)
      : table.layout === null
        ? [{ offset, text: `  ${integers(value)}` }]
        : structTableLines(config, table, table.layout, value as readonly WireStruct[]);
  const unit = value instanceof Uint8Array ? " bytes" : "";
  return [plain(""), { offset, text: `${table.name} (${value.length}${unit})` }, ...body];
}

function integers(value: Exclude<WireTable, Uint8Array>): string {
  return (value as readonly (number | bigint)[])
    .map((item) => (item < 65536 ? String(item) : hex(item)))
    .join(", ");
}

/** Bitmaps by what they mean: a set bit is a CPU of the cell, a cleared bit of the port bitmap is an allowed port. */
function byteTableLines(table: TableLayout, bytes: Uint8Array, offset: number | undefined): Line[] {
  if (table.name === "pio_bitmap") {
    const open = setBits(
      bytes.map((byte) => ~byte),
      8,
    );
    return [{ offset, text: `  ports let through: ${formatRanges(open, hex)}` }];
  }
  return [{ offset, text: `  ${formatRanges(setBits(bytes, 8))}` }];
}

function structTableLines(
  config: WireConfig,
  table: TableLayout,
  layout: StructLayout,
  elements: readonly WireStruct[],
): Line[] {
  const columns = columnsOf(config.profile, layout, elements).filter(
    (column) => !column.optional || elements.some((element) => column.shows(element)),
  );
  const heads = ["#", ...columns.map((column) => column.head)];
  const rows = elements.map((element, index) => [
    String(index),
    ...columns.map((column) => cell(column, element)),
  ]);
  const right = new Set([0, ...columns.flatMap((column, index) => (column.number ? [index + 1] : []))]);
  const lines = textTable(heads, rows, right, "  ").trimEnd().split("\n");
  const notes = elements.flatMap((element, index) =>
    (element[residue] ?? []).map((run) =>
      plain(`  #${index}: unnamed bytes at +${run.offset}: ${hexPreview(run.bytes)}`),
    ),
  );
  return [
    ...lines.map((text, row) => ({
      offset: row === 0 ? undefined : placeOf(config, [table.name, row - 1])?.offset,
      text,
    })),
    ...notes,
  ];
}

function cell(column: Column, element: WireStruct): string {
  return printable(column.text(element));
}

function hexPreview(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 32), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return bytes.length > 32 ? `${shown} … (${bytes.length} bytes)` : shown;
}
