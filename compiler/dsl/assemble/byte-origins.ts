import type { WireConfig } from "../../../schema/codec/wire.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import type { Config } from "../../ir/config.js";
import { binaryOrigins, type Origins } from "../../ir/node.js";
import type { Origin, OriginOfBytes } from "../../ir/origin.js";

/** A run of bytes that one part of the source wrote. */
export interface WrittenBytes {
  readonly offset: number;
  readonly length: number;
  readonly origin: Origin;
}

const notSaid: Origin = { kind: "implied", reason: "zero, since nothing is said of it" };

/**
 * Where each byte of a file was written.
 *
 * @param lowered the model that the lines of the source made
 * @param wire what the writer made of it
 * @param later what was written over it afterwards, in that order
 */
export function originsOfBytes(
  lowered: Config,
  wire: WireConfig,
  later: readonly WrittenBytes[],
): OriginOfBytes {
  let runs: readonly WrittenBytes[] | undefined;
  // Most origins are never asked for.
  const all = (): readonly WrittenBytes[] => {
    runs ??= [...runsOf(lowered, wire), ...later];
    return runs;
  };
  let byByte: Map<number, Origin> | undefined;
  let byPlace: Map<string, Origin> | undefined;
  return (offset, length) => {
    byPlace ??= new Map(all().map((run) => [`${run.offset} ${run.length}`, run.origin]));
    const whole = byPlace.get(`${offset} ${length}`);
    if (whole !== undefined) return whole;
    if (byByte === undefined) {
      byByte = new Map();
      // Structs come before their fields, so that what is left is what the innermost one says.
      for (const run of all())
        for (let byte = run.offset; byte < run.offset + run.length; byte++) byByte.set(byte, run.origin);
    }
    return byByte.get(offset) ?? notSaid;
  };
}

/** The model is read back from the file: each of its values then knows its bytes, and stands where the lowered one does. */
function runsOf(lowered: Config, wire: WireConfig): readonly WrittenBytes[] {
  const family = lowered.family;
  const read = wireToIr(wire, { originOf: binaryOrigins(""), ...(family === null ? {} : { family }) });
  const runs: WrittenBytes[] = [];
  pair(lowered, read, runs);
  return runs;
}

type Members = { readonly [key: string]: unknown };

function pair(lowered: unknown, read: unknown, runs: WrittenBytes[]): void {
  if (Array.isArray(lowered) && Array.isArray(read)) {
    for (const [index, one] of lowered.entries()) pair(one, read[index], runs);
    return;
  }
  if (!isMembers(lowered) || !isMembers(read)) return;
  const written = originsIn(lowered);
  const placed = originsIn(read);
  if (written !== undefined && placed !== undefined) {
    add(placed.of(), written.of(), runs);
    for (const key of Object.keys(read)) {
      if (key === "origins" || key === "extra" || key === "residue") continue;
      add(placed.of(key), written.of(key), runs);
    }
  }
  for (const key of Object.keys(lowered)) pair(lowered[key], read[key], runs);
}

function add(place: Origin, origin: Origin, runs: WrittenBytes[]): void {
  if (place.kind !== "binary" || place.length === 0) return;
  const { offset, length } = place;
  runs.push({ offset, length, origin: origin.kind === "source" ? origin : notSaid });
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array) && !("of" in value);
}

function originsIn(node: Members): Origins | undefined {
  const { origins } = node;
  return typeof origins === "object" && origins !== null && "of" in origins
    ? (origins as Origins)
    : undefined;
}
