/** How values are written in the messages of rules. */

import { type PciDevice, pciAddressText } from "../ir/pci.js";
import type { PortInterval } from "../ir/port-io.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import type { Interval } from "./facts/intervals.js";
import type { Region } from "./facts/region.js";

export function hex(value: bigint | number): string {
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/** `0x3a000000..0x3a5fffff`, both ends included. */
export function rangeText({ start, end }: Interval): string {
  return end - start === 1n ? hex(start) : `${hex(start)}..${hex(end - 1n)}`;
}

/** `0x3f8-0x3ff`, both ends included. */
export function portsText({ start, end }: PortInterval): string {
  return end - start === 1 ? hex(start) : `${hex(start)}-${hex(end - 1)}`;
}

/** How many intervals of ports a message names. */
const portIntervalsNamed = 4;

/** `port 0x80`, `ports 0x2f8-0x2ff, 0x3f8`; of very many intervals, the first. */
export function portListText(ports: readonly PortInterval[]): string {
  const isOne = ports.length === 1 && ports[0]!.end - ports[0]!.start === 1;
  const texts = ports.slice(0, portIntervalsNamed).map(portsText);
  const rest = ports.length > portIntervalsNamed ? ", ..." : "";
  return `port${isOne ? "" : "s"} ${texts.join(", ")}${rest}`;
}

const units: readonly (readonly [string, bigint])[] = [
  ["T", 1n << 40n],
  ["G", 1n << 30n],
  ["M", 1n << 20n],
  ["K", 1n << 10n],
];

/** `928M`, `0x1234`: the largest unit that divides it. */
export function sizeText(size: bigint): string {
  const unit = size === 0n ? undefined : units.find(([, factor]) => size % factor === 0n);
  return unit === undefined ? hex(size) : `${size / unit[1]}${unit[0]}`;
}

/** `memory region 3 of cell "linux"`, counted as in the table, from 0. */
export function regionText({ index, config }: Region): string {
  return `memory region ${index} of ${config.title}`;
}

/** `device 00:1f.2`, `device 0001:00:1f.2`: the domain is left out where it is 0. */
export function deviceText(device: Pick<PciDevice, "domain" | "bdf">): string {
  return `device ${bdfText(device)}`;
}

export function bdfText({ domain, bdf }: Pick<PciDevice, "domain" | "bdf">): string {
  const text = pciAddressText({ domain, bdf });
  return domain === 0 ? text.slice(text.indexOf(":") + 1) : text;
}

/** `1 region`, `3 regions`. */
export function count(number: number | bigint, one: string, many = `${one}s`): string {
  return `${number} ${Number(number) === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** How many CPUs a message names. */
export const cpusNamed = 8;

/**
 * `CPU 3`, `CPUs 1 and 2`. Of very many, the first ones and how many there are.
 *
 * @param total how many there are, where `cpus` are only the first ones of them
 */
export function cpusText(cpus: readonly number[], total = cpus.length): string {
  if (total > cpusNamed) return `${total} CPUs (${cpus.slice(0, cpusNamed).join(", ")}, ...)`;
  return `CPU${cpus.length === 1 ? "" : "s"} ${listed(cpus.map(String))}`;
}

/** `arm64 machines`, `ARM machines` for what may have 32 or 64 bits. */
export function machinesText({ machines }: CheckedConfig): string {
  return machines.length === 1 ? `${machines[0]} machines` : "ARM machines";
}
