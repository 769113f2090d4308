/** Plain bytes as the initialiser of an array. */

const perRow = 8;

/** Rows of eight; rows of zeros are left out, the row behind them says where it stands. */
export function byteRows(bytes: Uint8Array, at: number, size: number, indent: string): readonly string[] {
  const rows: string[] = [];
  let next = 0;
  for (let start = 0; start < size; start += perRow) {
    const row = bytes.subarray(at + start, at + Math.min(start + perRow, size));
    if (row.every((byte) => byte === 0)) continue;
    const place = start === next ? "" : `[0x${start.toString(16)}] = `;
    const texts = Array.from(row, (byte) => `0x${byte.toString(16).padStart(2, "0")},`);
    rows.push(`${indent}${place}${texts.join(" ")}`);
    next = start + perRow;
  }
  return rows.length === 0 ? [`${indent}0,`] : rows;
}

/**
 * Runs of equal bytes, eight I/O ports a byte: `[0x60/8 ... 0x67/8] = 0xec,`. Zeros, the ports that are open, are left
 * out; there is at least one byte that is none.
 */
export function portRuns(bytes: Uint8Array, at: number, size: number, indent: string): readonly string[] {
  const digits = Math.max(2, (size * 8 - 1).toString(16).length) + 4;
  const port = (number: number): string => `0x${number.toString(16)}/8`.padStart(digits);
  const rows: string[] = [];
  for (let start = 0, end = 0; start < size; start = end) {
    const byte = bytes[at + start]!;
    for (end = start + 1; end < size && bytes[at + end] === byte; ) end += 1;
    if (byte === 0) continue;
    const place = `[${port(start * 8)} ... ${port(end * 8 - 1)}]`;
    rows.push(`${indent}${place} = 0x${byte.toString(16).padStart(2, "0")},`);
  }
  return rows;
}
