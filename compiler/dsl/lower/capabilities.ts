import { flagSet, hasFlag, noFlags } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { PciCapability } from "../../ir/pci.js";
import { extendedMark } from "../../ir/revision-facts.js";
import type { Place } from "../syntax/ast.js";
import { capabilityIds } from "../vocabulary/flag-words.js";
import { placeIn, wordOfItem } from "../vocabulary/match.js";
import { readFlagWords } from "./flags.js";
import type { Lowering } from "./lowering.js";
import { most16, type Reading } from "./reading.js";

/** Capabilities of one device, or one that no device uses. */
export interface CapabilityList {
  readonly capabilities: readonly PciCapability[];
  /** The index in the table that the source asks for; null: the compiler's choice. */
  readonly from: bigint | null;
  /** A device uses it: equal lists of devices stand in the table once. */
  readonly isOwned: boolean;
  readonly reading: Reading;
  readonly place: Place;
}

const writeFlag = "JAILHOUSE_PCICAPS_WRITE";

/** `capability ext err at 0x100 size 4 writable` */
export function lowerCapability(reading: Reading, lowering: Lowering): readonly PciCapability[] {
  const { line } = reading;
  const extended = line.lead[0] !== undefined && wordOfItem(line.lead[0])?.text === "ext";
  const words = extended ? line.lead.slice(1) : line.lead;
  const id = words[0] === undefined ? undefined : idOf(reading, words[0], extended, lowering);
  const absent = ["at", "size"].filter((clause) => !reading.has(clause)).map((clause) => `\`${clause}\``);
  if (words[0] === undefined) absent.unshift("the name of a capability");
  if (absent.length > 0) reading.missing(absent.join(" and "));
  reading.noMore(words.slice(1));
  const start = reading.number("at", most16);
  const len = reading.number("size", most16);
  const flags = readFlagWords(reading, line.words, "capabilityFlags", lowering.profile);
  if (id === undefined || start === undefined || len === undefined) return [];
  const origins = reading.origins({ id: words[0], start: "at", len: "size", flags: line.words[0] });
  return [{ id, extended, start: Number(start), len: Number(len), flags, ...plainNode(origins) }];
}

function idOf(
  reading: Reading,
  item: Reading["line"]["lead"][number],
  extended: boolean,
  lowering: Lowering,
): number | undefined {
  const word = wordOfItem(item);
  const known = word === undefined ? undefined : capabilityIds(lowering.profile, extended).get(word.text);
  if (known !== undefined) return known;
  if (word !== undefined && reading.scope.find(word.text) === undefined) {
    const ids = [...capabilityIds(lowering.profile, extended).keys()];
    reading.evaluator.unknown(word.text, ids, word, reading.scope);
    return undefined;
  }
  const value = reading.single(
    item,
    "the id of a capability",
    most16 & ~BigInt(extendedMark(lowering.profile.constants)),
  );
  return value === undefined ? undefined : Number(value);
}

/** `capabilities pm 0x50, msi 0x70`: names and offsets, with the usual sizes. */
export function lowerCapabilityList(
  reading: Reading,
  maskable: boolean,
  lowering: Lowering,
): readonly PciCapability[] {
  const found: PciCapability[] = [];
  const { lead } = reading.line;
  if (lead.length === 0) reading.missing("names of capabilities and their offsets");
  for (let index = 0; index < lead.length; ) {
    if (index > 0 && lead[index]!.afterComma === false) {
      reading.noMore([lead[index]!], "each capability is a name and an offset; commas stand between them");
      return found;
    }
    const extended = wordOfItem(lead[index]!)?.text === "ext";
    const name = lead[index + (extended ? 1 : 0)];
    const offset = lead[index + (extended ? 2 : 1)];
    const atWord = offset === undefined ? undefined : wordOfItem(offset);
    if (atWord?.text === "at" && reading.scope.find("at") === undefined) {
      reading.noMore([offset!], "in a list, the offset stands right behind the name: `pm 0x40`");
      return found;
    }
    index += extended ? 3 : 2;
    if (name === undefined || offset === undefined || offset.afterComma) {
      const first = lead[index - (extended ? 3 : 2)]!;
      const args = { statement: "capabilities", what: "a name and an offset for each, with commas between" };
      reading.problem("jail-missing", args, name ?? first);
      return found;
    }
    const id = idOf(reading, name, extended, lowering);
    const start = reading.single(offset, "the offset of a capability", most16);
    if (id === undefined || start === undefined) continue;
    const [len, writable] = usualSize(extended ? "" : (wordOfItem(name)?.text ?? ""), maskable);
    const origins = reading.origins({ id: name, start: offset, len: name, flags: name });
    const flags = writable ? flagSet(writeFlag) : noFlags;
    found.push({ id, extended, start: Number(start), len, flags, ...plainNode(origins) });
  }
  return found;
}

/** Bytes, and whether a cell needs to write to it. */
export function usualSize(word: string, maskable: boolean): readonly [size: number, writable: boolean] {
  if (word === "pm") return [8, true];
  if (word === "msi") return [maskable ? 24 : 14, true];
  if (word === "msix") return [12, true];
  return [2, false];
}

/** What the place of a list depends on. */
export type ListToPlace = Pick<CapabilityList, "capabilities" | "from" | "isOwned">;

/** Where each list begins, and what stands where; a place that no list took is undefined. */
export interface CapabilityPlaces<List extends ListToPlace> {
  readonly table: readonly (PciCapability | undefined)[];
  readonly starts: ReadonlyMap<List, number>;
  /** Lists that want a place that holds something else. */
  readonly clashes: readonly { readonly list: List; readonly place: number }[];
}

/**
 * Places lists: those with a place of their own first, then the others, in order, at the first free run of places; a
 * list that equals one that is there already shares its place.
 */
export function placeCapabilities<List extends ListToPlace>(lists: readonly List[]): CapabilityPlaces<List> {
  const table: (PciCapability | undefined)[] = [];
  const starts = new Map<List, number>();
  const clashes: { list: List; place: number }[] = [];
  for (const list of lists) {
    if (list.from === null) continue;
    const start = Number(list.from);
    starts.set(list, start);
    for (const [index, capability] of list.capabilities.entries()) {
      const known = table[start + index];
      if (known !== undefined && !sameCapability(known, capability))
        clashes.push({ list, place: start + index });
      table[start + index] ??= capability;
    }
  }
  /** Where the lists of devices begin that are there already, by what stands there. */
  const owned = new Map<string, number>();
  const keepOwned = (start: number, length: number): void => {
    const key = contentOf(table.slice(start, start + length));
    if (!owned.has(key)) owned.set(key, start);
  };
  for (const [{ isOwned, capabilities }, start] of starts) if (isOwned) keepOwned(start, capabilities.length);
  /** Behind the last run that was found for a length: places fill up, so nothing before it is free again. */
  const searched = new Map<number, number>();
  for (const list of lists) {
    const { capabilities } = list;
    const { length } = capabilities;
    if (list.from !== null) continue;
    if (length === 0) {
      starts.set(list, 0);
      continue;
    }
    const equal = list.isOwned ? owned.get(contentOf(capabilities)) : undefined;
    const start = equal ?? firstFree(table, length, searched.get(length) ?? 0);
    starts.set(list, start);
    if (equal !== undefined) continue;
    searched.set(length, start + length);
    for (const [index, each] of capabilities.entries()) table[start + index] = each;
    if (list.isOwned) keepOwned(start, length);
  }
  return { table, starts, clashes };
}

/** The table of a cell, and where each list begins in it. */
export interface CapabilityTable {
  readonly table: readonly PciCapability[];
  readonly starts: ReadonlyMap<CapabilityList, number>;
}

/** Lays lists out, and reports those that cannot stand where they are asked to be, and places that stay empty. */
export function layOutCapabilities(lists: readonly CapabilityList[]): CapabilityTable {
  const { table, starts, clashes } = placeCapabilities(lists);
  const holders = clashes.length === 0 ? null : holdersOf(lists, starts);
  for (const { list, place } of clashes) {
    const other = holders?.get(place)?.find((each) => each !== list);
    list.reading.problem("jail-capability-place", { place }, list.place, {
      help: "give the lists places that do not overlap, or leave `capabilities from` out",
      secondary:
        other === undefined
          ? []
          : [{ place: placeIn(other.reading.scope, other.place), text: "which is of this list" }],
    });
  }
  const whole: PciCapability[] = [];
  for (let place = 0; place < table.length; place++) {
    const capability = table[place];
    if (capability === undefined) {
      const list =
        [...starts.keys()].find((each) => each.from !== null && Number(each.from) > place) ?? lists[0]!;
      list.reading.problem("jail-capability-hole", { place }, list.place, {
        help: "let the list begin earlier, or leave `capabilities from` out",
      });
      return { table: [], starts };
    }
    whole.push(capability);
  }
  return { table: whole, starts };
}

/** The first two lists that want each place. */
function holdersOf(
  lists: readonly CapabilityList[],
  starts: ReadonlyMap<CapabilityList, number>,
): ReadonlyMap<number, readonly CapabilityList[]> {
  const holders = new Map<number, CapabilityList[]>();
  for (const list of lists) {
    const start = starts.get(list) ?? 0;
    for (let place = start; place < start + list.capabilities.length; place++) {
      const known = holders.get(place);
      if (known === undefined) holders.set(place, [list]);
      else if (known.length === 1) known.push(list);
    }
  }
  return holders;
}

function firstFree(table: readonly (PciCapability | undefined)[], length: number, from: number): number {
  let run = 0;
  for (let place = from; place < table.length; place++) {
    run = table[place] === undefined ? run + 1 : 0;
    if (run === length) return place - length + 1;
  }
  return table.length - run;
}

function sameCapability(one: PciCapability, other: PciCapability): boolean {
  return contentOf([one]) === contentOf([other]);
}

/** The same for lists that are equal. */
function contentOf(capabilities: readonly (PciCapability | undefined)[]): string {
  return JSON.stringify(
    capabilities.map(
      (each) =>
        each && [
          each.id,
          each.extended,
          each.start,
          each.len,
          String(each.flags.unknown),
          hasFlag(each.flags, writeFlag),
        ],
    ),
  );
}
