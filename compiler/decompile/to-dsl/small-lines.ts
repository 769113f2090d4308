import type { WireTable } from "../../../schema/codec/wire.js";
import { isStruct } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { longestCpuSet, longestRange } from "../../dsl/lower/cell-tables.js";
import type { VocabularyName } from "../../ir/constants.js";
import { type Cpus, cpuBytes, cpuNumbers } from "../../ir/cpu-set.js";
import { firstSpi, lastSpi } from "../../ir/irq.js";
import type { FlagSet } from "../../ir/names.js";
import { type Line, line, listed } from "./lines.js";
import { commentLines, elementLayout, elementOf, type Part, tableOf } from "./machine.js";
import { rawElement, rawNumber, rawPlace, rawRest } from "./raw.js";
import { address, count, hex, hexBytes, ranges } from "./text.js";
import { choiceWord, flagWords } from "./words.js";

/** Statements of a line or two. */

export function cpuLines(part: Part): readonly Line[] {
  const { cpus } = part.cell;
  return cpus.kind === "bits" ? bitLines(cpus) : listLines(part, cpus);
}

/** In one statement, which is the only one for them. */
const mostCpuRanges = 1000;

function bitLines(cpus: Extract<Cpus, { kind: "bits" }>): readonly Line[] {
  const { length } = cpus.bytes;
  if (length === 0) return [];
  const numbers = cpuNumbers(cpus);
  if (numbers.length === 0 && length <= longestCpuSet) return [line(`cpus none size ${length}`)];
  const list = ranges(numbers);
  if (list.length > mostCpuRanges || length > longestCpuSet)
    return [{ text: `cpus = ${hexBytes(cpus.bytes)}` }];
  if (cpuBytes(numbers).length === length) return [{ text: "cpus", list }];
  return [{ text: "cpus", list: [...list.slice(0, -1), `${list.at(-1)} size ${length}`] }];
}

/** Physical ids, in the order of the table. */
function listLines(part: Part, { cpus }: Extract<Cpus, { kind: "list" }>): readonly Line[] {
  if (cpus.length === 0) return [];
  const isPlain = cpus.every(({ extra, residue }) => Object.keys(extra).length === 0 && residue.length === 0);
  if (isPlain) return [{ text: "cpus", list: idRanges(cpus.map(({ physicalId }) => physicalId)) }];
  return cpus.map((_, index) =>
    rawElement("cpus", elementOf(part, "cpus", index), elementLayout(part.profile, "cpus")),
  );
}

function idRanges(ids: readonly bigint[]): readonly string[] {
  const runs: { first: bigint; last: bigint }[] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run !== undefined && id === run.last + 1n && id - run.first < longestRange) run.last = id;
    else runs.push({ first: id, last: id });
  }
  return runs.map(({ first, last }) => (first === last ? count(first) : `${count(first)}-${count(last)}`));
}

/** Whether a line says the first interrupt of virtual PCI: links grant interrupts of that, and of no raw field. */
export function hasVpciIrq({ cell: { vpciIrqBase } }: Part): boolean {
  return vpciIrqBase !== 0 && vpciIrqBase + firstSpi <= lastSpi;
}

export function vpciIrqLines(part: Part): readonly Line[] {
  const { vpciIrqBase } = part.cell;
  if (hasVpciIrq(part)) return [line(`vpci-irq ${vpciIrqBase + firstSpi}`)];
  return vpciIrqBase === 0 ? [] : [line(`vpci_irq_base = ${address(vpciIrqBase)}`)];
}

/** Bits without a name are a number among the flags. */
export function flagLines(flags: FlagSet, vocabulary: VocabularyName, profile: Profile): readonly Line[] {
  const list = flagWords(flags, vocabulary, profile);
  return list.length === 0 ? [] : [{ text: "flags", list }];
}

export function cacheLines(part: Part): readonly Line[] {
  const layout = elementLayoutOf(part, "cache_regions");
  if (layout === undefined) return [];
  return part.cell.cacheRegions.map((region, index) => {
    const { start, size, type, flags } = region;
    const above = commentLines(part.commentOf("cache_regions", index));
    const element = elementOf(part, "cache_regions", index);
    const word = choiceWord(type, "cacheTypes");
    if (word === undefined || size === 0 || start + size > 0x1_0000_0000)
      return { ...rawElement("cache_regions", element, layout), above };
    const ways = size === 1 ? count(start) : `${count(start)}-${count(start + size - 1)}`;
    const words = [`cache ${word} ways ${ways}`, ...flagWords(flags, "cacheFlags", part.profile)];
    return { ...line(words.join(" "), rawRest(region, rawPlace(layout))), above };
  });
}

function elementLayoutOf(part: Part, table: string): ReturnType<typeof elementLayout> | undefined {
  return tableOf(part.profile, table) === undefined ? undefined : elementLayout(part.profile, table);
}

/** Bits of a stream id of an MMU-500; the mask lies above them. */
const streamBits = 0xffff;

/** @param mmu500 the machine may have such SMMUs: the high half of an id is its mask */
export function streamLines(part: Part, mmu500: boolean): readonly Line[] {
  const { streamIds } = part.cell;
  const layout = tableOf(part.profile, "stream_ids")?.layout ?? null;
  const lines: Line[] = [];
  let run: { first: number; last: number }[] = [];
  let mask: number | null = null;
  const close = (): void => {
    const behind = mask === null ? "" : ` mask ${hex(mask)}`;
    for (const { list = [], ...each } of listed("streams", run.map(runText)))
      lines.push({ ...each, list: [...list.slice(0, -1), `${list.at(-1)}${behind}`] });
    run = [];
  };
  streamIds.forEach((stream, index) => {
    const { id, mayHoldMask } = stream;
    const above = commentLines(part.commentOf("stream_ids", index));
    const block = layout === null ? [] : rawRest(stream, rawPlace(layout));
    const isMasked = mmu500 && mayHoldMask && id > streamBits;
    const own = isMasked ? id >>> 16 : null;
    const number = isMasked ? id & streamBits : id;
    if (block.length > 0 || above.length > 0) {
      close();
      const text = own === null ? hex(number) : `${hex(number)} mask ${hex(own)}`;
      lines.push({ ...line(`streams ${text}`, block), above });
      return;
    }
    if (own !== mask) close();
    mask = own;
    const last = run.at(-1);
    if (last !== undefined && number === last.last + 1 && number - last.first < longestRange)
      last.last = number;
    else run.push({ first: number, last: number });
  });
  close();
  return lines;
}

function runText({ first, last }: { readonly first: number; readonly last: number }): string {
  return first === last ? hex(first) : `${hex(first)}-${hex(last)}`;
}

/** Tables that only forks have. */
export function extraTableLines(part: Part): readonly Line[] {
  return Object.entries(part.cell.extraTables).flatMap(([name, table]) => extraTable(part, name, table));
}

function extraTable(part: Part, name: string, table: WireTable): readonly Line[] {
  if (table.length === 0) return [];
  if (table instanceof Uint8Array) return [line(`${name} = ${hexBytes(table)}`)];
  if (isStruct(table[0])) {
    return table.map((_, index) => ({
      ...rawElement(name, elementOf(part, name, index), elementLayout(part.profile, name)),
      above: commentLines(part.commentOf(name, index)),
    }));
  }
  return [{ text: `${name} =`, list: (table as readonly (number | bigint)[]).map(rawNumber) }];
}
