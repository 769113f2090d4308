/**
 * A whole config as text: the header field by field, each table as a table. Made piece by piece: a file of millions
 * of regions must not become one text in memory.
 */

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
import { bitRuns, formatRuns } from "./bit-runs.js";
import { columnsOf, elementText } from "./columns.js";
import { isZero } from "./emptiness.js";
import { formatField, hex } from "./format-value.js";

export interface PictureOptions {
  /** Puts the offset in the file, in hex, before each line. */
  readonly offsets: boolean;
}

interface Line {
  readonly offset: number | undefined;
  readonly text: string;
}

/** Lines of text, the first one with the cell's name, the profile and the size. */
export function* pictureLines(
  config: WireConfig,
  bytes: number,
  options: PictureOptions,
): Generator<string, void> {
  const width = bytes.toString(16).length;
  for (const line of linesOf(config, bytes)) {
    const margin = !options.offsets
      ? ""
      : line.offset === undefined
        ? " ".repeat(width + 4)
        : `0x${line.offset.toString(16).padStart(width, "0")}  `;
    yield `${`${margin}${printable(line.text)}`.trimEnd()}\n`;
  }
}

function* linesOf(config: WireConfig, bytes: number): Generator<Line, void> {
  const { profile } = config;
  const names = profile.aliases.length === 0 ? "" : ` (${profile.aliases.join(", ")})`;
  yield plain(
    `${config.kind} ${JSON.stringify(nameOf(config))}, profile ${profile.id}${names}, ${bytes} bytes`,
  );
  yield plain("");
  yield* headerLines(config);
  for (const table of profile.tables) yield* tableLines(config, table);
  if (config.trailing.length > 0) {
    const offset = sectionsOf(config).at(-1)!.offset;
    yield plain("");
    yield { offset, text: `trailing bytes (${config.trailing.length})` };
    yield { offset, text: `  ${hexPreview(config.trailing)}` };
  }
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
    if (path[0] === "root_cell" && unusedInRoot.has(field.name) && isZero(member)) continue;
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
        for (const line of structLines(config, field.layout, element, place)) lines.push(line);
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

/** The system's header says these; in the descriptor of its root cell nobody reads them. */
const unusedInRoot: ReadonlySet<string> = new Set(["signature", "architecture", "revision"]);

function isPlainInteger(value: WireValue): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

// ---- tables ---------------------------------------------------------------------------------------------------

function* tableLines(config: WireConfig, table: TableLayout): Generator<Line, void> {
  const value = config.tables[table.name];
  if (value === undefined || value.length === 0) return;
  const { offset, elementSize } = sectionsOf(config).find((section) => section.table === table.name)!;
  yield plain("");
  yield { offset, text: `${table.name} (${value.length}${value instanceof Uint8Array ? " bytes" : ""})` };
  if (value instanceof Uint8Array) yield { offset, text: `  ${byteTableText(table, value)}` };
  else if (table.layout === null) yield* integerLines(value, offset, elementSize);
  else
    yield* structTableLines(
      config,
      table.layout,
      value as readonly WireStruct[],
      (index) => offset + index * elementSize,
    );
}

const integersPerLine = 16;

function* integerLines(
  value: Exclude<WireTable, Uint8Array>,
  offset: number,
  elementSize: number,
): Generator<Line, void> {
  for (let start = 0; start < value.length; start += integersPerLine) {
    const items = value.slice(start, start + integersPerLine) as readonly (number | bigint)[];
    const text = items.map((item) => (item < 65536 ? String(item) : hex(item))).join(", ");
    yield { offset: offset + start * elementSize, text: `  ${text}` };
  }
}

/** Bitmaps by what they mean: a set bit is a CPU of the cell, a cleared bit of the port bitmap is an allowed port. */
function byteTableText(table: TableLayout, bytes: Uint8Array): string {
  if (table.name === "pio_bitmap") return `ports let through: ${formatRuns(bitRuns(bytes, true), hex)}`;
  return formatRuns(bitRuns(bytes, false));
}

/** In two passes, the first one for the widths: the rows themselves are not kept. */
function* structTableLines(
  config: WireConfig,
  layout: StructLayout,
  elements: readonly WireStruct[],
  offsetOf: (index: number) => number,
): Generator<Line, void> {
  const columns = columnsOf(config.profile, layout, elements).filter(
    (column) => !column.optional || elements.some((element) => column.shows(element)),
  );
  const widths = columns.map((column) => column.head.length);
  const indexWidth = String(elements.length - 1).length;
  for (const element of elements) {
    for (const [at, column] of columns.entries()) {
      const { length } = column.text(element);
      if (length > widths[at]!) widths[at] = length;
    }
  }
  const row = (index: string, textOf: (at: number) => string): string => {
    let text = `  ${index.padStart(indexWidth)}`;
    for (const [at, { number }] of columns.entries()) {
      const cell = printable(textOf(at));
      text += `  ${number ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)}`;
    }
    return text.trimEnd();
  };
  yield plain(row("#", (at) => columns[at]!.head));
  for (const [index, element] of elements.entries()) {
    yield { offset: offsetOf(index), text: row(String(index), (at) => columns[at]!.text(element)) };
  }
  for (const [index, element] of elements.entries()) {
    for (const run of element[residue] ?? [])
      yield plain(`  #${index}: unnamed bytes at +${run.offset}: ${hexPreview(run.bytes)}`);
  }
}

function hexPreview(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 32), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return bytes.length > 32 ? `${shown} … (${bytes.length} bytes)` : shown;
}
