import { expect } from "chai";
import fc from "fast-check";
import {
  encodeFrame,
  type Frame,
  FrameReader,
  headSize,
  longestBytes,
  longestJson,
} from "../../../hypervisor/daemon/frames.js";

const frames = fc.array(
  fc.tuple(fc.jsonValue({ noUnicodeString: false }), fc.uint8Array({ maxLength: 40 })),
  {
    maxLength: 6,
  },
);

function head(text: number, bytes: number): Uint8Array {
  const head = new Uint8Array(headSize);
  new DataView(head.buffer).setUint32(0, text, true);
  new DataView(head.buffer).setUint32(4, bytes, true);
  return head;
}

describe("messages on the socket", () => {
  it("come back whole, however they are cut", () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 50 })), (sent, cuts) => {
        const stream = Buffer.concat(sent.map(([json, bytes]) => encodeFrame(json, bytes)));
        const reader = new FrameReader();
        const received: Frame[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          received.push(...reader.push(stream.subarray(at, at + cut)));
          at = Math.min(stream.length, at + cut);
        }
        const asSent = sent.map(([json, bytes]) => ({ json: JSON.parse(JSON.stringify(json)), bytes }));
        expect(received).to.deep.equal(asSent);
        expect(reader.pending).to.equal(0);
      }),
      { numRuns: 200 },
    );
  });

  it("are refused by their announced lengths, before any of their bytes have come", () => {
    expect(new FrameReader().push(head(longestJson, longestBytes))).to.deep.equal([]);
    expect(() => new FrameReader().push(head(longestJson + 1, 0))).to.throw(RangeError);
    expect(() => new FrameReader().push(head(2, longestBytes + 1))).to.throw(RangeError);
    expect(() => new FrameReader().push(head(0xffff_ffff, 0xffff_ffff))).to.throw(RangeError);
    expect(() => encodeFrame("x".repeat(longestJson))).to.throw(RangeError);
  });

  it("take as many bytes as have come, not as many as are announced", () => {
    const reader = new FrameReader();
    reader.push(head(longestJson, longestBytes));
    reader.push(new Uint8Array(100));
    expect(reader.pending).to.equal(headSize + 100);
  });

  it("of any bytes are messages or errors", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 64 }), (text, rest) => {
        const reader = new FrameReader();
        const bytes = Buffer.concat([head(text.length, 0), text, rest]);
        try {
          for (const byte of bytes) reader.push(Uint8Array.of(byte));
        } catch (error) {
          expect((error as Error).name).to.match(/^(RangeError|SyntaxError|TypeError)$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("of JSON without an end in depth are errors", () => {
    const deep = new TextEncoder().encode("[".repeat(longestJson));
    expect(() => new FrameReader().push(Buffer.concat([head(deep.length, 0), deep]))).to.throw(SyntaxError);
    const closed = new TextEncoder().encode("[".repeat(1_000_000) + "]".repeat(1_000_000));
    expect(new FrameReader().push(Buffer.concat([head(closed.length, 0), closed]))).to.have.length(1);
  });
});
