import type { Origin, OriginOfBytes } from "../ir/origin.js";
import { spanOf } from "./token.js";
import type { ConfigObject } from "./unit.js";

const unmentioned: Origin = { kind: "implied", reason: "the initialiser does not mention it, so it is zero" };

/**
 * The origin of each value of a compiled object: the first token of the expression that wrote any byte of it, with
 * the macro uses that led there.
 */
export function originsOf(object: ConfigObject): OriginOfBytes {
  return (offset, length) => {
    for (let at = offset; at < offset + length; at += 1) {
      const token = object.provenance.at(at);
      if (token !== undefined) return { kind: "source", span: spanOf(token), expansion: token.expansion };
    }
    return unmentioned;
  };
}
