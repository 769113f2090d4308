/** How values are written in the messages of rules. */

import type { MemoryRegion } from "../ir/memory.js";
import type { Origins } from "../ir/node.js";
import type { SourceName } from "../ir/origin.js";
import { commonSections, type PciDevice, pciAddressText } from "../ir/pci.js";
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

/** What its source calls a node; undefined where it has no names for such things, as C and bytes have none. */
function calledIn({ origins }: { readonly origins?: Origins }): SourceName | undefined {
  const origin = origins?.of();
  return origin?.kind === "source" ? origin.called : undefined;
}

/** `memory ram of cell "linux"`; without names `memory region 3 of cell "linux"`, counted as in the table, from 0. */
export function regionText(region: Region): string {
  return `${ownRegionText(region)} ${isNamedByLink(region) ? "in" : "of"} ${region.config.title}`;
}

/** True for configs in the cell language, of which everything has a word. */
export function isOfLanguage({ cell }: CheckedConfig): boolean {
  return calledIn(cell) !== undefined;
}

/** True where the name of a region says the link and which section of it the region is. */
export function isNamedByLink({ node }: Region): boolean {
  return calledIn(node)?.word === "link";
}

/** The same where the sentence says whose region it is. */
export function ownRegionText(region: Region): string {
  const { config, node } = region;
  const called = calledIn(node);
  switch (called?.word) {
    case "memory": {
      const known = namesIn(config);
      const names = namesOf(node, called.name);
      // Where even the address that the cell sees does not tell them apart, it only makes the name longer.
      return names.find((name) => known.get(name) === 1) ?? names[Math.max(0, names.length - 2)]!;
    }
    case "comm":
      return "the communication region";
    case "link":
      return `${sectionText(called.section ?? 0, node)} of link ${called.name}`;
    default:
      return `memory region ${region.index}`;
  }
}

/** Ever more precise: the line's own name may be that of the rounds of a loop, and memory can be mapped twice. */
function namesOf(region: MemoryRegion, name: string | null): readonly string[] {
  const { physStart, virtStart } = region;
  if (name === null && physStart === 0n && virtStart === 0n && region.size === 0n) return ["memory empty"];
  const placed = `${name === null ? "memory" : `memory ${name}`} at ${hex(physStart)}`;
  const mapped = `${placed} mapped at ${hex(virtStart)}`;
  return [...(name === null ? [] : [`memory ${name}`]), placed, mapped];
}

const namesByConfig = new WeakMap<CheckedConfig, ReadonlyMap<string, number>>();

/** How many regions of the cell each name fits. */
function namesIn(config: CheckedConfig): ReadonlyMap<string, number> {
  let counts = namesByConfig.get(config);
  if (counts === undefined) {
    const known = new Map<string, number>();
    for (const { node } of config.regions) {
      const called = calledIn(node);
      if (called?.word !== "memory") continue;
      for (const name of namesOf(node, called.name)) known.set(name, (known.get(name) ?? 0) + 1);
    }
    counts = known;
    namesByConfig.set(config, counts);
  }
  return counts;
}

/** What rights are called in the cell language; other flags have the names of their constants there. */
const rightWords: Readonly<Record<string, string>> = { READ: "r", WRITE: "w", EXECUTE: "x" };

/** `DMA and COMM_REGION`; in the words of the cell language `dma` and `comm-region`. */
export function flagsText({ node }: Region, flags: readonly string[]): string {
  const names = flags.map((flag) => flag.replace(/^JAILHOUSE_MEM_/, ""));
  if (calledIn(node) === undefined) return listed(names);
  const words = names.map((name) => rightWords[name] ?? name.toLowerCase().replaceAll("_", "-"));
  return listed(words.map((word) => `\`${word}\``));
}

/** A device, by its address and by what its source calls it. */
type NamedDevice = Pick<PciDevice, "domain" | "bdf"> & { readonly origins?: Origins };

/** `device 00:1f.2`, `device nic (00:19.0)`, `link tty (01:0e.0)`: the domain is left out where it is 0. */
export function deviceText(device: NamedDevice): string {
  const called = calledIn(device);
  if (called?.word === "link") return linkText(device);
  return `device ${withName(called, bdfText(device))}`;
}

/** `link tty (0001:00:0e.0)`; `link 00:0e.0`: without a name it is all devices with this address, whatever their domain. */
export function linkText(device: NamedDevice): string {
  const called = calledIn(device);
  const isNamed = called !== undefined && called.name !== null;
  return `link ${withName(called, bdfText(isNamed ? device : { domain: 0, bdf: device.bdf }))}`;
}

function withName(called: SourceName | undefined, address: string): string {
  return called === undefined || called.name === null ? address : `${called.name} (${address})`;
}

/**
 * What the section with this index is called, as part of a sentence.
 *
 * @param node the device, or one of its regions: the cell language has a word of its own for the common section
 */
export function sectionText(index: number, node: { readonly origins: Origins }): string {
  if (index === 0) return "the state table";
  if (index > 1) return `output section ${index - commonSections}`;
  return calledIn(node)?.word === "link" ? "the shared section" : "the common section";
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
