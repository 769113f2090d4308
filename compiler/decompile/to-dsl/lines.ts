/** The text that is being made: lines with blocks, before they are broken to a width. */

export interface Line {
  /** Everything up to the list, the block and the comment. */
  readonly text: string;
  /** What is joined by commas behind the text; broken over lines where it is long. */
  readonly list?: readonly string[];
  readonly block?: readonly Line[];
  /** A comment of one line behind it. */
  readonly comment?: string;
  /** Comment lines before it. */
  readonly above?: readonly string[];
}

/** An empty line. */
export const gap: Line = { text: "" };

const width = 110;
/** A block on one line is read at a glance, or not at all. */
const glance = 90;

export function line(text: string, block?: readonly Line[]): Line {
  return block === undefined || block.length === 0 ? { text } : { text, block };
}

/** Groups with an empty line between those that are not empty. */
export function inGroups(groups: readonly (readonly Line[])[]): readonly Line[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [gap, ...group]));
}

export function render(lines: readonly Line[]): string {
  return lines
    .flatMap((each) => rendered(each, ""))
    .map((text) => `${text}\n`)
    .join("");
}

function rendered(each: Line, indent: string): readonly string[] {
  const { text, list = [], block, comment, above = [] } = each;
  const head = broken(text, list, indent);
  const before = above.map((words) => `${indent}// ${words}`.trimEnd());
  if (block === undefined) return [...before, ...withComment(head, comment)];
  const inline = indent === "" ? undefined : atAGlance(head, block);
  if (inline !== undefined) return [...before, ...withComment([inline], comment)];
  const opened = [...head.slice(0, -1), `${head.at(-1)} {`];
  return [
    ...before,
    ...withComment(opened, comment),
    ...block.flatMap((inner) => rendered(inner, `${indent}  `)),
    `${indent}}`,
  ];
}

function withComment(lines: readonly string[], comment: string | undefined): readonly string[] {
  return comment === undefined ? lines : [...lines.slice(0, -1), `${lines.at(-1)} // ${comment}`];
}

/** The whole block on the line of its head; undefined where it does not fit there. Declarations never do. */
function atAGlance(head: readonly string[], block: readonly Line[]): string | undefined {
  const plain = block.every(
    ({ text, block: inner, comment, above }) =>
      text !== "" && inner === undefined && comment === undefined && above === undefined,
  );
  if (!plain || head.length > 1 || block.length > 3) return undefined;
  const parts = block.map(({ text, list = [] }) => [text, list.join(", ")].filter(Boolean).join(" "));
  const whole = `${head[0]} { ${parts.join("; ")} }`;
  return whole.length <= glance ? whole : undefined;
}

function broken(text: string, list: readonly string[], indent: string): readonly string[] {
  const lines: string[] = [];
  let current = `${indent}${text}`;
  for (const [index, item] of list.entries()) {
    const piece = index === list.length - 1 ? item : `${item},`;
    if (index > 0 && current.length + 1 + piece.length > width) {
      lines.push(current);
      current = `${indent}  ${piece}`;
    } else current += ` ${piece}`;
  }
  return [...lines, current].map((each) => each.trimEnd());
}
