/** A finding's identity from one run to the next: the same after lines moved, another after the text in question changed. */

import { encodeText } from "../../schema/text.js";
import type { Diagnostic, Place } from "./diagnostic.js";
import { shownSpan } from "./render-place.js";

/** Units of a message or a line that count; a file without line ends must not be hashed whole for each finding. */
const textLimit = 1000;

/**
 * 16 hexadecimal digits from the rule, the message and the text of the line; for a place in a binary file, its field or
 * else its offset. The file is left out: consumers match within a file, and a renamed file keeps its findings.
 */
export function fingerprint(diagnostic: Diagnostic): string {
  const { id, message, primary } = diagnostic;
  const parts = [id, withoutPositions(message), primary === undefined ? "" : surroundings(primary.place)];
  return fnv1a64(parts.map(squeezed).join("\n"));
}

/** A message may name another place: `first given at pc.c:12:3`. PCI addresses such as `00:1f.2` stay. */
function withoutPositions(message: string): string {
  return message.slice(0, textLimit).replace(/(\.[a-z]+):\d+(?::\d+)?\b/gi, "$1:#");
}

function surroundings(place: Place): string {
  switch (place.kind) {
    case "source": {
      const { file, start } = shownSpan(place);
      const lineStart = start - (file.position(start).column - 1);
      return file.text.slice(lineStart, lineStart + textLimit).split("\n", 1)[0]!;
    }
    case "binary":
      return place.field ?? `@${place.offset}`;
    case "file":
      return "";
  }
}

/** Indentation and alignment may change without a change of meaning. */
function squeezed(text: string): string {
  return text.slice(0, textLimit).replace(/\s+/g, " ").trim();
}

/** FNV-1a, 64 bits (draft-eastlake-fnv): no security hangs on it. */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of encodeText(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
