import { sectionsOf } from "../../schema/codec/locate.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import type { OriginOfBytes } from "../ir/origin.js";
import type { SourceFile } from "../support/source.js";
import { outermostUse } from "../support/span.js";
import { type CommentInText, ListText } from "./list-text.js";

/** What a source says of an element of a table, such as `RAM`; undefined: nothing. */
export type CommentOfElement = (table: string, index: number) => string | undefined;

/**
 * The comments in front of the elements of the tables or, where there is none, behind them on the same line.
 *
 * @param originOf where the bytes of the config were written
 */
export function elementComments(config: WireConfig, originOf: OriginOfBytes): CommentOfElement {
  let found: ReadonlyMap<string, string> | undefined;
  // Most commands never ask.
  return (table, index) => {
    found ??= commentsIn(config, originOf);
    return found.get(`${table} ${index}`);
  };
}

function commentsIn(config: WireConfig, originOf: OriginOfBytes): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  const texts = new Map<SourceFile, ListText>();
  for (const { table, layout, offset, length, elementSize } of sectionsOf(config)) {
    if (table === null || (layout === null && elementSize === 1)) continue;
    // What one element of the source makes several of says it once.
    let last: CommentInText | undefined;
    for (let index = 0; (index + 1) * elementSize <= length; index++) {
      const origin = originOf(offset + index * elementSize, elementSize);
      if (origin.kind !== "source") continue;
      const { file, start } = outermostUse(origin.span, origin.expansion);
      let text = texts.get(file);
      if (text === undefined) {
        text = new ListText(file.text);
        texts.set(file, text);
      }
      const comment = text.commentOfElement(table, start);
      if (comment !== undefined && comment !== last) comments.set(`${table} ${index}`, comment.text);
      last = comment;
    }
  }
  return comments;
}
