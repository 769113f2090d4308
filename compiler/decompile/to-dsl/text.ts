import { encodeText } from "../../../schema/text.js";

/** Values as the cell language writes them, in the manner of hardware manuals. */

/** `0x3a00_0000`: digits in groups of four from the right, where there are more than four. */
export function hex(value: number | bigint): string {
  const digits = value.toString(16);
  return `0x${digits.replace(/(?<=[0-9a-f])(?=(?:[0-9a-f]{4})+$)/g, "_")}`;
}

/** An address, an offset or a row of bits: what manuals print in hexadecimal. */
export function address(value: number | bigint): string {
  return value < 10 ? value.toString() : hex(value);
}

/** A number of things. Beyond what one counts, hexadecimal shows more. */
export function count(value: number | bigint): string {
  return value < 100_000 ? value.toString() : hex(value);
}

const units = [
  ["T", 1n << 40n],
  ["G", 1n << 30n],
  ["M", 1n << 20n],
  ["K", 1n << 10n],
] as const;

/** `6M`, `508K`, `64`; hexadecimal where no unit makes a short number of it. */
export function size(value: number | bigint): string {
  const bytes = BigInt(value);
  for (const [unit, factor] of units) {
    if (bytes > 0n && bytes % factor === 0n)
      return bytes / factor < 10_000n ? `${bytes / factor}${unit}` : hex(bytes);
  }
  return bytes < 1024n ? bytes.toString() : hex(bytes);
}

/** True for sizes that say more than a last address: whole megabytes, and whole pages up to there. */
export function isRoundSize(bytes: bigint): boolean {
  const mega = 1n << 20n;
  return bytes % mega === 0n || (bytes < mega && bytes % 4096n === 0n);
}

/** Where a guest sees something, such as `2M`: low addresses of whole megabytes are counted from its start. */
export function guestAddress(value: bigint): string {
  const mega = 1n << 20n;
  return value > 0n && value < 16n * mega && value % mega === 0n ? size(value) : address(value);
}

/** `0-3, 5, 8-9` for ascending numbers. */
export function ranges(
  values: readonly number[],
  write: (value: number) => string = (value) => value.toString(),
): readonly string[] {
  const runs: { first: number; last: number }[] = [];
  for (const value of values) {
    const run = runs.at(-1);
    if (run !== undefined && value === run.last + 1) run.last = value;
    else runs.push({ first: value, last: value });
  }
  return runs.map(({ first, last }) => (first === last ? write(first) : `${write(first)}-${write(last)}`));
}

/** A text in quotes. What is no printable character, and bytes that are no UTF-8, are escaped byte by byte. */
export function quoted(text: string): string {
  let body = "";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === "\\") body += `\\${character}`;
    else if (character === "\n") body += "\\n";
    else if (character === "\t") body += "\\t";
    else if (isPlain(code)) body += character;
    else for (const byte of encodeText(character)) body += `\\x${twoDigits(byte)}`;
  }
  return `"${body}"`;
}

/** Neither a control character, nor half a pair, nor one that turns or hides text in an editor. */
function isPlain(code: number): boolean {
  const character = String.fromCodePoint(code);
  return !/[\p{C}\p{Zl}\p{Zp}]/u.test(character);
}

export function hexBytes(bytes: Uint8Array): string {
  return `"${[...bytes].map(twoDigits).join("")}"`;
}

function twoDigits(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

/** `00:1f.2`, with the domain in front where there is one. */
export function busAddress({ domain, bdf }: { readonly domain: number; readonly bdf: number }): string {
  const short = `${twoDigits(bdf >> 8)}:${twoDigits((bdf >> 3) & 0x1f)}.${bdf & 7}`;
  return domain === 0 ? short : `${domain.toString(16).padStart(4, "0")}:${short}`;
}
