import type { Interval } from "../facts/intervals.js";
import type { Region } from "../facts/region.js";

/** What a mapping leads to: memory of the machine, or a page that the hypervisor puts in its place. */
export type Backing = "physical" | "comm-page" | "empty-page" | "apic-page";

/** Consecutive pages that lead to consecutive pages. */
export interface Mapping extends Interval {
  readonly backing: Backing;
  /** Where the first byte is; without meaning for pages of the hypervisor. */
  readonly phys: bigint;
  /** Bits of `access.ts`. */
  readonly access: number;
  /** The region that asked for it; null for what the hypervisor maps on its own. */
  readonly region: Region | null;
}

/** Runs longer than this are halved, so that a change moves few of them. */
const longestRun = 512;

/**
 * What one set of page tables maps. Later mappings replace what was there, as `paging_create` does
 * (hypervisor/paging.c:287). Kept as runs of ascending mappings, so that the many small cuts that cells make into the root
 * cell's memory stay cheap.
 */
export class AddressMap {
  readonly #runs: Mapping[][] = [];

  set(mapping: Mapping): void {
    if (mapping.start >= mapping.end) return;
    this.clear(mapping.start, mapping.end);
    const [run, index] = this.#locate(mapping.start);
    const there = this.#runs[run];
    if (there !== undefined) {
      there.splice(index, 0, mapping);
      this.#halve(run);
      return;
    }
    const last = this.#runs.at(-1);
    if (last === undefined) this.#runs.push([mapping]);
    else {
      last.push(mapping);
      this.#halve(this.#runs.length - 1);
    }
  }

  /** Nothing is mapped from `start` up to `end` any more. */
  clear(start: bigint, end: bigint): void {
    for (;;) {
      const [run, index] = this.#locate(start);
      const there = this.#runs[run];
      const mapping = there?.[index];
      if (there === undefined || mapping === undefined || mapping.start >= end) return;
      const rest: Mapping[] = [];
      if (mapping.start < start) rest.push({ ...mapping, end: start });
      if (mapping.end > end)
        rest.push({ ...mapping, start: end, phys: mapping.phys + (end - mapping.start) });
      there.splice(index, 1, ...rest);
      if (there.length === 0) this.#runs.splice(run, 1);
    }
  }

  /** The mapping of the address or, where it has none, the first one behind it. */
  next(address: bigint): Mapping | undefined {
    const [run, index] = this.#locate(address);
    return this.#runs[run]?.[index];
  }

  /** The last mapping that ends at the address or in front of it. */
  before(address: bigint): Mapping | undefined {
    const [run, index] = this.#locate(address);
    return index > 0 ? this.#runs[run]![index - 1] : this.#runs[run - 1]?.at(-1);
  }

  /** Ascending. */
  *all(): Generator<Mapping, void> {
    for (const run of this.#runs) yield* run;
  }

  /** Run and place of the first mapping that ends behind the address. */
  #locate(address: bigint): readonly [run: number, index: number] {
    const run = firstWhere(this.#runs.length, (each) => this.#runs[each]!.at(-1)!.end > address);
    const there = this.#runs[run];
    return [run, there === undefined ? 0 : firstWhere(there.length, (each) => there[each]!.end > address)];
  }

  #halve(run: number): void {
    const there = this.#runs[run]!;
    if (there.length > longestRun) this.#runs.splice(run + 1, 0, there.splice(longestRun / 2));
  }
}

/** The first index for which it holds, where it holds for all behind; the count where it holds for none. */
function firstWhere(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
