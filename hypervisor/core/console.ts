/** Bytes that the ring keeps for `/sys/devices/jailhouse/console` (include/jailhouse/console.h:46). */
const ringSize = 2048;

/**
 * The console of the hypervisor: what it prints goes to a serial line and into a ring that the driver reads.
 *
 * `listen` hears the text of the serial line as it comes.
 */
export class HypervisorConsole {
  private readonly ring: string[] = [];
  private ringed = 0;
  private readonly listeners = new Set<(text: string) => void>();

  print(text: string): void {
    this.ring.push(text);
    this.ringed += text.length;
    while (this.ringed - this.ring[0]!.length >= ringSize) this.ringed -= this.ring.shift()!.length;
    for (const listener of this.listeners) listener(text);
  }

  /** The last 2048 characters, as the driver shows them. */
  get content(): string {
    return this.ring.join("").slice(-ringSize);
  }

  /** @returns what ends it */
  listen(listener: (text: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
