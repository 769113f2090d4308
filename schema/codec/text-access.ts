import { decodeText, encodeText } from "../text.js";
import { describe } from "./integer-access.js";
import { WireValueError } from "./wire-value-error.js";

/** Text of up to `size` bytes, without the NULs that fill it up. */
export function readText(view: DataView, at: number, size: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, size);
  let end = size;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return decodeText(bytes.subarray(0, end));
}

/** @throws WireValueError for what is no text, or is longer than `size` bytes */
export function writeText(view: DataView, at: number, size: number, value: unknown): void {
  if (typeof value !== "string") throw new WireValueError(`${describe(value)} is not text`);
  const bytes = encodeText(value);
  if (bytes.length > size) throw new WireValueError(`${describe(value)} is longer than ${size} bytes`);
  bytes.forEach((byte, index) => {
    view.setUint8(at + index, byte);
  });
}
