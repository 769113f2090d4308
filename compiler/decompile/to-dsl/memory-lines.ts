import { usualCommAddress } from "../../dsl/lower/memory.js";
import type { MemoryRegion } from "../../ir/memory.js";
import { type FlagSet, hasFlag } from "../../ir/names.js";
import { type Line, line } from "./lines.js";
import { commentLines, elementLayout, elementOf, type Part, shortComment } from "./machine.js";
import { rawElement, rawPlace, rawRest } from "./raw.js";
import { address, guestAddress, isRoundSize, quoted, size } from "./text.js";
import { isRight, memoryFlagWords, otherFlagWords } from "./words.js";

/** A region that a cell can be granted by its name. */
export interface NamedRegion {
  readonly name: string;
  readonly region: MemoryRegion;
}

export interface MemoryNames {
  /** The names of the cell's own regions, by index. */
  readonly own: ReadonlyMap<number, string>;
  /** What the system has. */
  readonly granted: readonly NamedRegion[];
}

const addresses = 1n << 64n;

/** One statement for the region at `index`; `comm` where `takesComm` says that it may be that of the cell. */
export function memoryLine(part: Part, index: number, names: MemoryNames, takesComm: boolean): Line {
  const region = part.cell.memoryRegions[index]!;
  const comment = part.commentOf("mem_regions", index);
  if (!isSayable(region)) {
    const element = elementOf(part, "mem_regions", index);
    const raw = rawElement("mem_regions", element, elementLayout(part.profile, "mem_regions"));
    return { ...raw, above: commentLines(comment) };
  }
  const block = rawRest(region, rawPlace(elementLayout(part.profile, "mem_regions")));
  const withBlock = (text: string): Line => line(text, block);
  const isPlain = block.length === 0;
  if (isPlain && takesComm && isCommRegion(region, region.virtStart))
    return {
      ...line(commText(part, region)),
      above: commentLines(isEchoOfComm(comment) ? undefined : comment),
    };
  const name = names.own.get(index);
  if (name === undefined && isPlain) {
    const grant = grantText(region, names.granted);
    if (grant !== undefined)
      return { ...line(grant.text), above: commentLines(withoutEcho(comment, grant.name)) };
  }
  const short = shortComment(comment);
  const label = name ?? (short === undefined ? undefined : quoted(short));
  const head = label === undefined ? "memory" : `memory ${label}`;
  const said = label !== undefined && (name === undefined || sameWords(comment, name));
  return {
    ...withBlock(`${head} ${placeText(region)} ${memoryFlagWords(region.flags)}`),
    above: said ? [] : commentLines(comment),
  };
}

/** `comm` says what people write at it. */
function isEchoOfComm(comment: string | undefined): boolean {
  return ["communication region", "comm region", "comm"].some((words) => sameWords(comment, words));
}

/** The name says it all, but for capitals and punctuation. */
function sameWords(comment: string | undefined, name: string): boolean {
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, "");
  return comment === undefined || letters(comment) === letters(name);
}

export function withoutEcho(comment: string | undefined, name: string): string | undefined {
  return sameWords(comment, name) ? undefined : comment;
}

/** Statements speak of ranges that are not empty and end within the address space. */
export function isSayable({ physStart, virtStart, size: bytes }: MemoryRegion): boolean {
  return bytes > 0n && physStart + bytes <= addresses && virtStart + bytes <= addresses;
}

function placeText({ physStart, virtStart, size: bytes }: MemoryRegion): string {
  if (physStart !== virtStart)
    return `at ${address(physStart)} size ${size(bytes)} mapped at ${guestAddress(virtStart)}`;
  if (isRoundSize(bytes)) return `at ${address(physStart)} size ${size(bytes)}`;
  return `${address(physStart)} .. ${address(physStart + bytes - 1n)}`;
}

const pageSize = 4096n;
const commRegion = "JAILHOUSE_MEM_COMM_REGION";

export function isCommRegion(
  { physStart, virtStart, size: bytes, flags }: MemoryRegion,
  at: bigint,
): boolean {
  const names = ["JAILHOUSE_MEM_READ", "JAILHOUSE_MEM_WRITE", commRegion];
  return physStart === 0n && virtStart === at && bytes === pageSize && hasExactly(flags, names);
}

function hasExactly(flags: FlagSet, names: readonly string[]): boolean {
  return (
    flags.unknown === 0n && flags.names.length === names.length && names.every((name) => hasFlag(flags, name))
  );
}

function commText(part: Part, { virtStart }: MemoryRegion): string {
  const { family } = part.ir;
  const usual = family === null ? undefined : usualCommAddress(family);
  return virtStart === usual ? "comm" : `comm at ${guestAddress(virtStart)}`;
}

export function isEmptyRegion(region: MemoryRegion): boolean {
  const { physStart, virtStart, size: bytes, flags, extra, residue } = region;
  const flagless = flags.names.length === 0 && flags.unknown === 0n;
  const bare = Object.keys(extra).length === 0 && residue.length === 0;
  return physStart === 0n && virtStart === 0n && bytes === 0n && flagless && bare;
}

// ---- grants -----------------------------------------------------------------------------------------------------

interface Grant {
  readonly text: string;
  readonly name: string;
}

/** `memory uart rootshared`, or `memory first 64K of ram mapped at 0 rwx loadable`. */
function grantText(region: MemoryRegion, granted: readonly NamedRegion[]): Grant | undefined {
  for (const { name, region: whole } of granted) {
    const flags = grantedFlags(region.flags, whole.flags);
    if (flags !== undefined && isWhole(region, whole))
      return { text: `memory ${name}${flags === "" ? "" : ` ${flags}`}`, name };
  }
  for (const { name, region: whole } of granted) {
    const part = partText(region, whole);
    if (part !== undefined && keepsFlags(region.flags, whole.flags)) {
      const mapped =
        region.virtStart === region.physStart ? "" : ` mapped at ${guestAddress(region.virtStart)}`;
      return { text: `memory ${part} of ${name}${mapped} ${memoryFlagWords(region.flags)}`, name };
    }
  }
  return undefined;
}

/** The region as it lies in the other one, wherever the cell sees it. */
export function isWhole(region: MemoryRegion, whole: MemoryRegion): boolean {
  return (
    region.physStart === whole.physStart && region.size === whole.size && region.virtStart === whole.virtStart
  );
}

function partText(region: MemoryRegion, whole: MemoryRegion): string | undefined {
  if (whole.physStart !== whole.virtStart || region.size >= whole.size) return undefined;
  if (!isRoundSize(region.size)) return undefined;
  if (region.physStart === whole.physStart) return `first ${size(region.size)}`;
  return region.physStart + region.size === whole.physStart + whole.size
    ? `last ${size(region.size)}`
    : undefined;
}

/** The flags behind a grant, empty for those that the region has anyway; undefined where a grant cannot say them. */
export function grantedFlags(flags: FlagSet, whole: FlagSet): string | undefined {
  if (!keepsFlags(flags, whole)) return undefined;
  const added = flags.names.filter((name) => !whole.names.includes(name));
  const sameRights = rightsIn(flags) === rightsIn(whole);
  if (sameRights) return otherFlagWords(added).join(" ");
  // A grant that says no rights leaves those that the region has.
  return rightsIn(flags) === "" ? ["none", ...otherFlagWords(flags.names)].join(" ") : memoryFlagWords(flags);
}

/** Flags other than rights can be added by a grant, and not taken away. */
function keepsFlags(flags: FlagSet, whole: FlagSet): boolean {
  if (flags.unknown !== 0n || whole.unknown !== 0n) return false;
  return whole.names.every((name) => isRight(name) || hasFlag(flags, name));
}

function rightsIn({ names }: FlagSet): string {
  return names.filter(isRight).join();
}
