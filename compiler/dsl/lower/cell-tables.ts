import type { StreamId } from "../../ir/config.js";
import { type Cpus, cpuBytes } from "../../ir/cpu-set.js";
import type { IrqLine } from "../../ir/irq.js";
import type { CacheRegion } from "../../ir/memory.js";
import { plainNode } from "../../ir/node.js";
import { readFlagWords } from "./flags.js";
import type { Lowering } from "./lowering.js";
import { readChoiceWord } from "./platform.js";
import { most16, most32, most64, type NumberRange, type Reading } from "./reading.js";

/** Numbers that one range can stand for where each becomes a bit or an element. */
export const longestRange = 0x10000n;

/** Bytes of the longest set of CPUs. */
export const longestCpuSet = 0x2000n;

/** `cache l3 ways 0-1` */
export function lowerCache(line: Reading, lowering: Lowering): CacheRegion | undefined {
  const type = readChoiceWord(line, "cacheTypes", lowering);
  const [ways, ...more] = line.line.clauses.get("ways")?.values ?? [];
  line.noMore(more);
  if (ways === undefined) line.missing("`ways`");
  const range = ways === undefined ? undefined : line.range(ways, "a way", most32);
  const flags = readFlagWords(line, line.line.words, "cacheFlags", lowering.profile);
  if (type === undefined || range === undefined) return undefined;
  const size = Number(range.to - range.from) + 1;
  return {
    start: Number(range.from),
    size,
    type,
    flags,
    ...plainNode(line.origins({ start: "ways", size: "ways" })),
  };
}

/** `streams 0x11-0x13 mask 0x7f8`: an element for each number. */
export function lowerStreams(line: Reading, { profile }: Lowering): readonly StreamId[] {
  if (line.line.lead.length === 0) line.missing("ids of streams");
  const mask = line.has("mask") ? line.number("mask", most16) : 0n;
  const mayHoldMask =
    profile.structs.get("jailhouse_stream_id")?.fields.some(({ name }) => name === "mmu500") === true;
  const streams: StreamId[] = [];
  for (const range of line.ranges(line.line.lead, "a stream id", line.has("mask") ? most16 : most32)) {
    if (isTooLong(range, line)) continue;
    for (let id = range.from; id <= range.to; id += 1n) {
      const value = Number(id | ((mask ?? 0n) << 16n));
      streams.push({ id: value, mayHoldMask, ...plainNode(line.origins({ id: range.place })) });
    }
  }
  return streams;
}

/** `irq-line 4 chip 0` */
export function lowerIrqLine(line: Reading): IrqLine | undefined {
  const number = line.leadNumber(most32);
  const chip = line.has("chip") ? line.number("chip", most32) : 0n;
  if (number === undefined || chip === undefined) return undefined;
  return { line: Number(number), irqchip: Number(chip), ...plainNode(line.origins({ irqchip: "chip" })) };
}

/** `cpus 0-3,5`: a set of bits, or in some forks a list of ids. */
export function lowerCpus(line: Reading, kind: Cpus["kind"]): Cpus | undefined {
  const numbers: bigint[] = [];
  const isList = kind === "list";
  const none = line.word("none");
  if (none && line.line.lead.length > 0) line.notBoth(line.line.lead[0]!, "none");
  if (!none && line.line.lead.length === 0) line.missing("CPU numbers, or `none`");
  const ranges = none ? [] : line.ranges(line.line.lead, "a CPU", isList ? most64 : most16);
  // In a list, each has an entry of its own, and bytes may have it twice.
  if (!isList) line.tellTwice(ranges, "CPU");
  for (const range of ranges) {
    if (isTooLong(range, line)) return undefined;
    for (let cpu = range.from; cpu <= range.to; cpu += 1n) numbers.push(cpu);
  }
  const origins = line.origins();
  if (isList) {
    if (line.has("size")) {
      const args = { what: "`size`", statement: "cpus" };
      line.problem("jail-not-expected", args, line.clauseNamed("size")!, {
        help: "here CPUs are a list of ids, which is as long as they need",
      });
    }
    return {
      kind: "list",
      cpus: numbers.map((physicalId) => ({ physicalId, ...plainNode(origins) })),
      origins,
    };
  }
  const bytes = cpuBytes(numbers.map(Number));
  const size = line.has("size") ? line.number("size", longestCpuSet) : BigInt(bytes.length);
  if (size === undefined) return undefined;
  const last = bytes.findLastIndex((byte) => byte !== 0);
  const place = line.line.clauses.get("size")?.values[0] ?? line.line.instance.statement;
  if (line.within(size, "`size`", BigInt(last + 1), longestCpuSet, place) === undefined) return undefined;
  const sized = new Uint8Array(Number(size));
  sized.set(bytes.subarray(0, sized.length));
  return { kind: "bits", bytes: sized, origins };
}

function isTooLong({ from, to, place }: NumberRange, line: Reading): boolean {
  const count = to - from + 1n;
  if (count <= longestRange) return false;
  line.problem("jail-range-too-long", { count, limit: longestRange }, place);
  return true;
}
