/** Integers as a person would write them in a config: by names of flags and choices, in hex where that reads better. */

import { constantGroup, symbolsOf } from "../../../schema/constants/groups.js";
import type { Unit } from "../../../schema/docs/field-doc.js";
import { fieldDoc } from "../../../schema/docs/fields.js";
import type { Profile } from "../../../schema/layout/types.js";

/** The operands of an expression, joined by the operator; mostly there is one. */
export interface Terms {
  readonly terms: readonly string[];
  readonly operator: "|" | "+";
}

const decimalUnits: ReadonlySet<Unit | undefined> = new Set([
  "elements",
  "index",
  "bits",
  "kHz",
  "Hz",
  "interrupt number",
]);
const hexUnits: ReadonlySet<Unit | undefined> = new Set([
  "bytes",
  "physical address",
  "virtual address",
  "I/O port",
]);

/** A lone number; below ten, hex would only be longer. */
export function numberText(value: bigint, unit?: Unit): string {
  if (value === -(1n << 63n)) return "0x8000000000000000";
  if (value < 0n) return value.toString();
  if (decimalUnits.has(unit) || (value < 10n && !hexUnits.has(unit))) return value.toString();
  return hexText(value);
}

export function hexText(value: bigint, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, "0")}`;
}

/** @param layout name of the struct that holds the field */
export function integerTerms(profile: Profile, layout: string, field: string, value: bigint): Terms {
  const doc = fieldDoc(layout, field);
  if (doc?.values !== undefined) {
    const kind = constantGroup(doc.values)?.kind;
    if (kind === "flags") return { terms: flagTerms(profile, doc.values, value), operator: "|" };
    return choiceTerms(profile, doc.values, value);
  }
  if (/^(amd_)?bdf$/.test(field)) return { terms: bdfTerms(value), operator: "|" };
  if (field === "devfn") return { terms: devfnTerms(value), operator: "|" };
  if (field === "revision" && value === profile.constants.get("JAILHOUSE_CONFIG_REVISION"))
    return one("JAILHOUSE_CONFIG_REVISION");
  // Upstream writes the interrupt's number less the first one that is not private to a CPU.
  if (field === "vpci_irq_base" && value < 1000n) return one(`${value + 32n} - 32`);
  return one(numberText(value, doc?.unit));
}

function one(text: string): Terms {
  return { terms: [text], operator: "|" };
}

/** Bits without a name come last, as a number. */
function flagTerms(profile: Profile, group: string, value: bigint): readonly string[] {
  const terms: string[] = [];
  let rest = value;
  for (const part of constantGroup(group)?.parts ?? []) {
    const mask = profile.constants.get(part.mask);
    if (mask === undefined || (value & mask) === 0n) continue;
    const symbol = symbolsOf(profile, part.group).find((each) => each.value === (value & mask));
    if (symbol === undefined) continue;
    terms.push(symbol.name);
    rest &= ~mask;
  }
  for (const symbol of symbolsOf(profile, group)) {
    if (symbol.value === 0n || (rest & symbol.value) !== symbol.value) continue;
    terms.push(symbol.name);
    rest &= ~symbol.value;
  }
  if (rest !== 0n || terms.length === 0) terms.push(hexText(rest));
  return terms;
}

function choiceTerms(profile: Profile, group: string, value: bigint): Terms {
  const symbol = symbolsOf(profile, group).find((each) => each.value === value);
  if (symbol !== undefined) return one(symbol.name);
  const sums = constantGroup(group)?.sums;
  for (const mark of sums?.marks ?? []) {
    const base = profile.constants.get(mark);
    if (sums === undefined || base === undefined || value < base) continue;
    const added = symbolsOf(profile, sums.group).find((each) => each.value === value - base);
    if (group === "pci-cap-ids")
      return { terms: [added?.name ?? hexText(value - base, 2), mark], operator: "|" };
    if (added !== undefined) return { terms: [mark, added.name], operator: "+" };
  }
  return one(numberText(value));
}

function bdfTerms(value: bigint): readonly string[] {
  const bus = value >> 8n;
  return bus === 0n ? devfnTerms(value) : [`${hexText(bus, 2)} << 8`, ...devfnTerms(value & 0xffn)];
}

function devfnTerms(value: bigint): readonly string[] {
  const device = `${hexText(value >> 3n, 2)} << 3`;
  return (value & 7n) === 0n ? [device] : [device, (value & 7n).toString()];
}

/**
 * Whether zero is a choice that a reader misses if it is not written: the architecture of the file, and what decides a
 * union.
 *
 * @param at where the struct lies in the file
 */
export function isZeroSaid(profile: Profile, layout: string, field: string, at: number): boolean {
  const decides = layout === "jailhouse_iommu" && field === "type";
  if (!decides && (field !== "architecture" || at > 0)) return false;
  const group = fieldDoc(layout, field)?.values ?? "";
  return symbolsOf(profile, group).some(({ value }) => value === 0n);
}
