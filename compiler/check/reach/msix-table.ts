import type { Machine } from "../facts/checked-config.js";
import { type Interval, intersection } from "../facts/intervals.js";
import { deviceText } from "../words.js";
import type { CellView } from "./cell-view.js";
import { pageStart, physicalAddress } from "./paging.js";
import type { Passage } from "./sub-page.js";
import type { Handler } from "./trapped.js";

/** Bytes of one entry of the table: three words that the hypervisor keeps, and one that it passes on. */
const entrySize = 16n;
const controlOffset = 12n;
const wordSize = 4n;

/** Of larger tables than devices have, the entries are taken as one piece that can be read and written. */
const entriesTakenApart = 2048n;

/**
 * What the owner of a device reaches by way of the device's MSI-X table (hypervisor/pci.c:360-396): reads behind the
 * entries, and reads and writes of the last word of each entry, go to the memory that the config says is the table. It
 * begins at the start of the page, wherever in the page the config says (hypervisor/paging.c:494-510).
 *
 * @param wanted half-open physical addresses
 */
export function tablePassages(
  { config, handlers }: CellView,
  handler: Handler,
  wanted: Interval,
  machine: Machine,
): readonly Passage[] {
  const { start, size, passes } = handler;
  if (passes === null || !("device" in passes)) return [];
  const { device } = passes;
  const table = physicalAddress(pageStart(device.msixAddress), machine);
  // A read is one of a whole word, whatever its width.
  const whole = size + ((wordSize - (size % wordSize)) % wordSize);
  const all = entrySize * BigInt(device.numMsixVectors);
  const entries = all < whole ? all : whole;
  const passage = (from: bigint, to: bigint, write: boolean): Passage => ({
    at: config.spot(device, "msixAddress"),
    rights: { read: true, write, execute: false },
    phys: { start: table + from, end: table + to },
    virt: start + from,
    text: `${deviceText(device)} lets accesses to its MSI-X table through`,
  });
  // Reads have any width, and those of one byte are the most that can be found.
  if (handlers.addressesOf(handler, 1n).length === 0) return [];
  const found = [passage(entries, whole, false)];
  if (BigInt(device.numMsixVectors) > entriesTakenApart) return [...found, passage(0n, entries, true)];
  const part = intersection(wanted, { start: table, end: table + entries });
  if (part === undefined) return found;
  const [from, to] = [part.start - table, part.end - table];
  for (let at = from - (from % entrySize); at < to; at += entrySize)
    if (at + entrySize <= entries) found.push(passage(at + controlOffset, at + entrySize, true));
  return found;
}
