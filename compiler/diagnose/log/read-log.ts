/** The text of a log as events: in time and memory that grow with its length only. */

import { cleanLine, linesOf } from "./clean-line.js";
import type { LogEvent, LogLine, ReadLog } from "./event.js";
import { accessPatterns, otherPatterns, type Pattern } from "./patterns.js";
import { driverPatterns, errnoPattern } from "./refusal-patterns.js";
import type { Statement } from "./statement.js";

/** Different events that are told; a log with more repeats one mistake at many addresses. */
export const mostEvents = 100;

/** A dump of registers has at most 50 lines; what comes later is about something else. */
const longestDump = 60;

/** As many lines of one fault are kept. */
const mostInGroup = 8;

const patterns: readonly Pattern[] = [...accessPatterns, ...otherPatterns, ...driverPatterns, errnoPattern];

/** Lines without any of these say nothing to us, and are the most. */
const anyWords = new RegExp(
  [
    ...new Set(patterns.map(({ words }) => words)),
    "FATAL",
    "Parking CPU",
    "Stopping CPU",
    "VT-d fault",
    "AMD IOMMU",
  ]
    .map((words) => words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
    .join("|"),
);

const parking = /(?<end>Parking|Stopping) CPU (?<cpu>\d{1,5}) \(Cell: "(?<cell>[^"]{0,40})"\)/;
const register =
  /(?<![a-z0-9_])(RIP|RSP|R[A-D]X|R[SD]I|CR[0-4]|CS|EFER|pc|lr|elr|esr|hsr)(?:: +|=)(?:0x)?([0-9a-f]{1,16})(?![0-9a-f])/g;
const faultHead = /(?:VT-d fault event reported by IOMMU|AMD IOMMU) \d+/;
const source = /(?:Source Identifier|DeviceId) \(bus:dev\.func\): ([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])/;
const faultInfo = /Fault Info: ([0-9a-f]{1,16})/;
const operands = /EventCode: ([0-9a-f]+), Operand 1: [0-9a-f]+, Operand 2: ([0-9a-f]{1,16})/;

interface Said {
  readonly statement: Statement | null;
  readonly line: LogLine;
}

/** Lines of one fault, until the CPU is parked or something else begins. */
interface Group {
  readonly said: Said[];
  readonly registers: Map<string, bigint>;
  readonly start: number;
}

export function readLog(text: string): ReadLog {
  const reader = new LogReader();
  for (const [number, raw] of linesOf(text)) reader.take(number, raw);
  return reader.end();
}

class LogReader {
  readonly #events = new Map<string, LogEvent>();
  #leftOut = 0;
  #lines = 0;
  #group: Group | null = null;
  #dma: { bdf: number | null; address: bigint | null; readonly line: LogLine } | null = null;

  take(number: number, raw: string): void {
    this.#lines = number;
    const { start } = this.#group ?? { start: number };
    if (number - start > longestDump) this.#close(null);
    if (this.#dma !== null && number - this.#dma.line.number > 3) this.#closeDma();
    if (this.#group === null && this.#dma === null && !anyWords.test(raw)) return;
    const line = { number, text: cleanLine(raw) };
    if (this.#takeDma(line)) return;
    const end = parking.exec(line.text)?.groups;
    const found = statementIn(line.text);
    if (found !== undefined) this.#say({ statement: found, line });
    else if (/\bFATAL:/.test(line.text)) this.#say({ statement: null, line });
    if (end !== undefined) this.#close(end);
    else this.#readRegisters(line.text);
  }

  end(): ReadLog {
    this.#closeDma();
    this.#close(null);
    return { events: [...this.#events.values()], lines: this.#lines, leftOut: this.#leftOut };
  }

  #say(said: Said): void {
    const { statement } = said;
    if (statement !== null && standsAlone(statement)) {
      const cpus = statement.kind === "other" && statement.cpu !== undefined ? [statement.cpu] : [];
      this.#add({ ...said, also: [], ...unknownPlace, cpus, times: 1 });
      return;
    }
    // A new fault begins where the registers of the one before have been printed.
    if (this.#group !== null && this.#group.registers.size > 0) this.#close(null);
    this.#group ??= { said: [], registers: new Map(), start: said.line.number };
    if (this.#group.said.length < mostInGroup) this.#group.said.push(said);
  }

  #readRegisters(text: string): void {
    if (this.#group === null) return;
    for (const [, name, digits] of text.matchAll(register)) {
      const key = name!.toLowerCase();
      // `esr: 24 1 1c18005`: the class stands first.
      if (!this.#group.registers.has(key)) this.#group.registers.set(key, BigInt(`0x${digits}`));
    }
  }

  #close(end: Readonly<Record<string, string>> | null): void {
    const group = this.#group;
    this.#group = null;
    if (group === null) return;
    const place = {
      cpus: end === null ? [] : [Number(end.cpu)],
      cell: end === null || end.cell === "<UNSET>" ? null : end.cell!,
      end: end === null ? null : end.end === "Parking" ? ("parked" as const) : ("stopped" as const),
      registers: group.registers,
    };
    // Lines that begin a fault of their own are events of their own; the rest says more about these.
    const known = group.said.filter((each) => each.statement !== null);
    const first = known.toSorted((one, other) => rankOf(one) - rankOf(other))[0] ?? group.said[0]!;
    const also = known.flatMap((each) =>
      each === first || each.statement === null ? [] : [{ statement: each.statement, line: each.line }],
    );
    this.#add({ ...first, also, ...place, times: 1 });
  }

  #takeDma(line: LogLine): boolean {
    if (faultHead.test(line.text)) {
      this.#closeDma();
      this.#dma = { bdf: null, address: null, line };
      return true;
    }
    const dma = this.#dma;
    if (dma === null) return false;
    const device = source.exec(line.text);
    const info = faultInfo.exec(line.text) ?? null;
    const event = operands.exec(line.text);
    if (device !== null) {
      const [bus, slot, fn] = device.slice(1).map((digits) => Number.parseInt(digits, 16));
      dma.bdf = (bus! << 8) | ((slot! & 0x1f) << 3) | fn!;
    }
    if (info !== null) dma.address = BigInt(`0x${info[1]}`);
    // 2 is a page fault, whose second operand is the address.
    if (event !== null && Number.parseInt(event[1]!, 16) === 2) dma.address = BigInt(`0x${event[2]}`);
    return device !== null || info !== null || event !== null;
  }

  #closeDma(): void {
    const dma = this.#dma;
    this.#dma = null;
    if (dma === null) return;
    const { bdf, address, line } = dma;
    const statement = bdf === null ? null : ({ kind: "dma", bdf, address } as const);
    this.#add({ statement, line, also: [], ...unknownPlace, times: 1 });
  }

  #add(event: LogEvent): void {
    const key = keyOf(event);
    const known = this.#events.get(key);
    if (known !== undefined) {
      const others = event.cpus.filter((cpu) => !known.cpus.includes(cpu) && known.cpus.length < mostCpus);
      this.#events.set(key, { ...known, cpus: [...known.cpus, ...others], times: known.times + 1 });
    } else if (this.#events.size < mostEvents) this.#events.set(key, event);
    else this.#leftOut += 1;
  }
}

const unknownPlace = { cpus: [], cell: null, end: null, registers: new Map<string, bigint>() };

function statementIn(text: string): Statement | undefined {
  for (const { words, form, read } of patterns) {
    if (!text.includes(words)) continue;
    const match = form.exec(text);
    if (match !== null) return read(match.groups!);
  }
  return undefined;
}

/** Nothing parks a CPU after it. */
const aloneTopics = new Set([
  "ipi",
  "hypercall",
  "redistributor",
  "overflow",
  "not-returned",
  "no-reply",
  "pvu",
]);

function standsAlone(statement: Statement): boolean {
  const { kind } = statement;
  return kind === "driver" || kind === "errno" || (kind === "other" && aloneTopics.has(statement.topic));
}

/** An access says more than what led to it or followed from it. */
function rankOf({ statement }: Said): number {
  if (statement === null) return 3;
  if (statement.kind !== "other") return 0;
  return statement.topic === "trap" || statement.topic === "forbidden" ? 2 : 1;
}

/** CPUs of one fault that are remembered. */
const mostCpus = 64;

/** What several CPUs of a cell do is one fault. */
function keyOf({ statement, line, cell, end }: LogEvent): string {
  const what = statement ?? line.text;
  return JSON.stringify([what, cell, end], (_, value) =>
    typeof value === "bigint" ? `0x${value.toString(16)}` : value,
  );
}
