/** A row or two of a hex dump with the bytes in question marked. */

import type { BinaryPlace } from "./diagnostic.js";
import type { FrameStyle } from "./render-frame.js";

const bytesPerRow = 16;
const rowLimit = 2;

/** @param bytes the whole file; rows that lie outside it are not shown */
export function renderBytes(place: BinaryPlace, bytes: Uint8Array, style: FrameStyle): string[] {
  const first = Math.floor(Math.min(place.offset, bytes.length) / bytesPerRow) * bytesPerRow;
  const end = place.offset + Math.max(1, place.length);
  const rows: string[] = [];
  for (let row = first; row < Math.min(end, bytes.length) && rows.length < rowLimit * 2; row += bytesPerRow) {
    const offset = row.toString(16).padStart(4, "0");
    const cells = Array.from(bytes.subarray(row, row + bytesPerRow));
    const hex = cells.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = cells
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."))
      .join("");
    rows.push(`${style.palette.frame(`${offset} |`)} ${hex.padEnd(bytesPerRow * 3 - 1)}  ${text}`);
    const from = Math.max(place.offset, row) - row;
    const to = Math.min(end, row + cells.length) - row;
    if (to > from) {
      const marks = style.accent("^".repeat((to - from) * 3 - 1));
      rows.push(`${style.palette.frame(`${" ".repeat(offset.length)} |`)} ${" ".repeat(from * 3)}${marks}`);
    }
  }
  return rows;
}
