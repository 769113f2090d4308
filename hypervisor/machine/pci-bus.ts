/** Configuration space of a function: 4096 bytes. */
export class PciConfigSpace {
  readonly bytes = new Uint8Array(4096);
}

/** The functions of a machine, by bus, device and function. */
export class PciBus {
  private readonly functions = new Map<number, PciConfigSpace>();

  add(bdf: number, space: PciConfigSpace): void {
    this.functions.set(bdf, space);
  }

  /** @returns null where nothing answers: such reads give all ones */
  at(bdf: number): PciConfigSpace | null {
    return this.functions.get(bdf) ?? null;
  }
}
