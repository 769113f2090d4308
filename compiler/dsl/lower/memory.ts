import type { PlatformFamily } from "../../../schema/codec/union-views.js";
import { inOrder } from "../../ir/constants.js";
import type { MemoryRegion } from "../../ir/memory.js";
import type { FlagSet } from "../../ir/names.js";
import { noFlags } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { StatementDefinition } from "../names/scope.js";
import type { Path } from "../syntax/ast.js";
import { memoryLine } from "../vocabulary/cell-lines.js";
import { rightNames, rightsOf } from "../vocabulary/flag-words.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import { readFlagWords } from "./flags.js";
import type { Lowering, PlacedRegion } from "./lowering.js";
import { most64, type NumberRange, Reading } from "./reading.js";

const ownWords = ["none", "empty"];

/** Where a cell sees its communication region if it does not say so. */
export function usualCommAddress(family: PlatformFamily | null): bigint {
  return family === "x86" ? 0x10_0000n : 0x8000_0000n;
}

/** The region that a `memory` line makes; several for `empty times N`. */
export function lowerMemory(reading: Reading, lowering: Lowering): readonly MemoryRegion[] {
  if (reading.word("empty")) return emptyRegions(reading);
  const placed = placeRegion(reading, lowering);
  if (placed === undefined) return [];
  const origins = reading.origins({
    physStart: reading.line.lead[0] ?? firstClause(reading, ["at", "first", "last", "from"]),
    virtStart: "mapped",
    size: reading.line.lead[0] ?? firstClause(reading, ["size", "first", "last"]),
    flags: flagsPlace(reading),
  });
  const { start, size, virtual, flags } = placed;
  return [{ physStart: start, virtStart: virtual, size, flags, ...plainNode(origins) }];
}

function firstClause(reading: Reading, words: readonly string[]): string | undefined {
  return words.find((word) => reading.has(word));
}

function flagsPlace({ line }: Reading): { start: number; end: number } | undefined {
  const [first] = line.words;
  return first === undefined ? undefined : { start: first.start, end: line.words.at(-1)!.end };
}

function emptyRegions(reading: Reading): readonly MemoryRegion[] {
  const { line } = reading;
  const surplus = line.words.find((item) => wordOfItem(item)?.text !== "empty") ?? line.lead[0];
  if (surplus !== undefined) reading.noMore([{ ...surplus, afterComma: false }]);
  allowClauses(reading, "empty", ["times"]);
  const times = reading.has("times") ? reading.number("times", 0xffffn) : 1n;
  const region = { physStart: 0n, virtStart: 0n, size: 0n, flags: noFlags, ...plainNode(reading.origins()) };
  // Raw fields are kept by the object: each has its own.
  return Array.from({ length: Number(times ?? 0n) }, () => ({ ...region }));
}

/** Reports the clauses of a line that say nothing beside one of its words. */
function allowClauses(reading: Reading, beside: string, allowed: readonly string[]): void {
  const other = [...reading.line.clauses].find(([clause]) => !allowed.includes(clause));
  if (other === undefined) return;
  reading.notBoth(beside, other[0]);
}

function placeRegion(reading: Reading, lowering: Lowering): PlacedRegion | undefined {
  const { line } = reading;
  const given = readFlagWords(reading, line.words, "memoryFlags", lowering.profile, ownWords);
  const [lead] = line.lead;
  const ways = waysOf(reading);
  const beside = ways.filter((way) => way !== range);
  const owned =
    lead?.to === null && lead.from.kind === "path" && lead.from.names.length > 1 ? lead.from : null;
  const isGrant = owned !== null && line.lead.length === 1 && beside.length === 0;
  if (lead !== undefined && !isGrant && (lead.to === null || line.lead.length > 1)) {
    if (beside.length > 0 || lead.to !== null)
      reading.noMore(lead.to === null ? line.lead : line.lead.slice(1));
    else reading.problem("jail-missing", { statement: "memory", what: "`A .. B`, or `at A size S`" }, lead);
    return undefined;
  }
  const [way, other] = ways;
  if (other !== undefined) {
    reading.notBoth(way!, other);
    return undefined;
  }
  const mapped = reading.has("mapped") ? reading.number("mapped") : null;
  if (mapped === undefined) return undefined;
  if (reading.has("times")) {
    const args = { what: "`times`", statement: "memory" };
    reading.problem("jail-not-expected", args, reading.clauseNamed("times")!, {
      help: "only `memory empty` can be repeated so; for others write a loop",
    });
  }
  if (way === undefined || isGrant) return grantRegion(reading, owned, lowering, given, mapped);
  allowClauses(reading, way, [...(clausesBeside[way] ?? []), "mapped", "times"]);
  const place = placeOf(reading, lowering);
  if (place === undefined) return undefined;
  const { start, size, whole } = place;
  // A part that says nothing of its own may be used as the whole may; nobody asks for a region without rights so.
  const flags = whole !== undefined && line.words.length === 0 ? whole.flags : given;
  return { start, size, virtual: mapped ?? start, flags };
}

/** What goes with each way of saying where a region lies. */
const clausesBeside: Readonly<Record<string, readonly string[]>> = {
  at: ["at", "size"],
  first: ["first", "of"],
  last: ["last", "of"],
  from: ["from", "size", "align"],
};

const range = "A .. B";

/** The ways in which a line says where its region lies: one, where it makes sense; none for one that is granted. */
export function waysOf(reading: Reading): readonly string[] {
  const clauses = ["at", "first", "last", "from"].filter((word) => reading.has(word));
  return reading.line.lead.length > 0 ? [range, ...clauses] : clauses;
}

/**
 * Where the region lies that a line says, other than one that is granted.
 *
 * @returns `whole`: the region that it is a part of
 */
export function placeOf(
  reading: Reading,
  lowering: Lowering,
): { readonly start: bigint; readonly size: bigint; readonly whole?: PlacedRegion } | undefined {
  const { line } = reading;
  const [lead] = line.lead;
  if (lead !== undefined) {
    const both: NumberRange | undefined = reading.range(lead, "the region");
    const size = both === undefined ? 0n : both.to - both.from + 1n;
    if (both === undefined || reading.within(size, "the size", 0n, most64, lead) === undefined)
      return undefined;
    return { start: both.from, size };
  }
  for (const side of ["first", "last"] as const) {
    if (!reading.has(side)) continue;
    const size = reading.number(side);
    if (!reading.has("of")) reading.missing("`of` and the region that it is a part of");
    const whole = regionNamed(reading, "of", lowering);
    if (size === undefined || whole === undefined) return undefined;
    const place = line.clauses.get(side)!.values[0]!;
    if (reading.within(size, `\`${side}\``, 0n, whole.size, place) === undefined) return undefined;
    return { start: side === "first" ? whole.start : whole.start + whole.size - size, size, whole };
  }
  if (!reading.has("size")) {
    reading.missing("`size`");
    return undefined;
  }
  if (reading.has("from")) return chosenPlace(reading, lowering);
  const size = reading.number("size");
  const start = reading.number("at");
  return start === undefined || size === undefined ? undefined : { start, size };
}

/** What is wrong with the request was reported when all of them were collected. */
function chosenPlace({ line }: Reading, lowering: Lowering): ReturnType<typeof placeOf> {
  const place = lowering.choices.memoryOf(line.instance);
  if (place === undefined) return undefined;
  const reading = new Reading(line, lowering.quiet);
  const region = reading.named("from", ["memory"], "memory") as StatementDefinition | undefined;
  const whole = region === undefined ? undefined : lowering.regionOf(region, reading);
  const { start, size } = place;
  return whole === undefined ? { start, size } : { start, size, whole };
}

function regionNamed(reading: Reading, clause: string, lowering: Lowering): PlacedRegion | undefined {
  const definition = reading.named(clause, ["memory"], "memory");
  return definition === undefined ? undefined : lowering.regionOf(definition as StatementDefinition, reading);
}

/**
 * `memory uart rootshared`: a region that others have named.
 *
 * @param owned `apic-demo.ram`; null where the label of the line names it
 */
function grantRegion(
  reading: Reading,
  owned: Path | null,
  lowering: Lowering,
  given: FlagSet,
  mapped: bigint | null,
): PlacedRegion | undefined {
  const clause = [...reading.line.clauses.keys()].find((word) => word !== "mapped" && word !== "times");
  const path = owned ?? reading.labelPath();
  if (path === undefined || clause !== undefined) {
    const what = missingBeside[clause ?? ""] ?? "`at A size S`, `A .. B`, or the name of a region";
    reading.missing(what);
    return undefined;
  }
  const definition = reading.thingOf(path, ["memory"], "memory");
  if (definition === undefined) return undefined;
  const granted = lowering.regionOf(definition as StatementDefinition, reading);
  if (granted === undefined) return undefined;
  const replaces = reading.line.words.some((item) => {
    const word = wordOfItem(item)?.text ?? "";
    return word === "none" || rightsOf(word) !== undefined;
  });
  const kept = replaces
    ? granted.flags.names.filter((name) => !rightNames.includes(name))
    : granted.flags.names;
  const names = inOrder([...new Set([...kept, ...given.names])]);
  const flags = { names, unknown: granted.flags.unknown | given.unknown };
  return { start: granted.start, size: granted.size, virtual: mapped ?? granted.virtual, flags };
}

/** What a clause that cannot stand alone belongs to. */
const missingBeside: Readonly<Record<string, string>> = {
  size: "`at` and an address",
  of: "`first` or `last` and a size",
  align: "`from` and a pool",
};

/** The region that a name stands for, read where it is declared: what is wrong there is reported there. */
export function placeNamedRegion(
  definition: StatementDefinition,
  lowering: Lowering,
): PlacedRegion | undefined {
  const line = matchLine(definition.instance, memoryLine, () => {});
  return placeRegion(new Reading(line, lowering.quiet), lowering);
}
