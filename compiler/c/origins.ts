import type { Origin, OriginOfBytes } from "../ir/origin.js";
import { spanOf, type Token } from "./token.js";
import type { ConfigObject } from "./unit.js";

const unmentioned: Origin = { kind: "implied", reason: "the initialiser does not mention it, so it is zero" };

/**
 * The origin of each value of a compiled object: the first token of the expression that wrote any byte or bit of it, with
 * the macro uses that led there.
 */
export function originsOf(object: ConfigObject): OriginOfBytes {
  const { provenance } = object;
  return (offset, length, bits) => {
    let token: Token | undefined;
    if (bits === undefined) {
      for (let at = offset; at < offset + length && token === undefined; at += 1) token = provenance.at(at);
    } else {
      const end = bits.first + bits.width;
      for (let bit = bits.first; bit < end && token === undefined; bit += 1) {
        token = provenance.at(offset + (bit >> 3), bit & 7);
      }
    }
    if (token === undefined) return unmentioned;
    return { kind: "source", span: spanOf(token), expansion: token.expansion };
  };
}
