/**
 * Text and bytes, without loss in either direction.
 *
 * Names in a `.cell` file and string literals of a C source are bytes that are nearly always UTF-8, but nothing
 * guarantees it. A byte that is no part of valid UTF-8 becomes the lone surrogate U+DC80 + (byte - 0x80), so that
 * `encodeText(decodeText(b))` gives back `b` for every byte string.
 */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Decodes UTF-8, mapping each undecodable byte to a lone low surrogate (U+DC80..U+DCFF). */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodePiecewise(bytes);
  }
}

/** Into UTF-16 units first, then into text a block at a time: a file of random bytes must not cost an object a byte. */
function decodePiecewise(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const size = sequenceLength(bytes, at);
    const code = size === 0 ? 0xdc00 + bytes[at]! : codePointAt(bytes, at, size);
    if (code > 0xffff) {
      units[length++] = 0xd800 + ((code - 0x10000) >> 10);
      units[length++] = 0xdc00 + ((code - 0x10000) & 0x3ff);
    } else {
      units[length++] = code;
    }
    at += Math.max(size, 1);
  }
  const blocks: string[] = [];
  for (let start = 0; start < length; start += 0x2000) {
    blocks.push(String.fromCharCode(...units.subarray(start, Math.min(start + 0x2000, length))));
  }
  return blocks.join("");
}

/** The code point of a well-formed sequence of `size` bytes. */
function codePointAt(bytes: Uint8Array, at: number, size: number): number {
  if (size === 1) return bytes[at]!;
  let code = bytes[at]! & (0x7f >> size);
  for (let index = 1; index < size; index++) code = (code << 6) | (bytes[at + index]! & 0x3f);
  return code;
}

/** Length in bytes of the well-formed UTF-8 sequence at `at`, or 0 where there is none (Unicode 15, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const continuation = (index: number, low = 0x80, high = 0xbf): boolean => {
    const byte = bytes[at + index];
    return byte !== undefined && byte >= low && byte <= high;
  };
  if (first >= 0xc2 && first <= 0xdf) return continuation(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return continuation(1, low, high) && continuation(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    return continuation(1, low, high) && continuation(2) && continuation(3) ? 4 : 0;
  }
  return 0;
}

/** One byte of a text whose bytes come one after the other. @param byte 0 to 255 */
export function textOfByte(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}

/** The exact inverse of {@link decodeText} on its results; any other text becomes its UTF-8 form. */
export function encodeText(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}
