import { expect } from "chai";
import { Provenance } from "../../../compiler/c/provenance.js";
import { type Token, TokenKind } from "../../../compiler/c/token.js";
import { SourceFile } from "../../../compiler/support/source.js";

const file = new SourceFile("t.c", "");

function token(text: string): Token {
  return {
    kind: TokenKind.number,
    text,
    file,
    start: 0,
    end: text.length,
    spaceBefore: false,
    expansion: null,
  };
}

function bitsOf(provenance: Provenance, offset: number): string {
  return Array.from({ length: 8 }, (_, bit) => provenance.at(offset, bit)?.text ?? "-").join("");
}

describe("provenance of bytes", () => {
  it("knows each bit of a byte that bit-fields share", () => {
    const provenance = new Provenance(4);
    provenance.recordBits(0, 1, 2, token("a"));
    provenance.recordBits(0, 5, 6, token("b"));
    expect(bitsOf(provenance, 0)).to.equal("-aa--bbb");
    expect(bitsOf(provenance, 1)).to.equal("bbb-----");
    expect(provenance.at(0)?.text).to.equal("a");
    provenance.recordBits(0, 2, 3, token("c"));
    expect(bitsOf(provenance, 0)).to.equal("-acccbbb");
    provenance.record(0, 1, token("d"));
    expect(bitsOf(provenance, 0)).to.equal("dddddddd");
    provenance.recordBits(2, 0, 16, token("e"));
    expect([provenance.at(2)?.text, bitsOf(provenance, 3)]).to.deep.equal(["e", "eeeeeeee"]);
    provenance.clear(0, 4);
    expect(provenance.isRecorded(0, 4)).to.equal(false);
  });

  it("keeps bits when bytes are repeated or copied", () => {
    const source = new Provenance(2);
    source.recordBits(0, 0, 3, token("a"));
    source.recordBits(0, 3, 2, token("b"));
    source.copyWithin(1, 0, 1);
    const target = new Provenance(3);
    target.record(0, 1, token("z"));
    target.copyFrom(source, 0, 1, 2);
    expect([0, 1, 2].map((offset) => bitsOf(target, offset))).to.deep.equal([
      "zzzzzzzz",
      "aaabb---",
      "aaabb---",
    ]);
  });

  it("takes over only the tokens in use, each once however often it copies", () => {
    const source = new Provenance(1000);
    for (let at = 0; at < 1000; at++) source.record(at, at + 1, token(String(at)));
    const target = new Provenance(100_000);
    for (let at = 0; at < 100_000; at += 10) target.copyFrom(source, 500, at, 10);
    expect(target.entries).to.equal(10);
    expect([target.at(0)?.text, target.at(99_999)?.text]).to.deep.equal(["500", "509"]);
  });

  it("makes no new entries for a pattern of bits that repeats", () => {
    const provenance = new Provenance(100_000);
    const [a, b] = [token("a"), token("b")];
    provenance.record(0, 0, a);
    for (let at = 0; at < 100_000; at++) provenance.recordBits(at, 0, 3, a);
    provenance.record(0, 0, b);
    for (let at = 0; at < 100_000; at++) provenance.recordBits(at, 3, 3, b);
    expect(bitsOf(provenance, 99_999)).to.equal("aaabbb--");
    expect(provenance.entries).to.be.lessThan(10);
  });
});
