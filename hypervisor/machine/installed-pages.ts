import type { DeviceWindow } from "./mmio-device.js";

/** Where memory is, as ranges that do not touch each other. */
export class InstalledPages {
  private readonly starts: readonly number[];
  private readonly ends: readonly number[];

  constructor(
    ranges: readonly { readonly start: number; readonly size: number }[],
    private readonly nothing: DeviceWindow,
  ) {
    const starts: number[] = [];
    const ends: number[] = [];
    for (const { start, size } of [...ranges].sort((one, other) => one.start - other.start)) {
      if (ends.length > 0 && start <= ends.at(-1)!) {
        ends[ends.length - 1] = Math.max(ends.at(-1)!, start + size);
      } else if (size > 0) {
        starts.push(start);
        ends.push(start + size);
      }
    }
    this.starts = starts;
    this.ends = ends;
  }

  /** Undefined where memory is. */
  windowAt(address: number): DeviceWindow | undefined {
    return this.endAt(address) === null ? this.nothing : undefined;
  }

  /** Where the memory at an address ends; null where there is none. */
  endAt(address: number): number | null {
    let [low, high] = [0, this.ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! <= address) low = middle + 1;
      else high = middle;
    }
    return low < this.starts.length && this.starts[low]! <= address ? this.ends[low]! : null;
  }
}
