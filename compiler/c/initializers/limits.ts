import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import { largestObject, workLimit } from "./image.js";

/** What stops initialisers that would take all memory or all day. */

export function reportTooLarge(parser: Parser, name: string, token: Token): void {
  const limit = `${largestObject / 1024 / 1024} MiB`;
  parser.report(cMessages["c-object-too-large"]({ name, limit }, placeOf(token)));
}

/** Ends the reading of the file once its initialisers have cleared, copied and filled too much. */
export function checkWork(parser: Parser, token: Token): void {
  if (parser.work.bytes > workLimit) {
    parser.giveUp(cMessages["c-initializer-too-complex"]({}, placeOf(token)));
  }
}
