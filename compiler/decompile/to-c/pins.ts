/** Pins of an interrupt controller by their numbers: `1 << (141 - 128)`. */

import type { StructLayout } from "../../../schema/layout/types.js";
import { wrapped } from "./c-text.js";
import { type Image, integerAt } from "./image.js";
import { hexText } from "./integer-text.js";

/** More pins in a word than this say less than the word itself. */
const mostPins = 6;

/**
 * A row or more for each word of the bitmap; undefined where the controller counts its pins from zero, as those of x86,
 * whose words are written as such.
 */
export function pinRows(
  image: Image,
  layout: StructLayout,
  at: number,
  words: readonly bigint[],
  indent: string,
): readonly string[] | undefined {
  const field = layout.fields.find(({ name }) => name === "pin_base");
  const base = field?.kind === "integer" ? integerAt(image, field, at) : 0n;
  if (base === 0n || base > 0xffffn) return undefined;
  const used = words.slice(0, words.findLastIndex((word) => word !== 0n) + 1);
  const terms = used.map((word, index) => wordTerms(word, base + 32n * BigInt(index)));
  if (terms.every((each) => each === undefined)) return undefined;
  return used.flatMap((word, index) => {
    const each = terms[index];
    if (each === undefined) return [`${indent}${word === 0n ? "0" : hexText(word, 8)},`];
    return wrapped(indent, indent, each.with(-1, `${each.at(-1)},`), " |");
  });
}

/** The top bit would not fit into an `int`. */
function wordTerms(word: bigint, base: bigint): readonly string[] | undefined {
  const pins = Array.from({ length: 32 }, (_, bit) => BigInt(bit)).filter((bit) => (word >> bit) & 1n);
  if (pins.length === 0 || pins.length > mostPins || pins.at(-1) === 31n) return undefined;
  return pins.map((bit) => `1 << (${base + bit} - ${base})`);
}
