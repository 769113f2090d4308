import { decodeText } from "../../schema/text.js";

/** Bytes that are kept of each line. */
const keptBytes = 256 * 1024;
/** Lines that are kept: each cell that prints has its own, and cells of any name can come and go. */
const mostLines = 256;

/** What was printed on one line, as far as it is kept. */
class PrintedLine {
  private readonly ring = new Uint8Array(keptBytes);
  /** Bytes printed so far. */
  end = 0;

  get start(): number {
    return Math.max(0, this.end - keptBytes);
  }

  add(bytes: Uint8Array): void {
    const skipped = Math.max(0, bytes.length - keptBytes);
    for (let index = skipped; index < bytes.length; index++) {
      this.ring[(this.end + index) % keptBytes] = bytes[index]!;
    }
    this.end += bytes.length;
  }

  from(place: number): Uint8Array {
    return Uint8Array.from(
      { length: this.end - place },
      (_, index) => this.ring[(place + index) % keptBytes]!,
    );
  }
}

export interface SerialPart {
  readonly text: string;
  /** The place behind it. */
  readonly next: number;
  /** Bytes before it that are not kept any more. */
  readonly missed: number;
}

/** What goes out on all lines of a machine, and which cell has sent it: `0x3f8`, `demo/0x3f8`, `hypervisor`, `kernel`. */
export class SerialLog {
  private readonly lines = new Map<string, PrintedLine>();

  add(line: string, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    let printed = this.lines.get(line);
    if (printed === undefined) {
      const [oldest] = this.lines.keys();
      if (this.lines.size === mostLines) this.lines.delete(oldest!);
      printed = new PrintedLine();
      this.lines.set(line, printed);
    }
    printed.add(bytes);
  }

  /** Sorted. */
  get names(): readonly string[] {
    return [...this.lines.keys()].sort();
  }

  /** The line of that name; of a cell alone its only one. @returns null where there is none yet, or several */
  find(name: string): string | null {
    if (this.lines.has(name)) return name;
    const own = this.names.filter((each) => each.startsWith(`${name}/`));
    return own.length === 1 ? own[0]! : null;
  }

  /** @param from bytes since the line was first used */
  read(line: string, from: number): SerialPart {
    const printed = this.lines.get(line);
    if (printed === undefined || from >= printed.end) return { text: "", next: from, missed: 0 };
    const start = Math.max(from, printed.start);
    return { text: decodeText(printed.from(start)), next: printed.end, missed: start - from };
  }
}
