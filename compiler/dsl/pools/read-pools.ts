import { pciAddressText } from "../../support/pci-address.js";
import { firstSpi, lastSpi } from "../lower/interrupts.js";
import { Reading } from "../lower/reading.js";
import type { Evaluator } from "../names/evaluate.js";
import type { PciAddressValue, StatementDefinition } from "../names/scope.js";
import type { Range } from "../syntax/ast.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine } from "../vocabulary/match.js";
import type { Interval } from "./free-space.js";

/** What the compiler may hand out. */
export type Pool = MemoryPool | SlotPool | InterruptPool;

interface Declared {
  readonly definition: StatementDefinition;
}

export interface MemoryPool extends Declared, Interval {
  readonly kind: "memory";
}

export interface SlotPool extends Declared {
  readonly kind: "slots";
  /** In the order in which they are handed out. */
  readonly slots: readonly Slot[];
}

export interface Slot extends PciAddressValue {
  readonly domain: number;
}

export interface InterruptPool extends Declared {
  readonly kind: "interrupts";
  /** Both ends included, 32 being the first SPI. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
}

/** One behind the last address. */
const addressEnd = 1n << 64n;

const kinds = ["at", "slots", "interrupts"] as const;

/** Reads a declaration; undefined where something in it is missing or wrong, which was reported. */
export function readPool(definition: StatementDefinition, evaluator: Evaluator): Pool | undefined {
  const line = matchLine(definition.instance, linesOf("file").get("pool")!, () => {});
  // What has no place in it was reported: what it would hand out besides is not known.
  if (line.isFaulty) return undefined;
  const reading = new Reading(line, evaluator);
  const said = kinds.filter((word) => reading.has(word));
  if (said.length > 1) {
    reading.problem("jail-not-both", { one: said[0]!, other: said[1]! }, line.instance.statement.head);
    return undefined;
  }
  switch (said[0]) {
    case "at":
      return memoryPool(definition, reading);
    case "slots":
      return slotPool(definition, reading);
    case "interrupts":
      return interruptPool(definition, reading);
    default:
      reading.missing("`at A size S`, `slots` or `interrupts`, and which");
      return undefined;
  }
}

function memoryPool(definition: StatementDefinition, reading: Reading): Pool | undefined {
  if (!reading.has("size")) {
    reading.missing("`size`");
    return undefined;
  }
  const start = reading.number("at");
  const size = readSize(reading, addressEnd - (start ?? 0n));
  return start === undefined || size === undefined
    ? undefined
    : { kind: "memory", definition, start, end: start + size };
}

/** The number behind `size`, which must not be 0. */
export function readSize(reading: Reading, most: bigint): bigint | undefined {
  const size = reading.number("size");
  const [place] = reading.line.clauses.get("size")!.values;
  return size === undefined ? undefined : reading.within(size, "`size`", 1n, most, place!);
}

/** Devices of one function number each, from the first to the last. */
function slotPool(definition: StatementDefinition, reading: Reading): Pool | undefined {
  const slots: Slot[] = [];
  for (const item of reading.line.clauses.get("slots")!.values) {
    const range = slotRange(item, reading);
    if (range === undefined) return undefined;
    for (let bdf = range.first; bdf <= range.last; bdf += functionsPerDevice)
      slots.push({ kind: "address", domain: range.domain, bdf });
  }
  return { kind: "slots", definition, slots };
}

const functionsPerDevice = 8;

function slotRange(
  item: Range,
  reading: Reading,
): { readonly domain: number; readonly first: number; readonly last: number } | undefined {
  const end = (expression: Range["from"]): PciAddressValue | undefined =>
    reading.address({ from: expression, to: null, start: expression.start, end: expression.end });
  const from = end(item.from);
  const to = item.to === null ? from : end(item.to);
  if (from === undefined || to === undefined) return undefined;
  const domain = from.domain ?? 0;
  const isAlike =
    (to.domain ?? domain) === domain && to.bdf % functionsPerDevice === from.bdf % functionsPerDevice;
  if (!isAlike) {
    const wanted = "two addresses of one domain and with one function number";
    reading.problem("jail-wrong-type", { wanted, found: "others" }, item);
    return undefined;
  }
  if (to.bdf < from.bdf) {
    const [first, last] = [from, to].map(({ bdf }) => pciAddressText({ domain, bdf }));
    reading.problem("jail-range-backwards", { from: first!, to: last! }, item);
    return undefined;
  }
  return { domain, first: from.bdf, last: to.bdf };
}

function interruptPool(definition: StatementDefinition, reading: Reading): Pool | undefined {
  const ranges: { readonly from: number; readonly to: number }[] = [];
  for (const item of reading.line.clauses.get("interrupts")!.values) {
    const range = reading.range(item, "an interrupt of a pool", lastSpi, firstSpi);
    if (range === undefined) return undefined;
    ranges.push({ from: Number(range.from), to: Number(range.to) });
  }
  return { kind: "interrupts", definition, ranges };
}

/** A pool, for messages. */
export function poolText({ kind }: Pool): string {
  return kind === "memory"
    ? "a pool of memory"
    : kind === "slots"
      ? "a pool of slots"
      : "a pool of interrupts";
}
