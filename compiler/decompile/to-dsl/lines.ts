/** The text that is being made: statements with their blocks, which the formatter lays out. */

export interface Line {
  /** Everything up to the list and the block. */
  readonly text: string;
  /** What is joined by commas behind the text. */
  readonly list?: readonly string[];
  readonly block?: readonly Line[];
  /** Comment lines before it. */
  readonly above?: readonly string[];
}

/** An empty line. */
export const gap: Line = { text: "" };

/** A block on one line is read at a glance, or not at all. */
const glance = 90;
/** The most statements of such a block. */
const glanceStatements = 4;

export function line(text: string, block?: readonly Line[]): Line {
  return block === undefined || block.length === 0 ? { text } : { text, block };
}

/** A statement holds 20,000 words; nobody reads that many anyway. */
const longestList = 1000;

/** Statements of a kind that several lines can share, for lists of any length; none for an empty one. */
export function listed(
  text: string,
  list: readonly string[],
  above: readonly string[] = [],
): readonly Line[] {
  const lines: Line[] = [];
  for (let first = 0; first < list.length; first += longestList)
    lines.push({ text, list: list.slice(first, first + longestList), ...(first === 0 ? { above } : {}) });
  return lines;
}

/** Groups with an empty line between those that are not empty. */
export function inGroups(groups: readonly (readonly Line[])[]): readonly Line[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [gap, ...group]));
}

/** The statements as text, without columns. */
export function render(lines: readonly Line[]): string {
  return lines.map((each) => rendered(each, true)).join("");
}

/** @param isTop whose block, if it is that of a declaration, is opened anyway */
function rendered(each: Line, isTop: boolean): string {
  const { block, above = [] } = each;
  const before = above.map((words) => `// ${words}\n`).join("");
  const head = headOf(each);
  if (block === undefined) return `${before}${head}\n`;
  const inline = isTop && each.text !== "gic" ? undefined : atAGlance(head, block);
  if (inline !== undefined) return `${before}${inline}\n`;
  return `${before}${head} {\n${block.map((inner) => rendered(inner, false)).join("")}}\n`;
}

function headOf({ text, list = [] }: Line): string {
  return [text, list.join(", ")].filter(Boolean).join(" ");
}

/** The whole block on the line of its head; undefined where it does not fit there. */
function atAGlance(head: string, block: readonly Line[]): string | undefined {
  const plain = block.every(
    ({ text, block: inner, above }) => text !== "" && inner === undefined && above === undefined,
  );
  if (!plain || block.length > glanceStatements) return undefined;
  const whole = `${head} { ${block.map(headOf).join("; ")} }`;
  return whole.length <= glance ? whole : undefined;
}
