import { expect } from "chai";
import { ObjectImage, workLimit } from "../../../../compiler/c/initializers/image.js";
import { type Token, TokenKind } from "../../../../compiler/c/token.js";
import type { RecordDefinition } from "../../../../compiler/c/types/types.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { bytesOf, compileText, hex, idsOf } from "./reference.js";

/** Work on large objects grows with their size, not with its square: counted, not timed. */

const count = 100_000;

const token: Token = {
  kind: TokenKind.number,
  text: "1",
  file: new SourceFile("t.c", "1"),
  start: 0,
  end: 1,
  spaceBefore: false,
  expansion: null,
};

const union: RecordDefinition = {
  kind: "union",
  tag: "u",
  complete: true,
  size: 4,
  alignment: 4,
  members: [],
  names: new Map(),
  flexible: false,
  token,
};

/** What `use` counts as work on an image of `count` elements of 4 bytes, without that of making it. */
function workOf(use: (image: ObjectImage, work: { bytes: number }) => void): number {
  const work = { bytes: 0 };
  const image = new ObjectImage(4 * count, work);
  const before = work.bytes;
  use(image, work);
  return work.bytes - before;
}

function fillOneByOne(image: ObjectImage): void {
  for (let at = 0; at < count; at++) {
    image.selectMember(union, 4 * at, 0);
    image.writeInteger(4 * at, 4, 1, token);
  }
}

describe("C initialisers, work on large objects", () => {
  it("repeats elements one by one, with their unions, in steps that do not grow", () => {
    const half = workOf((image) => {
      for (let at = 1; at < count / 2; at++) {
        image.selectMember(union, 4 * at, 0);
        image.repeat(0, 4, 4 * at, 1);
      }
    });
    const whole = workOf((image) => {
      for (let at = 1; at < count; at++) {
        image.selectMember(union, 4 * at, 0);
        image.repeat(0, 4, 4 * at, 1);
      }
    });
    expect(whole / half).to.be.lessThan(2.1);
    expect(whole).to.be.lessThan(workLimit / 2);
  });

  it("copies a part in work that depends on the part alone", () => {
    const work = { bytes: 0 };
    const source = new ObjectImage(4 * count, work);
    fillOneByOne(source);
    const before = work.bytes;
    const target = new ObjectImage(4, work);
    for (let at = 0; at < 1000; at++) target.writeImage(0, source, 4 * at, 4);
    expect((work.bytes - before) / 1000).to.be.lessThan(2000);
  });

  it("counts looking for values that were given", () => {
    const looked = workOf((image) => {
      image.writeInteger(4 * count - 4, 4, 1, token);
      for (let at = 0; at < 10; at++) image.isTouched(0, 4 * count - 4);
    });
    expect(looked).to.be.at.least(10 * 4 * (count - 1));
  });

  it("fills a range of unions, and a range of structs with unions in them", () => {
    const one = `union u { int a; char b; }; union u x[${count}] = { [0 ... ${count - 1}].a = 1 };`;
    expect(bytesOf(one)).to.equal("01000000".repeat(count));
    const inside = `struct { union { int a; char b; }; } x[${count}] = { [0 ... ${count - 1}] = { 1 } };`;
    expect(bytesOf(inside)).to.equal("01000000".repeat(count));
  });

  it("copies constant objects of many values many times", () => {
    const size = 10_000;
    const object = `struct s { char a[${size}]; }; const struct s y = {{ ${"1,".repeat(size)} }};`;
    const { unit, findings } = compileText(`${object} const struct s x[] = { ${"y,".repeat(200)} };`);
    expect(findings).to.deep.equal([]);
    const copies = unit.objects[1]!;
    expect(hex(copies.bytes)).to.equal("01".repeat(200 * size));
    expect(copies.provenance.entries).to.equal(size);
  });

  it("ends objects that each take over many tokens", () => {
    const size = 20_000;
    const object = `struct s { char a[${size}]; }; const struct s y = {{ ${"1,".repeat(size)} }};`;
    const copies = Array.from({ length: 2000 }, (_, index) => `x${index}=y`).join(",");
    expect(idsOf(`${object} const struct s ${copies};`)).to.deep.equal(["c-initializer-too-complex"]);
  });

  it("ends an array of characters that is entered over and over behind its one value", () => {
    const entries = ".a[0] = 0, .b = 1, ".repeat(2000);
    const text = `struct { char a[1 << 20]; int b; } x = { .a[(1 << 20) - 1] = 1, ${entries} };`;
    expect(idsOf(text)).to.include("c-initializer-too-complex");
  });
});
