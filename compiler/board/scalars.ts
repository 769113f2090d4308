/** Numbers, ranges and addresses as board files write them. Undefined for what they are not. */

const mostAddress = 0xffff_ffff_ffff_ffffn;
const factors: Readonly<Record<string, bigint>> = {
  "": 1n,
  K: 1n << 10n,
  M: 1n << 20n,
  G: 1n << 30n,
  T: 1n << 40n,
};

/** Digits of the largest number of 64 bits, with as many `_` as anybody writes between them. */
const longestNumber = 64;

function digits(text: string): bigint | undefined {
  if (text.length > longestNumber || !/^(0[xX][0-9a-fA-F_]*[0-9a-fA-F]|[0-9][0-9_]*)$/.test(text))
    return undefined;
  const value = BigInt(text.replaceAll("_", ""));
  return value <= mostAddress ? value : undefined;
}

export function addressIn(text: string): bigint | undefined {
  return digits(text);
}

/** @returns 1..2^64 - 1 */
export function sizeIn(text: string): bigint | undefined {
  const unit = /[KMGT]$/.exec(text)?.[0] ?? "";
  const value = digits(text.slice(0, text.length - unit.length));
  if (value === undefined) return undefined;
  const size = value * factors[unit]!;
  return size > 0n && size <= mostAddress ? size : undefined;
}

export interface PlainRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** `0x0..0x9ffff` */
export function rangeIn(text: string): PlainRange | undefined {
  const dots = text.indexOf("..");
  if (dots < 0) return undefined;
  const start = digits(text.slice(0, dots).trimEnd());
  const last = digits(text.slice(dots + 2).trimStart());
  return start === undefined || last === undefined || last < start ? undefined : { start, end: last + 1n };
}

/** Undefined where it reaches beyond 2^64. */
export function rangeOf(at: bigint, size: bigint): PlainRange | undefined {
  const end = at + size;
  return end > mostAddress + 1n ? undefined : { start: at, end };
}

/** `0-3,5`: ascending, each once. */
export function numbersIn(text: string, most: number): readonly number[] | undefined {
  const wanted = new Uint8Array(most + 1);
  for (const part of text.split(",")) {
    const found = /^([0-9]{1,9})(?:-([0-9]{1,9}))?$/.exec(part.trim());
    if (found === null) return undefined;
    const first = Number(found[1]);
    const last = found[2] === undefined ? first : Number(found[2]);
    if (first > last || last > most) return undefined;
    wanted.fill(1, first, last + 1);
  }
  return marked(wanted);
}

export function numbersOf(values: readonly number[], most: number): readonly number[] | undefined {
  if (!values.every((value) => Number.isInteger(value) && value >= 0 && value <= most)) return undefined;
  const wanted = new Uint8Array(most + 1);
  for (const value of values) wanted[value] = 1;
  return marked(wanted);
}

function marked(wanted: Uint8Array): readonly number[] {
  const numbers: number[] = [];
  wanted.forEach((mark, number) => {
    if (mark === 1) numbers.push(number);
  });
  return numbers;
}

/** `00:1f.2`, `0001:00:1f.2` */
export function pciAddressIn(text: string): { readonly domain: number; readonly bdf: number } | undefined {
  const found = /^(?:([0-9a-f]{4}):)?([0-9a-f]{2}):([01][0-9a-f])\.([0-7])$/i.exec(text);
  if (found === null) return undefined;
  const [, domain = "0", bus, device, func] = found;
  const bdf = (parseInt(bus!, 16) << 8) | (parseInt(device!, 16) << 3) | Number(func);
  return { domain: parseInt(domain, 16), bdf };
}
