import type { Interval } from "../facts/intervals.js";
import { bdfText, portsText, rangeText } from "../words.js";

/** What is asked about. Both ends included. */
export type Target =
  | { readonly kind: "memory"; readonly from: bigint; readonly to: bigint }
  | { readonly kind: "ioports"; readonly from: number; readonly to: number }
  | { readonly kind: "device"; readonly domain: number; readonly bdf: number }
  /** As the interrupt controller counts: 32 is the first SPI of a GIC; on x86 a pin of an I/O APIC. */
  | { readonly kind: "interrupt"; readonly from: number; readonly to: number };

/** The whole of it, as addresses, ports or numbers; a device is the interval from 0 to 1. */
export function wholeOf(target: Target): Interval {
  if (target.kind === "device") return { start: 0n, end: 1n };
  return { start: BigInt(target.from), end: BigInt(target.to) + 1n };
}

/** `memory 0x1000..0x1fff`, `port 0x3f8`: a part of the target, by default all of it. */
export function targetText(target: Target, part: Interval = wholeOf(target)): string {
  const { start, end } = part;
  const several = end - start > 1n;
  switch (target.kind) {
    case "memory":
      return `memory ${rangeText(part)}`;
    case "ioports":
      return `port${several ? "s" : ""} ${portsText({ start: Number(start), end: Number(end) })}`;
    case "device":
      return `device ${bdfText(target)}`;
    case "interrupt":
      return `interrupt${several ? "s" : ""} ${several ? `${start}-${end - 1n}` : start}`;
  }
}
