/** Statements on lines of their own, one below the other, with what belongs together in columns. */

export interface Cell {
  readonly text: string;
  readonly kind: "name" | "text" | "value" | "expression" | "equals" | "block";
}

export interface Row {
  readonly head: string;
  readonly cells: readonly Cell[];
  /** Comments behind it; empty for none. */
  readonly comment: string;
}

/**
 * The lines of a run of rows.
 *
 * @param isTop declarations at the top of a file are no table: only equal heads line up
 */
export function aligned(rows: readonly Row[], isTop: boolean): readonly string[] {
  const padded = rows.map(({ cells }) => cells.map(({ text }) => text));
  const heads = rows.map(({ head }) => head);
  for (const [from, to] of runsOf(heads)) alignCells(rows, padded, from, to, 0);
  const lines: string[] = [];
  const tables = isTop ? heads : rows.map(({ cells }) => cells[0]?.kind === "equals");
  for (const [from, to] of runsOf(tables)) {
    const members = rows.slice(from, to);
    const width = widest(members.filter(({ cells }) => cells.length > 0).map(({ head }) => head));
    for (const [index, { head, cells }] of members.entries())
      lines.push(cells.length === 0 ? head : `${head.padEnd(width)} ${padded[from + index]!.join(" ")}`);
  }
  for (const [from, to] of runsOf(rows.map(({ comment }) => comment !== ""))) {
    if (rows[from]!.comment === "") continue;
    const width = widest(lines.slice(from, to));
    for (let index = from; index < to; index += 1)
      lines[index] = `${lines[index]!.padEnd(width)} ${rows[index]!.comment}`;
  }
  return lines;
}

/** Pads the cells of one column, and those behind it where rows say the same so far. */
function alignCells(
  rows: readonly Row[],
  padded: string[][],
  from: number,
  to: number,
  column: number,
): void {
  const keys = rows.slice(from, to).map((row) => keyOf(row, column));
  for (const [first, end] of runsOf(keys)) {
    if (keys[first] === undefined) continue;
    const members = rows.slice(from + first, from + end);
    const width = widest(
      members.filter(({ cells }) => cells.length > column + 1).map(({ cells }) => cells[column]!.text),
    );
    for (const [index, { cells }] of members.entries()) {
      if (cells.length > column + 1)
        padded[from + first + index]![column] = cells[column]!.text.padEnd(width);
    }
    alignCells(rows, padded, from + first, from + end, column + 1);
  }
}

/** Rows with equal keys line up. A first name or text is a label, and labels that are followed by alike things do. */
function keyOf({ cells }: Row, column: number): string | undefined {
  const cell = cells[column];
  // What is computed has any width, and nothing lines up behind it.
  if (cell === undefined || cell.kind === "expression") return undefined;
  const next = cells[column + 1];
  // Without a label the line begins with the place.
  const isLabel = cell.text !== "at" && (cell.kind === "name" || cell.kind === "text");
  if (column === 0 && next !== undefined && isLabel) {
    // A place is written `at A` or `A .. B`.
    const isPlace = next.kind === "value" || next.text === "at";
    return isPlace ? "label place" : `label ${next.kind} ${next.kind === "name" ? next.text : ""}`;
  }
  return cell.kind === "name" ? `name ${cell.text}` : cell.kind;
}

/** Stretches of equal elements: first index, and the one behind the last. */
function runsOf(elements: readonly unknown[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [index, element] of elements.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && elements[last[0]] === element) last[1] = index + 1;
    else runs.push([index, index + 1]);
  }
  return runs;
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}
