/** What delivers interrupts that the hypervisor sends: local APICs, or the distributor of a GIC. */
export interface InterruptSink {
  /**
   * An interrupt between local APICs, as it is written to the interrupt command register (Intel SDM, volume 3, 10.6.1).
   *
   * @param destination APIC id, or a mask of logical ids, as `lowWord` says
   * @param vector 0 to 255, also in `lowWord`
   * @param lowWord lower word of the register
   */
  send(destination: number, vector: number, lowWord: number): void;
  /** Makes a shared interrupt pending. @param interrupt number as the GIC counts, 32 or more */
  setPending(interrupt: number): void;
}

/** Hands interrupts to whoever is attached, in the order in which they are sent; without anyone they are lost. */
export class InterruptWires implements InterruptSink {
  private readonly sinks = new Set<InterruptSink>();

  /** @returns what takes it off again */
  attach(sink: InterruptSink): () => void {
    this.sinks.add(sink);
    return () => this.sinks.delete(sink);
  }

  send(destination: number, vector: number, lowWord: number): void {
    for (const sink of this.sinks) sink.send(destination, vector, lowWord);
  }

  setPending(interrupt: number): void {
    for (const sink of this.sinks) sink.setPending(interrupt);
  }
}
