import { type ListToPlace, placeCapabilities, usualSize } from "../../dsl/lower/capabilities.js";
import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { type Line, line } from "./lines.js";
import { commentLines, elementLayout, type Part } from "./machine.js";
import { rawPlace, rawRest } from "./raw.js";
import { capabilityWord, flagWords } from "./words.js";

/** Where the statements of capabilities stand: in their devices, or in the cell for those of no device. */
export interface CapabilityPlan {
  /** Lines within a device, by its index. */
  readonly ofDevice: ReadonlyMap<number, readonly Line[]>;
  /** Devices whose place in the table no statement can say. */
  readonly raw: ReadonlySet<number>;
  /** Devices with a line that says their place: it holds for the table of this cell alone. */
  readonly placed: ReadonlySet<number>;
  readonly loose: readonly Line[];
}

/** The capabilities of a device. */
interface List {
  readonly device: PciDevice;
  readonly index: number;
}

/** With more devices, all lists say their places or none does. */
const mostSearched = 64;

/** @param ofLinks devices that links make: they have no capabilities, or raw fields that say so */
export function planCapabilities(part: Part, ofLinks: ReadonlySet<number>): CapabilityPlan {
  const { pciDevices, pciCapabilities } = part.cell;
  const lists: List[] = [];
  const raw = new Set<number>();
  for (const [index, device] of pciDevices.entries()) {
    if (ofLinks.has(index)) continue;
    const isPlaced = device.numCaps === 0 || device.capsStart + device.numCaps <= pciCapabilities.length;
    if (isPlaced) lists.push({ device, index });
    else raw.add(index);
  }
  const owned = new Set(lists.flatMap(({ device }) => placesOf(device)));
  const loose = pciCapabilities.flatMap((_, place) => (owned.has(place) ? [] : [place]));
  const pinned = pinnedLists(part, lists);
  const ofDevice = new Map<number, readonly Line[]>();
  for (const list of lists) {
    const from = pinned.has(list) ? [line(`capabilities from ${list.device.capsStart}`)] : [];
    ofDevice.set(list.index, [...from, ...listLines(part, list.device)]);
  }
  const placed = new Set([...pinned].map(({ index }) => index));
  return { ofDevice, raw, placed, loose: loose.map((place) => longLine(part, place)) };
}

function placesOf({ capsStart, numCaps }: PciDevice): readonly number[] {
  return Array.from({ length: numCaps }, (_, index) => capsStart + index);
}

/** The lists that have to say where they stand, since the compiler would put them elsewhere: as few as possible. */
function pinnedLists(part: Part, lists: readonly List[]): ReadonlySet<List> {
  const none = new Set<List>();
  if (isRight(part, lists, none)) return none;
  const pinned = new Set(lists);
  if (lists.length > mostSearched) return pinned;
  for (const list of lists) {
    pinned.delete(list);
    if (!isRight(part, lists, pinned)) pinned.add(list);
  }
  return pinned;
}

/** Whether all lists come to stand where they are, by the rules of the compiler. */
function isRight(part: Part, lists: readonly List[], pinned: ReadonlySet<List>): boolean {
  const asked = lists.map((list): ListToPlace & List => ({
    ...list,
    capabilities: placesOf(list.device).map((place) => part.cell.pciCapabilities[place]!),
    from: pinned.has(list) ? BigInt(list.device.capsStart) : null,
    isOwned: true,
  }));
  const { starts } = placeCapabilities(asked);
  return asked.every(
    (list) =>
      starts.get(list) === list.device.capsStart &&
      (list.from !== null || list.capabilities.every((_, offset) => mayMove(part, list, offset))),
  );
}

/** A list that finds its place by what it says stands there, raw fields and all. */
function mayMove(part: Part, { device }: List, offset: number): boolean {
  const capability = part.cell.pciCapabilities[device.capsStart + offset]!;
  return isBare(capability);
}

/** Runs of capabilities of the usual sizes share a line. */
function listLines(part: Part, device: PciDevice): readonly Line[] {
  const lines: Line[] = [];
  let open: string[] | undefined;
  for (const place of placesOf(device)) {
    const short = shortText(part, place, device);
    if (short === undefined) {
      lines.push(longLine(part, place));
      open = undefined;
    } else if (open === undefined) {
      open = [short];
      lines.push({ text: "capabilities", list: open });
    } else open.push(short);
  }
  return lines;
}

const writable = "JAILHOUSE_PCICAPS_WRITE";

/** `msi 0x50` where the capability is of the usual size. */
function shortText(part: Part, place: number, { msiMaskable }: PciDevice): string | undefined {
  const capability = part.cell.pciCapabilities[place]!;
  const { id, extended, start, len, flags } = capability;
  if (part.commentOf("pci_caps", place) !== undefined || !isBare(capability)) return undefined;
  const word = capabilityWord(id, extended, part.profile);
  const [size, wantsWrite] = usualSize(extended ? "" : word, msiMaskable === 1);
  const isUsual = len === size && flags.unknown === 0n && flags.names.includes(writable) === wantsWrite;
  return isUsual ? `${extended ? "ext " : ""}${word} 0x${start.toString(16)}` : undefined;
}

function isBare({ extra, residue }: PciCapability): boolean {
  return Object.keys(extra).length === 0 && residue.length === 0;
}

function longLine(part: Part, place: number): Line {
  const capability = part.cell.pciCapabilities[place]!;
  const { id, extended, start, len, flags } = capability;
  const words = ["capability", ...(extended ? ["ext"] : []), capabilityWord(id, extended, part.profile)];
  words.push(`at 0x${start.toString(16)} size ${len}`);
  words.push(...flagWords(flags, "capabilityFlags", part.profile));
  const layout = elementLayout(part.profile, "pci_caps");
  const block = rawRest(capability, rawPlace(layout));
  return { ...line(words.join(" "), block), above: commentLines(part.commentOf("pci_caps", place)) };
}
