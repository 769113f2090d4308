import { withoutOrigins } from "../../ir/node.js";
import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { type Line, line } from "./lines.js";
import { commentLines, elementLayout, elementOf, type Part } from "./machine.js";
import { rawFields, rawPlace, rawRest } from "./raw.js";
import { capabilityWord } from "./words.js";

/** Where the statements of capabilities stand: in their devices, or in the cell for those of no device. */
export interface CapabilityPlan {
  /** Lines within a device, by its index. */
  readonly ofDevice: ReadonlyMap<number, readonly Line[]>;
  /** Devices whose place in the table no statement can say. */
  readonly raw: ReadonlySet<number>;
  readonly loose: readonly Line[];
}

type List = Pick<PciDevice, "capsStart" | "numCaps">;

/** @param ofLinks devices that links make: they have no capabilities, or raw fields that say so */
export function planCapabilities(part: Part, ofLinks: ReadonlySet<number>): CapabilityPlan {
  const { pciDevices, pciCapabilities } = part.cell;
  const lists = new Map<number, List>();
  const raw = new Set<number>();
  pciDevices.forEach((device, index) => {
    if (ofLinks.has(index)) return;
    if (device.numCaps === 0) {
      if (device.capsStart !== 0) raw.add(index);
    } else if (fits(device, pciCapabilities.length, [...lists.values()])) lists.set(index, device);
    else raw.add(index);
  });
  const owned = new Set([...lists.values()].flatMap(placesOf));
  const loose = pciCapabilities.flatMap((_, place) => (owned.has(place) ? [] : [place]));
  const isNatural = hasNaturalOrder(part, [...lists.values()], loose);
  const ofDevice = new Map<number, readonly Line[]>();
  for (const [index, list] of lists) {
    const from = isNatural ? [] : [line(`capabilities from ${list.capsStart}`)];
    ofDevice.set(index, [...from, ...listLines(part, list, pciDevices[index]!, isNatural)]);
  }
  return { ofDevice, raw, loose: loose.map((place) => longLine(part, place)) };
}

/** Each place of the table belongs to one list, unless lists are the same. */
function fits(list: List, length: number, others: readonly List[]): boolean {
  const end = list.capsStart + list.numCaps;
  if (end > length) return false;
  return others.every((other) => {
    const isSame = other.capsStart === list.capsStart && other.numCaps === list.numCaps;
    return isSame || end <= other.capsStart || other.capsStart + other.numCaps <= list.capsStart;
  });
}

function placesOf({ capsStart, numCaps }: List): readonly number[] {
  return Array.from({ length: numCaps }, (_, index) => capsStart + index);
}

/** One list behind the other in the order of the devices, equal ones stored once, and the rest behind them. */
function hasNaturalOrder(part: Part, lists: readonly List[], loose: readonly number[]): boolean {
  const known = new Map<string, number>();
  let end = 0;
  for (const list of lists) {
    const content = contentOf(part, list);
    const place = known.get(content) ?? end;
    if (place !== list.capsStart) return false;
    if (place === end) end += list.numCaps;
    known.set(content, place);
  }
  return loose.every((place) => place >= end);
}

export function contentOf(part: Part, list: List): string {
  const content = placesOf(list).map((place) => withoutOrigins(part.cell.pciCapabilities[place]!));
  return JSON.stringify(content, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value instanceof Uint8Array ? [...value] : value,
  );
}

function listLines(part: Part, list: List, device: PciDevice, mayBeShort: boolean): readonly Line[] {
  const places = placesOf(list);
  const short = places.map((place) => shortText(part, place, device));
  if (mayBeShort && short.every((text) => text !== undefined)) return [{ text: "capabilities", list: short }];
  return places.map((place) => longLine(part, place));
}

const writable = "JAILHOUSE_PCICAPS_WRITE";

/** `msi 0x50` where the capability is of the usual size. */
function shortText(part: Part, place: number, { msiMaskable }: PciDevice): string | undefined {
  const capability = part.cell.pciCapabilities[place]!;
  const { id, extended, start, len, flags } = capability;
  if (extended || part.commentOf("pci_caps", place) !== undefined) return undefined;
  const word = capabilityWord(id, extended, part.profile);
  const usual = usualSizes(msiMaskable)[word];
  const wantsWrite = usual !== undefined;
  const isUsual =
    len === (usual ?? 2) &&
    flags.unknown === 0n &&
    flags.names.includes(writable) === wantsWrite &&
    isBare(capability);
  return isUsual ? `${word} 0x${start.toString(16)}` : undefined;
}

function usualSizes(msiMaskable: number): Readonly<Record<string, number>> {
  return { pm: 8, msi: msiMaskable === 0 ? 14 : 24, msix: 12 };
}

function isBare({ extra, residue }: PciCapability): boolean {
  return Object.keys(extra).length === 0 && residue.length === 0;
}

function longLine(part: Part, place: number): Line {
  const capability = part.cell.pciCapabilities[place]!;
  const { id, extended, start, len, flags } = capability;
  const words = ["capability", ...(extended ? ["ext"] : []), capabilityWord(id, extended, part.profile)];
  words.push(`at 0x${start.toString(16)} size ${len}`);
  if (flags.names.includes(writable)) words.push("writable");
  const layout = elementLayout(part.profile, "pci_caps");
  const odd = flags.unknown !== 0n || flags.names.some((name) => name !== writable);
  const element = elementOf(part, "pci_caps", place);
  const block = [
    ...(odd ? rawFields(element, ["flags"], rawPlace(layout)) : []),
    ...rawRest(capability, rawPlace(layout)),
  ];
  return { ...line(words.join(" "), block), above: commentLines(part.commentOf("pci_caps", place)) };
}
