/** Text in C: literals and comments that hold what they are given, whatever that is. */

import { decodeText, encodeText } from "../../../schema/text.js";

/** Kernel style: tabs of eight columns, lines of eighty. */
export const lineWidth = 80;

export function columns(line: string): number {
  let width = 0;
  for (const character of line) width += character === "\t" ? 8 - (width % 8) : 1;
  return width;
}

/** Shown as they are: marks, letters, digits, signs, the blank. Neither control nor invisible characters. */
const plain = /^[\p{L}\p{N}\p{P}\p{S} ]$/u;

/** A string literal of exactly these bytes: what is no printable UTF-8 becomes `\xNN`. */
export function stringLiteral(text: string): string {
  let literal = '"';
  let escaped = false;
  let previous = "";
  // Unpaired surrogates other than those of `schema/text.ts` are written as U+FFFD by the codec, and so here.
  for (const character of decodeText(encodeText(text))) {
    if (plain.test(character)) {
      // `\x` takes every hexadecimal digit that follows: a new literal ends it.
      if (escaped && /[0-9a-fA-F]/.test(character)) literal += '" "';
      // Two question marks may begin a trigraph.
      const guarded = character === '"' || character === "\\" || (character === "?" && previous === "?");
      literal += guarded ? `\\${character}` : character;
      escaped = false;
    } else {
      for (const byte of encodeText(character)) literal += `\\x${byte.toString(16).padStart(2, "0")}`;
      escaped = true;
    }
    previous = character;
  }
  return `${literal}"`;
}

/** One line that is safe within a comment. */
export function commentText(text: string): string {
  return decodeText(encodeText(text))
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, " ")
    .replace(/\*(?=\/)|\/(?=\*)/g, (sign) => `${sign} `)
    .trim();
}

/** A comment on lines of its own. */
export function commentLines(indent: string, text: string): readonly string[] {
  const whole = `${indent}/* ${text} */`;
  if (columns(whole) <= lineWidth) return [whole];
  return [`${indent}/*`, ...wrapped(`${indent} * `, `${indent} * `, text.split(" ")), `${indent} */`];
}

/**
 * Words on as few lines as hold them, the first line after `first`, the others after `rest`; `joint` stands behind each
 * word but the last.
 */
export function wrapped(first: string, rest: string, words: readonly string[], joint = ""): string[] {
  const lines: string[] = [];
  let line = first;
  let started = false;
  words.forEach((word, index) => {
    const text = index < words.length - 1 ? word + joint : word;
    if (started && columns(`${line} ${text}`) > lineWidth) {
      lines.push(line);
      line = rest + text;
    } else {
      line += started ? ` ${text}` : text;
    }
    started = true;
  });
  return [...lines, line];
}
