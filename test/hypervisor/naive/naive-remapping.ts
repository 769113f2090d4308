/** An interrupt as a device, a pin or a remapping entry says it. */
export interface NaiveMessage {
  readonly vector: number;
  readonly mode: number;
  readonly isLogical: boolean;
  readonly isLevel: boolean;
  readonly hasHint: boolean;
  readonly destination: number;
}

interface Entry {
  source: number;
  message: NaiveMessage | null;
}

/** Who may be reached by an interrupt of a cell. */
export interface NaiveReach {
  readonly cpus: readonly number[];
  readonly isRoot: boolean;
}

/**
 * Entries of VT-d (hypervisor/arch/x86/vtd.c:596-875, apic.c:250-282): a list that is searched from its start. On AMD there is
 * none, and all goes its own way.
 */
export class NaiveRemapping {
  private readonly entries: (Entry | null)[];

  constructor(
    readonly isThere: boolean,
    private readonly usesX2apic: boolean,
    limit: number,
  ) {
    this.entries = Array.from({ length: limit }, () => null);
  }

  private first(source: number): number {
    return this.entries.findIndex((entry) => entry?.source === source);
  }

  reserve(source: number, count: number): void {
    if (!this.isThere || count === 0 || this.first(source) >= 0) return;
    const isFree = (start: number): boolean =>
      Array.from({ length: count }, (_, index) => start + index).every(
        (index) => index < this.entries.length && this.entries[index] === null,
      );
    const start = this.entries.findIndex((_, index) => isFree(index));
    if (start < 0) throw new Error("no entries are left");
    for (let index = start; index < start + count; index++) this.entries[index] = { source, message: null };
  }

  release(source: number, count: number): void {
    const start = this.first(source);
    if (start >= 0) for (let index = start; index < start + count; index++) this.entries[index] = null;
  }

  /** @returns index of the entry; "direct" without VT-d; null where the cell may not */
  map(
    reach: NaiveReach,
    source: number,
    vector: number,
    message: NaiveMessage | null,
  ): number | "direct" | null {
    if (!this.isThere) return "direct";
    const first = this.first(source);
    const entry = first < 0 ? null : (this.entries[first + vector] ?? null);
    if (entry?.source !== source) return null;
    if (message === null) {
      entry.message = null;
      return first + vector;
    }
    if (message.mode > 1) return null;
    const destination = this.within(reach, message);
    if (destination === null) return null;
    entry.message = { ...message, destination };
    return first + vector;
  }

  private within({ cpus, isRoot }: NaiveReach, { isLogical, destination }: NaiveMessage): number | null {
    if (!isLogical) return cpus.includes(destination) ? destination : null;
    let left = 0;
    for (let bit = 0; bit < (this.usesX2apic ? 16 : 32); bit++) {
      const cpu = this.usesX2apic ? bit + 16 * (destination >>> 16) : bit;
      if (((destination >>> bit) & 1) === 1 && cpus.includes(cpu)) left += 2 ** bit;
    }
    if (this.usesX2apic) left += (destination >>> 16) * 2 ** 16;
    return left === destination || isRoot ? left : null;
  }

  messageOf(index: number, source: number): NaiveMessage | null {
    const entry = this.entries[index] ?? null;
    return entry?.source === source ? entry.message : null;
  }

  /** All that a source has, for comparison. */
  entriesOf(source: number): readonly { readonly index: number; readonly message: NaiveMessage | null }[] {
    return this.entries.flatMap((entry, index) =>
      entry?.source === source ? [{ index, message: entry.message }] : [],
    );
  }
}
