import type { RecordDefinition } from "../types/types.js";

/** Log2 of how many bytes of the object one bucket covers. */
const bucketBits = 8;

interface Choice {
  readonly union: RecordDefinition;
  /** Of the union, in bytes from the start of the object. */
  readonly offset: number;
  readonly member: number;
}

/**
 * Which member of each union of an object holds the value. Kept in buckets by offset, so that a copy of some bytes
 * looks only at the unions among them.
 */
export class ActiveMembers {
  private readonly buckets = new Map<number, Map<RecordDefinition, Map<number, Choice>>>();
  /** One more than the greatest offset of a union. */
  private end = 0;

  get(union: RecordDefinition, offset: number): number | undefined {
    return this.buckets
      .get(offset >> bucketBits)
      ?.get(union)
      ?.get(offset)?.member;
  }

  set(union: RecordDefinition, offset: number, member: number): void {
    const number = offset >> bucketBits;
    let bucket = this.buckets.get(number);
    if (bucket === undefined) {
      bucket = new Map();
      this.buckets.set(number, bucket);
    }
    let places = bucket.get(union);
    if (places === undefined) {
      places = new Map();
      bucket.set(union, places);
    }
    places.set(offset, { union, offset, member });
    this.end = Math.max(this.end, offset + 1);
  }

  /**
   * The choices with offsets from `start` (inclusive) to `end` (exclusive).
   *
   * @param visit is told of each step, also of those that find nothing
   */
  within(start: number, end: number, visit: () => void): readonly Choice[] {
    const found: Choice[] = [];
    const stop = Math.min(end, this.end);
    for (let number = start >> bucketBits; number << bucketBits < stop; number++) {
      visit();
      for (const places of this.buckets.get(number)?.values() ?? []) {
        for (const choice of places.values()) {
          visit();
          if (choice.offset >= start && choice.offset < stop) found.push(choice);
        }
      }
    }
    return found;
  }
}
