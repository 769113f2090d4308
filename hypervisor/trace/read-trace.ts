import {
  type Access,
  type Outcome,
  type Trace,
  type TraceProblem,
  type TraceStep,
  traceLimits,
  type Width,
} from "./trace.js";

/** A word of a line. */
interface Word {
  readonly text: string;
  /** From 0. */
  readonly start: number;
}

/** Thrown out of a line that cannot be read. */
class Mistake extends Error {
  constructor(
    readonly start: number,
    readonly length: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads accesses, one a line:
 *
 * ```text
 * [@TIME] [cpu N] ACCESS [-> OUTCOME]    # comment
 * ```
 *
 * ACCESS is `read32 ADDRESS`, `write32 ADDRESS VALUE` (8 to 64 bits), `execute ADDRESS`, `in8 PORT`, `out8 PORT VALUE`,
 * `pci-read32 00:02.0 OFFSET`, `pci-write32 00:02.0 OFFSET VALUE` (8 to 32 bits), `hypercall CODE [ARGUMENT [ARGUMENT]]` or
 * `ipi CPU VECTOR`. OUTCOME is `ok`, which is meant where nothing is said, a value, or `denied`. TIME is `10us` or `0`, since
 * the trace began.
 *
 * @param text of any content: a line that cannot be read is a problem and no step
 */
export function readTrace(text: string): Trace {
  const steps: TraceStep[] = [];
  const problems: TraceProblem[] = [];
  let leftOut = 0;
  let time = 0;
  const tell = (problem: TraceProblem): void => {
    if (problems.length < traceLimits.problems) problems.push(problem);
    else leftOut += 1;
  };
  let number = 0;
  for (const raw of linesOf(text)) {
    number += 1;
    if (number > traceLimits.lines) {
      const message = `a trace has at most ${traceLimits.lines} lines`;
      tell({ line: number, column: 1, length: 1, message });
      break;
    }
    try {
      const step = new LineReader(raw, number).step();
      if (step === null) continue;
      if (step.time !== null && step.time < time)
        throw new Mistake(raw.indexOf("@"), 1, "this is earlier than a line before it");
      time = step.time ?? time;
      steps.push(step);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      tell({
        line: number,
        column: error.start + 1,
        length: Math.max(1, error.length),
        message: error.message,
      });
    }
  }
  return { steps, problems, leftOut };
}

function* linesOf(text: string): Generator<string, void> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, text[stop - 1] === "\r" && stop > start ? stop - 1 : stop);
    start = stop + 1;
  }
}

const widths: Readonly<Record<string, Width>> = { 8: 1, 16: 2, 32: 4, 64: 8 };
const sized = /^(read|write|in|out|pci-read|pci-write)(8|16|32|64)$/;
const names = [
  "read8..read64 ADDRESS",
  "write8..write64 ADDRESS VALUE",
  "execute ADDRESS",
  "in8..in32 PORT",
  "out8..out32 PORT VALUE",
  "pci-read8..pci-read32 DEVICE OFFSET",
  "pci-write8..pci-write32 DEVICE OFFSET VALUE",
  "hypercall CODE",
  "ipi CPU VECTOR",
];
const numeral = /^-?(?:0[xX][0-9a-fA-F][0-9a-fA-F_]*|[0-9][0-9_]*)$/;
const units: Readonly<Record<string, number>> = { ns: 1, us: 1000, ms: 1_000_000, s: 1_000_000_000 };
const device = /^(?:([0-9a-fA-F]{1,4}):)?([0-9a-fA-F]{1,2}):([0-9a-fA-F]{1,2})\.([0-7])$/;
/** Addresses of the tables that any architecture has are below. */
const mostAddress = 2n ** 48n - 1n;
const most32 = 0xffff_ffffn;

class LineReader {
  private readonly words: readonly Word[];
  private next = 0;
  private readonly text: string;

  constructor(
    raw: string,
    private readonly line: number,
  ) {
    if (raw.length > traceLimits.columns)
      throw new Mistake(traceLimits.columns, 1, `a line has at most ${traceLimits.columns} characters`);
    const comment = raw.indexOf("#");
    this.text = comment < 0 ? raw : raw.slice(0, comment);
    this.words = [...this.text.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: match.index }));
  }

  /** Null for a line that says nothing. */
  step(): TraceStep | null {
    if (this.words.length === 0) return null;
    const time = this.peek()?.startsWith("@") === true ? this.time() : null;
    const cpu = this.peek() === "cpu" ? this.cpu() : null;
    const access = this.access();
    const expected = this.outcome(access);
    const more = this.words[this.next];
    if (more !== undefined) throw mistake(more, `\`${more.text}\` has no place here`);
    return { line: this.line, time, cpu, access, expected, text: this.text.trim() };
  }

  private peek(): string | undefined {
    return this.words[this.next]?.text;
  }

  private take(what: string): Word {
    const word = this.words[this.next];
    if (word === undefined || word.text === "->") {
      const { text, start } = this.words[this.next - 1] ?? { text: "", start: 0 };
      throw new Mistake(word?.start ?? start + text.length, word?.text.length ?? 1, `${what} is missing`);
    }
    this.next += 1;
    return word;
  }

  private time(): number {
    const word = this.take("a time");
    const match = /^@([0-9][0-9_]*)(ns|us|ms|s)?$/.exec(word.text);
    if (match === null || (match[2] === undefined && match[1] !== "0"))
      throw mistake(word, `\`${word.text}\` is no time: \`@10us\`, with ns, us, ms or s`);
    const time = Number(match[1]!.replaceAll("_", "")) * (units[match[2] ?? "ns"] ?? 1);
    if (time > traceLimits.seconds * units.s!)
      throw mistake(word, `a trace ends after ${traceLimits.seconds} seconds`);
    return time;
  }

  private cpu(): number {
    this.next += 1;
    return this.small("the number of a CPU", 0xffffn);
  }

  private access(): Access {
    const word = this.take("what the CPU does");
    if (word.text === "execute") return { kind: "execute", address: this.small("an address", mostAddress) };
    if (word.text === "hypercall") return this.hypercall();
    if (word.text === "ipi") {
      const cpu = this.small("the number of a CPU", 0xffffn);
      return { kind: "ipi", cpu, vector: this.small("a vector", 0xffn) };
    }
    const match = sized.exec(word.text);
    if (match === null) throw mistake(word, `\`${word.text}\` is no access: there are ${names.join(", ")}`);
    const width = widths[match[2]!]!;
    switch (match[1]) {
      case "read":
        return { kind: "read", address: this.small("an address", mostAddress), width };
      case "write": {
        const address = this.small("an address", mostAddress);
        return { kind: "write", address, width, value: this.value(width) };
      }
    }
    if (width === 8) throw mistake(word, "such an access has 8, 16 or 32 bits");
    switch (match[1]) {
      case "in":
        return { kind: "in", port: this.small("a port", 0xffffn), width };
      case "out": {
        const port = this.small("a port", 0xffffn);
        return { kind: "out", port, width, value: this.value(width) };
      }
      case "pci-read":
        return { kind: "pci-read", ...this.configPlace(width), width };
      default:
        return { kind: "pci-write", ...this.configPlace(width), width, value: this.value(width) };
    }
  }

  private hypercall(): Access {
    const code = this.small("the code of a hypercall", most32);
    const [first = 0, second = 0] = [0, 1].flatMap(() => {
      const isMore = this.next < this.words.length && this.peek() !== "->";
      return isMore ? [this.small("an argument", mostAddress)] : [];
    });
    return { kind: "hypercall", code, first, second };
  }

  private configPlace(width: number): { readonly bdf: number; readonly offset: number } {
    const word = this.take("the address of a device");
    const match = device.exec(word.text);
    const [bus, slot, fn] = (match ?? []).slice(2).map((part) => Number.parseInt(part, 16));
    if (match === null || slot! > 0x1f)
      throw mistake(word, `\`${word.text}\` is no address of a device: \`00:1f.2\``);
    const place = this.words[this.next];
    const offset = this.small("a place in the configuration space", 0xfffn);
    if (offset % width !== 0) throw mistake(place!, `the place is no multiple of ${width}`);
    return { bdf: (bus! << 8) | (slot! << 3) | fn!, offset };
  }

  private value(width: Width): bigint {
    return this.number("a value", 2n ** BigInt(8 * width) - 1n);
  }

  private small(what: string, most: bigint): number {
    return Number(this.number(what, most));
  }

  private number(what: string, most: bigint): bigint {
    const word = this.take(what);
    const value = numberIn(word, what);
    if (value < 0n || value > most) throw mistake(word, `${what} is from 0 to 0x${most.toString(16)} here`);
    return value;
  }

  private outcome(access: Access): Outcome {
    const arrow = this.words[this.next];
    if (arrow?.text !== "->") return { kind: "ok" };
    this.next += 1;
    const word = this.take("`ok`, `denied` or a value");
    if (word.text === "ok" || word.text === "denied") return { kind: word.text };
    if (!numeral.test(word.text))
      throw mistake(word, `\`${word.text}\` is no outcome: \`ok\`, \`denied\` or a value`);
    if (!hasValue(access)) throw mistake(word, "this access has no value: write `ok` or `denied`");
    const value = numberIn(word, "a value");
    const least = access.kind === "hypercall" ? -0x8000_0000n : 0n;
    const most = access.kind === "hypercall" ? most32 : 2n ** BigInt(8 * access.width) - 1n;
    if (value < least || value > most) throw mistake(word, "the value does not fit into the access");
    return { kind: "value", value };
  }
}

type WithValue = Extract<Access, { readonly kind: "read" | "in" | "pci-read" | "hypercall" }>;

function hasValue(access: Access): access is WithValue {
  return ["read", "in", "pci-read", "hypercall"].includes(access.kind);
}

function mistake({ text, start }: Word, message: string): Mistake {
  return new Mistake(start, text.length, message);
}

function numberIn(word: Word, what: string): bigint {
  const { text } = word;
  if (!numeral.test(text)) throw mistake(word, `\`${text}\` is no number: ${what} is wanted`);
  const plain = text.replaceAll("_", "");
  return plain.startsWith("-") ? -BigInt(plain.slice(1)) : BigInt(plain);
}
