import { encodeText } from "../../schema/text.js";
import { Refusal } from "../core/refusal.js";

/** What a reader sees of the hypervisor's console. */
export interface ReadableConsole {
  /** Bytes printed since the hypervisor was enabled. */
  readonly tail: number;
  bytesFrom(start: number): Uint8Array;
}

/** The consoles of now and of before, as the driver keeps them. */
export interface ConsoleSource {
  /** Null while nothing is enabled. */
  readonly current: ReadableConsole | null;
  /** The config lets the console be read. */
  readonly isReadable: boolean;
  /** What the last hypervisor left behind, with a number for each; null without one. */
  readonly last: { readonly id: number; readonly console: ReadableConsole } | null;
}

/** `/dev/jailhouse`, opened to read (driver/main.c:817-888): each reader sees everything once. */
export class ConsoleReader {
  private head = 0;
  private lastId = 0;

  constructor(private readonly source: ConsoleSource) {}

  /**
   * What is new, as far as it is in the ring; before it, how much is not. Empty where nothing is new.
   *
   * @throws Refusal EAGAIN while nothing is enabled, EPERM where the config does not let it be read
   */
  read(): Uint8Array {
    const { current, last } = this.source;
    if (last !== null && last.id !== this.lastId) {
      const bytes = this.newOf(last.console);
      if (bytes.length === 0) this.lastId = last.id;
      return bytes;
    }
    if (current === null) throw new Refusal("EAGAIN");
    if (!this.source.isReadable) throw new Refusal("EPERM");
    return this.newOf(current);
  }

  /** Whoever waits for a hypervisor to be enabled begins anew with it. */
  rewind(): void {
    this.head = 0;
  }

  private newOf(console: ReadableConsole): Uint8Array {
    const bytes = console.bytesFrom(this.head);
    const missed = console.tail - this.head - bytes.length;
    if (missed > 0) {
      this.head += missed;
      return encodeText(`<missed ${missed} bytes of console log>\n`);
    }
    this.head += bytes.length;
    return bytes;
  }
}
