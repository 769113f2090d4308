import { headOf, type Opened } from "../names/open-block.js";
import { linesOf } from "../vocabulary/file-lines.js";
import type { BlockPlace, Shapes } from "../vocabulary/shape.js";

/** What a statement says, where a block can say it only once: a line, or a raw field. Undefined for all others. */
export function singleKey({ statement }: Opened, shapes: Shapes): string | undefined {
  if (statement.value === null) {
    const word = headOf(statement);
    return shapes.get(word)?.single === true ? word : undefined;
  }
  // `padding 20 = "00ff"` can stand for each hole.
  if (statement.items.length > 0) return undefined;
  return `${statement.head.names.map(({ text }) => text).join(".")} =`;
}

/** What a block says itself replaces what its fragments say of the same, and what those say that of fragments within. */
export function withoutOverridden(opened: readonly Opened[], place: BlockPlace): readonly Opened[] {
  const shapes = linesOf(place);
  const nearest = new Map<string, number>();
  for (const each of opened) {
    const key = singleKey(each, shapes);
    if (key === undefined) continue;
    nearest.set(key, Math.min(each.fragmentDepth, nearest.get(key) ?? each.fragmentDepth));
  }
  return opened.filter((each) => {
    const key = singleKey(each, shapes);
    return key === undefined || each.fragmentDepth === nearest.get(key);
  });
}
