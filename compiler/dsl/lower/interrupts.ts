import type { Irqchip } from "../../ir/irq.js";
import * as irq from "../../ir/irq.js";
import { plainNode } from "../../ir/node.js";
import { impliedPinBase } from "../../ir/revision-facts.js";
import type { StatementDefinition } from "../names/scope.js";
import { irqchipLine } from "../vocabulary/cell-lines.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import type { Lowering } from "./lowering.js";
import { most32, most64, type NumberRange, Reading } from "./reading.js";

const pinsPerChip = BigInt(irq.pinsPerElement);
export const firstSpi = BigInt(irq.firstSpi);
export const lastSpi = BigInt(irq.lastSpi);

/** The interrupt of the first bit where nobody says it: fixed in old profiles, else 0. */
export function usualPinBase({ profile, family }: Pick<Lowering, "profile" | "family">): number {
  const fields = profile.structs.get("jailhouse_irqchip")?.fields ?? [];
  return fields.some(({ name }) => name === "pin_base") ? 0 : impliedPinBase(family);
}

export function lowerIrqchip(reading: Reading, lowering: Lowering): readonly Irqchip[] {
  const origins = reading.origins({ address: "at", id: "id", pinBase: "base", pinBitmap: "pins" });
  if (reading.word("empty")) {
    const [clause] = reading.line.clauses.keys();
    if (clause !== undefined) reading.notBoth("empty", clause);
    return [{ address: 0n, id: 0n, pinBase: usualPinBase(lowering), pinBitmap: 0n, ...plainNode(origins) }];
  }
  const declared = declarationOf(reading, lowering);
  if (declared === undefined) return [];
  const value = (clause: string, most: bigint): bigint | undefined =>
    reading.has(clause)
      ? reading.number(clause, most)
      : declared?.has(clause)
        ? declared.number(clause, most)
        : 0n;
  if (!reading.has("at") && declared === null) {
    reading.missing(
      reading.has("pins") ? "`at` and an address, or a name" : "`at` and `pins`, or the name of a controller",
    );
    return [];
  }
  const address = value("at", most64);
  const id = value("id", most64);
  const hasBase = reading.has("base") || declared?.has("base") === true;
  const base = hasBase ? value("base", most32) : BigInt(usualPinBase(lowering));
  const source = reading.has("pins") ? reading : declared;
  if (source === null || !source.has("pins")) {
    // What a declaration lacks is told where it stands.
    if (declared === null) reading.missing("`pins`");
    return [];
  }
  if (address === undefined || id === undefined || base === undefined) return [];
  const items = source.line.clauses.get("pins")!.values;
  const none = items.length === 1 && wordOfItem(items[0]!)?.text === "none";
  // A base that is said here must suit the pins that were declared elsewhere.
  const judge = reading.has("base") ? reading : source;
  const place = source === reading ? undefined : reading.line.clauses.get("base")?.values[0];
  const pins = none ? [] : source.ranges(items, "a pin", most32);
  const bitmap = bitmapOf(
    judge,
    place === undefined ? pins : pins.map((pin) => ({ ...pin, place })),
    base,
    place === undefined ? "a pin" : "a declared pin",
  );
  if (bitmap === undefined) return [];
  return [{ address, id, pinBase: Number(base), pinBitmap: bitmap, ...plainNode(origins) }];
}

/** The line that declares the controller whose pins are granted; null for a line that stands for itself. */
function declarationOf(reading: Reading, lowering: Lowering): Reading | null | undefined {
  const path = reading.labelPath();
  if (path === undefined || reading.has("at")) return null;
  const definition = reading.thingOf(path, ["irqchip"], "an interrupt controller");
  if (definition === undefined) return undefined;
  const line = matchLine((definition as StatementDefinition).instance, irqchipLine, () => {});
  return new Reading(line, lowering.quiet);
}

function bitmapOf(
  reading: Reading,
  pins: readonly NumberRange[],
  base: bigint,
  what: string,
): bigint | undefined {
  let bitmap = 0n;
  for (const { from, to, place } of pins) {
    if (from < base || to >= base + pinsPerChip) {
      const value = from < base ? from : to;
      reading.within(value, what, base, base + pinsPerChip - 1n, place);
      return undefined;
    }
    bitmap |= ((1n << (to - from + 1n)) - 1n) << (from - base);
  }
  return bitmap;
}

/** Beyond every GIC. */
const mostInterrupt = 0xffffn;

/** Elements for interrupts of the GIC: those of 128 from the first SPI that are needed, or one from a base of its own. */
export function lowerInterrupts(reading: Reading, lowering: Lowering): readonly Irqchip[] {
  const { line } = reading;
  const address = lowering.gicdBase;
  if (address === 0n) reading.problem("jail-no-gic", {}, line.instance.statement.head);
  const [first] = line.lead;
  const isSpi = first !== undefined && wordOfItem(first)?.text === "spi";
  const isNone = first !== undefined && wordOfItem(first)?.text === "none";
  const items = isSpi || isNone ? line.lead.slice(1) : line.lead;
  const surplus = items.find(
    ({ afterComma }, index) => (index > 0 || isSpi || isNone) && afterComma === (index === 0),
  );
  if (isNone && items.length > 0) reading.notBoth(first!, items[0]!);
  else if (surplus !== undefined)
    reading.noMore([surplus], "write `interrupts 33, 40-41` or `interrupts spi 1, 8-9`");
  if (surplus !== undefined || (isNone && items.length > 0)) return [];
  const offset = isSpi ? firstSpi : 0n;
  const least = reading.has("base") || isSpi ? 0n : firstSpi;
  const read = items.map((item) => reading.range(item, "an interrupt", mostInterrupt - offset, least));
  const ranges = read.flatMap((range) =>
    range === undefined ? [] : [{ from: range.from + offset, to: range.to + offset, place: range.place }],
  );
  if (ranges.length < items.length) return [];
  reading.tellTwice(ranges, "interrupt");
  const origins = reading.origins({ pinBase: "base", pinBitmap: items[0] });
  const chip = (base: bigint, bitmap: bigint): Irqchip => ({
    address,
    id: 0n,
    pinBase: Number(base),
    pinBitmap: bitmap,
    ...plainNode(origins),
  });
  if (reading.has("base")) {
    const base = reading.number("base", most32);
    const bitmap =
      base === undefined ? undefined : isNone ? 0n : bitmapOf(reading, ranges, base, "an interrupt");
    if (!isNone && items.length === 0) reading.missing("interrupts, or `none`");
    return base === undefined || bitmap === undefined ? [] : [chip(base, bitmap)];
  }
  if (ranges.length === 0) {
    reading.missing(isNone ? "`base` and the first interrupt of the element" : "interrupts");
    return [];
  }
  const bitmaps = new Map<bigint, bigint>();
  for (const { from, to } of ranges) {
    const firstBase = firstSpi + ((from - firstSpi) / pinsPerChip) * pinsPerChip;
    for (let base = firstBase; base <= to; base += pinsPerChip) {
      const least = from > base ? from : base;
      const most = to < base + pinsPerChip ? to : base + pinsPerChip - 1n;
      const run = ((1n << (most - least + 1n)) - 1n) << (least - base);
      bitmaps.set(base, (bitmaps.get(base) ?? 0n) | run);
    }
  }
  return [...bitmaps]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([base, bitmap]) => chip(base, bitmap));
}
