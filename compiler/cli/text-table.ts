/** Columns of text, two blanks apart. */

/** @param rightAligned indices of the columns that hold numbers */
export function textTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  rightAligned: ReadonlySet<number> = new Set(),
  indent = "",
): string {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) =>
    all.reduce((widest, row) => Math.max(widest, row[column]!.length), 0),
  );
  return all
    .map((row) => {
      const cells = row.map((cell, column) =>
        rightAligned.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      );
      return `${indent}${cells.join("  ").trimEnd()}\n`;
    })
    .join("");
}
