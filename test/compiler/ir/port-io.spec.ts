import { expect } from "chai";
import fc from "fast-check";
import { impliedOrigins, plainNode } from "../../../compiler/ir/node.js";
import { allowedPorts, bitmapOf, type PortRange, rangesOf } from "../../../compiler/ir/port-io.js";

const origins = impliedOrigins("test");

function ranges(...list: readonly (readonly [number, number])[]): {
  readonly kind: "ranges";
  readonly ranges: readonly PortRange[];
  readonly origins: typeof origins;
} {
  const nodes = list.map(([base, length]) => ({ base, length, ...plainNode(origins) }));
  return { kind: "ranges", ranges: nodes, origins };
}

function bitmap(bytes: Uint8Array): {
  readonly kind: "bitmap";
  readonly bytes: Uint8Array;
  readonly origins: typeof origins;
} {
  return { kind: "bitmap", bytes, origins };
}

describe("port I/O", () => {
  it("merges ranges that touch or overlap, in any order, and drops empty ones", () => {
    const merged = allowedPorts(ranges([0x70, 2], [0x3f8, 8], [0x60, 0x10], [0x64, 1], [0x100, 0]));
    expect(merged).to.deep.equal([
      { start: 0x60, end: 0x72 },
      { start: 0x3f8, end: 0x400 },
    ]);
  });

  it("ends at the last port of x86", () => {
    expect(allowedPorts(ranges([0xfff0, 0x20]))).to.deep.equal([{ start: 0xfff0, end: 0x10000 }]);
  });

  it("reads a clear bit as access and a set one as none", () => {
    const bytes = new Uint8Array(0x2000).fill(0xff);
    bytes[0x60 >> 3] = 0b1110_1110;
    expect(allowedPorts(bitmap(bytes))).to.deep.equal([
      { start: 0x60, end: 0x61 },
      { start: 0x64, end: 0x65 },
    ]);
  });

  it("denies the ports behind a short bitmap, and ignores bits behind the last port", () => {
    expect(allowedPorts(bitmap(Uint8Array.of(0xff, 0x0f)))).to.deep.equal([{ start: 12, end: 16 }]);
    expect(allowedPorts(bitmap(new Uint8Array()))).to.deep.equal([]);
    expect(allowedPorts(bitmap(new Uint8Array(0x2001)))).to.deep.equal([{ start: 0, end: 0x10000 }]);
  });

  it("makes no bitmap where nothing is allowed", () => {
    expect(bitmapOf([])).to.have.length(0);
    expect(bitmapOf([{ start: 0, end: 1 }])).to.have.length(0x2000);
  });

  it("parts an interval that is too long for one element", () => {
    expect(rangesOf([{ start: 0, end: 0x10000 }])).to.deep.equal([
      { base: 0, length: 0xffff },
      { base: 0xffff, length: 1 },
    ]);
  });

  const range = fc.tuple(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xffff }));
  const anyRanges = fc.array(
    fc.oneof(range, fc.tuple(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: 9 }))),
    {
      maxLength: 12,
    },
  );

  it("allows port by port what the ranges say, as ranges and as a bitmap", () => {
    fc.assert(
      fc.property(
        anyRanges,
        fc.integer({ min: 0, max: 0xffff }),
        fc.integer({ min: 0, max: 80 }),
        (list, ...ports) => {
          const intervals = allowedPorts(ranges(...list));
          const bytes = bitmapOf(intervals);
          for (const port of ports) {
            const said = list.some(([base, length]) => port >= base && port < base + length);
            const denied = bytes.length === 0 || ((bytes[port >> 3]! >> (port & 7)) & 1) === 1;
            expect(intervals.some(({ start, end }) => port >= start && port < end)).to.equal(said);
            expect(denied).to.equal(!said);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("goes from ranges to a bitmap and back without a change", () => {
    fc.assert(
      fc.property(anyRanges, (list) => {
        const intervals = allowedPorts(ranges(...list));
        const back = allowedPorts(bitmap(bitmapOf(intervals)));
        expect(back).to.deep.equal(intervals);
        expect(
          allowedPorts(ranges(...rangesOf(back).map(({ base, length }) => [base, length] as const))),
        ).to.deep.equal(intervals);
      }),
      { numRuns: 60 },
    );
  });
});
