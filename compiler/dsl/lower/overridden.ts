import { headOf, type Opened } from "../names/open-block.js";
import { linesOf } from "../vocabulary/file-lines.js";
import type { BlockPlace } from "../vocabulary/shape.js";

/** What a block says itself replaces what its fragments say of the same. */
export function withoutOverridden(opened: readonly Opened[], place: BlockPlace): readonly Opened[] {
  const shapes = linesOf(place);
  const said = new Set(
    opened
      .filter(({ fromFragment, statement }) => !fromFragment && statement.value === null)
      .map(({ statement }) => headOf(statement)),
  );
  return opened.filter(({ fromFragment, statement }) => {
    const word = headOf(statement);
    return !(fromFragment && shapes.get(word)?.single === true && said.has(word));
  });
}
