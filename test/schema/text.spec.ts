import { expect } from "chai";
import fc from "fast-check";
import { decodeText, encodeText } from "../../schema/text.js";

describe("text and bytes", () => {
  it("gives back any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect([...encodeText(decodeText(bytes))]).to.deep.equal([...bytes]);
      }),
    );
  });

  it("reads valid UTF-8 as every other decoder does, beside an undecodable byte too", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const bytes = new TextEncoder().encode(text);
        const clean = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        expect(decodeText(bytes)).to.equal(clean);
        expect(decodeText(Uint8Array.of(...bytes, 0xff))).to.equal(`${clean}\udcff`);
      }),
    );
  });

  const notUtf8: readonly (readonly [string, number[]])[] = [
    ["an overlong form", [0xc0, 0xaf]],
    ["an encoded surrogate", [0xed, 0xa0, 0x80]],
    ["a code point past U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
    ["a cut sequence", [0xe2, 0x82]],
    ["a lone continuation", [0x80]],
  ];
  for (const [name, bytes] of notUtf8) {
    it(`keeps ${name} byte by byte`, () => {
      const expected = bytes.map((byte) => String.fromCharCode(0xdc00 + byte)).join("");
      expect(decodeText(Uint8Array.from(bytes))).to.equal(expected);
    });
  }

  it("reads megabytes of undecodable bytes whole", () => {
    const bytes = new Uint8Array(3_000_000).fill(0xfe);
    const text = decodeText(bytes);
    expect(text.length).to.equal(bytes.length);
    expect(text.charCodeAt(2_999_999)).to.equal(0xdcfe);
  });
});
