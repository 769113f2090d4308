/** Single values as people read them: addresses in hex, flags by name, devices as 00:1f.2, bitmaps as ranges. */

import { isStruct, type WireStruct, type WireValue } from "../../../schema/codec/wire.js";
import { describeFlags, sumsOf } from "../../../schema/constants/groups.js";
import { fieldDoc } from "../../../schema/docs/fields.js";
import type { Profile } from "../../../schema/layout/types.js";

/**
 * The value of a field, on one line.
 *
 * @param layout name of the struct layout that holds the field, e.g. `jailhouse_memory`
 */
export function formatField(profile: Profile, layout: string, field: string, value: WireValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "bigint") {
    return formatInteger(profile, layout, field, BigInt(value));
  }
  if (isStruct(value)) return formatStruct(profile, `${layout}.${field}`, value);
  const items = value as readonly WireValue[];
  if (field === "pin_bitmap") return formatRanges(bitmapBits(value));
  const texts = items.map((item) =>
    isStruct(item) ? formatStruct(profile, field, item) : formatField(profile, layout, field, item),
  );
  return `[${texts.join(", ")}]`;
}

function formatStruct(profile: Profile, layout: string, value: WireStruct): string {
  const members = Object.entries(value).map(
    ([name, member]) => `${name} ${formatField(profile, layout, name, member)}`,
  );
  return `{ ${members.join(", ")} }`;
}

function formatInteger(profile: Profile, layout: string, field: string, value: bigint): string {
  const doc = fieldDoc(layout, field);
  if (field === "bdf") return formatBdf(Number(value));
  if (doc?.values !== undefined) return formatNamed(profile, doc.values, value);
  switch (doc?.unit) {
    case "physical address":
    case "virtual address":
    case "I/O port":
      return hex(value);
    case "bytes":
      return value < 4096n ? String(value) : `${hex(value)} (${formatSize(value)})`;
    default:
      return isMask(field) || value > 0xffffn ? hex(value) : String(value);
  }
}

function isMask(field: string): boolean {
  return /(^|_)(mask|colors|bitmap)(_|$)/.test(field);
}

export function hex(value: bigint | number): string {
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/** Names of flags joined by `|`, what has no name in hex; a value without any flag is `-`. */
export function formatNamed(profile: Profile, group: string, value: bigint): string {
  const { names, unknownBits } = describeFlags(profile, group, value);
  const parts = unknownBits === 0n ? names : [...names, hex(unknownBits)];
  if (parts.length === 0) return "-";
  if (unknownBits === 0n) return parts.join("|");
  return sumsOf(profile, group).find((sum) => sum.value === value)?.short ?? parts.join("|");
}

/** Bus, device and function as `lspci` writes them. */
export function formatBdf(bdf: number): string {
  const pad = (value: number): string => value.toString(16).padStart(2, "0");
  return `${pad(bdf >> 8)}:${pad((bdf >> 3) & 31)}.${bdf & 7}`;
}

const units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** `64 KiB`, `1.5 GiB`; sizes that are no multiple of a quarter of the unit take the next smaller one. */
export function formatSize(bytes: bigint): string {
  for (let index = units.length - 1; index >= 0; index -= 1) {
    const unit = 1n << BigInt(10 * (index + 1));
    if (bytes >= unit && (bytes * 4n) % unit === 0n)
      return `${Number((bytes * 4n) / unit) / 4} ${units[index]}`;
  }
  return `${bytes} B`;
}

/** Numbers of the bits that are set, the least significant of the first word being 0. */
export function setBits(words: Iterable<number>, wordBits: number): readonly number[] {
  const bits: number[] = [];
  let base = 0;
  for (const word of words) {
    for (let bit = 0; bit < wordBits; bit += 1) if (((word >>> bit) & 1) === 1) bits.push(base + bit);
    base += wordBits;
  }
  return bits;
}

/** The bits of a bitmap member: one word or an array of them, of 32 or 64 bits. */
export function bitmapBits(value: WireValue): readonly number[] {
  const words = (Array.isArray(value) ? value : [value]) as readonly (number | bigint)[];
  const halves = words.flatMap((word) =>
    typeof word === "bigint" ? [Number(word & 0xffffffffn), Number(word >> 32n)] : [word],
  );
  return setBits(halves, 32);
}

/** Sorted numbers as `0-3, 5`; nothing as `none`. */
export function formatRanges(numbers: readonly number[], text: (value: number) => string = String): string {
  const ranges: string[] = [];
  for (let at = 0; at < numbers.length; ) {
    let last = at;
    while (numbers[last + 1] === numbers[last]! + 1) last += 1;
    ranges.push(last === at ? text(numbers[at]!) : `${text(numbers[at]!)}-${text(numbers[last]!)}`);
    at = last + 1;
  }
  return ranges.length === 0 ? "none" : ranges.join(", ");
}
