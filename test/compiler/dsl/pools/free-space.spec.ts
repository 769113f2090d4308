import { expect } from "chai";
import fc from "fast-check";
import "../../../support/seed.js";
import { FreeSpace } from "../../../../compiler/dsl/pools/free-space.js";

const alignments = [1n, 4n, 16n] as const;
const whole = { start: 3n, end: 203n };

/** A stretch of memory byte by byte. */
class Bytes {
  private readonly taken = new Set<number>();

  reserve(start: number, end: number): void {
    for (let at = start; at < end; at += 1) this.taken.add(at);
  }

  isFree(start: number, end: number): boolean {
    if (start < Number(whole.start) || end > Number(whole.end)) return false;
    for (let at = start; at < end; at += 1) if (this.taken.has(at)) return false;
    return true;
  }

  firstFit(size: number, alignment: number): number | undefined {
    for (let at = 0; at + size <= Number(whole.end); at += alignment)
      if (this.isFree(at, at + size)) return at;
    return undefined;
  }

  gaps(): readonly string[] {
    const found: string[] = [];
    let from: number | null = null;
    for (let at = Number(whole.start); at <= Number(whole.end); at += 1) {
      const isFree = at < Number(whole.end) && !this.taken.has(at);
      if (isFree) from ??= at;
      else if (from !== null) {
        found.push(`${from}-${at}`);
        from = null;
      }
    }
    return found;
  }
}

const step = fc.oneof(
  fc.record({ kind: fc.constant("reserve" as const), start: fc.nat(210), size: fc.nat(30) }),
  fc.record({
    kind: fc.constant("take" as const),
    size: fc.integer({ min: 1, max: 40 }),
    alignment: fc.constantFrom(...alignments),
  }),
  fc.record({ kind: fc.constant("ask" as const), start: fc.nat(210), size: fc.integer({ min: 1, max: 30 }) }),
);

describe("free memory", () => {
  it("is what a map of all bytes says, after any steps", () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const space = new FreeSpace(whole, alignments);
        const bytes = new Bytes();
        for (const each of steps) {
          if (each.kind === "reserve") {
            space.reserve(BigInt(each.start), BigInt(each.start + each.size));
            bytes.reserve(each.start, each.start + each.size);
          } else if (each.kind === "ask") {
            const end = each.start + each.size;
            expect(space.isFree(BigInt(each.start), BigInt(end))).to.equal(bytes.isFree(each.start, end));
          } else {
            const found = space.firstFit(BigInt(each.size), each.alignment);
            const wanted = bytes.firstFit(each.size, Number(each.alignment));
            expect(found).to.equal(wanted === undefined ? undefined : BigInt(wanted));
            if (found === undefined) continue;
            space.reserve(found, found + BigInt(each.size));
            bytes.reserve(wanted!, wanted! + each.size);
          }
        }
        const gaps = space.firstGaps(1000).map(({ start, end }) => `${start}-${end}`);
        expect(gaps).to.deep.equal(bytes.gaps());
        expect(space.firstGaps(2)).to.have.lengthOf(Math.min(2, gaps.length));
      }),
      { numRuns: 500 },
    ));

  it("reaches up to the last address", () => {
    const last = 0xffff_ffff_ffff_ffffn;
    const space = new FreeSpace({ start: last - 0xfffn, end: last + 1n }, [0x1000n]);
    expect(space.firstFit(0x1000n, 0x1000n)).to.equal(last - 0xfffn);
    expect(space.firstFit(0x1001n, 0x1000n)).to.equal(undefined);
  });
});
