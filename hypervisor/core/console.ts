import { decodeText, encodeText } from "../../schema/text.js";

/** Bytes that the ring keeps for the driver (include/jailhouse/console.h:46). */
export const ringSize = 2048;

/**
 * The console of the hypervisor: what it prints goes to a serial line and into a ring that the driver reads.
 *
 * `listen` hears the text of the serial line as it comes.
 */
export class HypervisorConsole {
  private readonly ring = new Uint8Array(ringSize);
  private printed = 0;
  private readonly listeners = new Set<(text: string) => void>();

  print(text: string): void {
    for (const byte of encodeText(text)) this.ring[this.printed++ % ringSize] = byte;
    for (const listener of this.listeners) listener(text);
  }

  /** Bytes printed so far. */
  get tail(): number {
    return this.printed;
  }

  /** The last bytes in the ring, at most those from `start` on, counted from the first one that was printed. */
  bytesFrom(start: number): Uint8Array {
    const first = Math.max(start, this.printed - ringSize, 0);
    return Uint8Array.from(
      { length: Math.max(0, this.printed - first) },
      (_, index) => this.ring[(first + index) % ringSize]!,
    );
  }

  /** The last 2048 bytes, as the driver shows them. */
  get content(): string {
    return decodeText(this.bytesFrom(0));
  }

  /** @returns what ends it */
  listen(listener: (text: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
