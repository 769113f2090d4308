/** Of the inside of a range so many points are tried, besides its edges. */
const innerPoints = 2;

/** Numbers that look random and are the same each time (a linear congruential generator, Knuth's MMIX constants). */
class Numbers {
  private state: bigint;

  constructor(seed: bigint) {
    this.state = BigInt.asUintN(64, seed);
  }

  /** From 0 to `limit` - 1. @param limit at least 1 */
  below(limit: bigint): bigint {
    this.state = BigInt.asUintN(64, this.state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return (this.state >> 11n) % limit;
  }
}

/** Where a range is tried: both edges, some points within that depend on nothing but the range, and `more` within it. */
export function pointsOf(from: bigint, to: bigint, more: readonly bigint[] = []): readonly bigint[] {
  const points = new Set([from, to]);
  const inside = to - from - 1n;
  const numbers = new Numbers(from * 31n + to);
  if (inside > 0n)
    for (let index = 0; index < innerPoints; index++) points.add(from + 1n + numbers.below(inside));
  for (const each of more) if (each >= from && each <= to) points.add(each);
  return [...points].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}
