import { expect } from "chai";
import fc from "fast-check";
import { readTrace } from "../../../hypervisor/trace/read-trace.js";
import { traceLimits } from "../../../hypervisor/trace/trace.js";

describe("a trace", () => {
  it("has an access a line", () => {
    const { steps, problems } = readTrace(`# what the driver does
@0 write32 0x1000 0x1234_5678
   read64 4096 -> 18446744073709551615   # all of it
@10us cpu 2 in8 0x3fd -> ok\r
out16 0x70 65535 -> denied
execute 0
pci-read16 00:1f.2 0x2 -> 0x8086
pci-write32 0001:02:03.4 0xffc 1
hypercall 1 0x1000 2 -> -22
@1_000ms ipi 3 255
`);
    expect(problems).to.deep.equal([]);
    const ok = { kind: "ok" };
    expect(steps.map(({ text: _text, ...rest }) => rest)).to.deep.equal([
      {
        line: 2,
        time: 0,
        cpu: null,
        access: { kind: "write", address: 0x1000, width: 4, value: 0x1234_5678n },
        expected: ok,
      },
      {
        line: 3,
        time: null,
        cpu: null,
        access: { kind: "read", address: 0x1000, width: 8 },
        expected: { kind: "value", value: 2n ** 64n - 1n },
      },
      { line: 4, time: 10_000, cpu: 2, access: { kind: "in", port: 0x3fd, width: 1 }, expected: ok },
      {
        line: 5,
        time: null,
        cpu: null,
        access: { kind: "out", port: 0x70, width: 2, value: 0xffffn },
        expected: { kind: "denied" },
      },
      { line: 6, time: null, cpu: null, access: { kind: "execute", address: 0 }, expected: ok },
      {
        line: 7,
        time: null,
        cpu: null,
        access: { kind: "pci-read", bdf: 0xfa, offset: 2, width: 2 },
        expected: { kind: "value", value: 0x8086n },
      },
      {
        line: 8,
        time: null,
        cpu: null,
        access: { kind: "pci-write", bdf: 0x21c, offset: 0xffc, width: 4, value: 1n },
        expected: ok,
      },
      {
        line: 9,
        time: null,
        cpu: null,
        access: { kind: "hypercall", code: 1, first: 0x1000, second: 2 },
        expected: { kind: "value", value: -22n },
      },
      {
        line: 10,
        time: 1_000_000_000,
        cpu: null,
        access: { kind: "ipi", cpu: 3, vector: 255 },
        expected: ok,
      },
    ]);
    expect(steps[2]!.text).to.equal("@10us cpu 2 in8 0x3fd -> ok");
  });

  const wrong: readonly (readonly [line: string, place: string, message: RegExp])[] = [
    ["raed32 0", "1+6", /`raed32` is no access: there are read8\.\.read64 ADDRESS, /],
    ["in64 0", "1+4", /has 8, 16 or 32 bits/],
    ["read32", "7+1", /^an address is missing$/],
    ["write8 0 -> ok", "10+2", /^a value is missing$/],
    ["write8 0 256", "10+3", /^a value is from 0 to 0xff here$/],
    ["read8 0x1_0000_0000_0000", "7+18", /from 0 to 0xffffffffffff/],
    ["read8 zero", "7+4", /`zero` is no number: an address is wanted/],
    ["read8 0 1", "9+1", /`1` has no place here/],
    ["read8 0 -> 0x100", "12+5", /does not fit/],
    ["read8 0 -> maybe", "12+5", /`maybe` is no outcome/],
    ["read8 0 ->", "11+1", /`ok`, `denied` or a value is missing/],
    ["write8 0 1 -> 1", "15+1", /has no value/],
    ["pci-read32 00:20.0 0", "12+7", /no address of a device/],
    ["pci-read32 00:1f.0 2", "20+1", /no multiple of 4/],
    ["@10 read8 0", "1+3", /no time/],
    ["@61s read8 0", "1+4", /ends after 60 seconds/],
    ["cpu x read8 0", "5+1", /`x` is no number/],
    ["hypercall", "10+1", /the code of a hypercall is missing/],
    ["@5us", "5+1", /what the CPU does is missing/],
  ];
  for (const [line, place, message] of wrong) {
    it(`says what is wrong with \`${line}\``, () => {
      const { steps, problems } = readTrace(`read8 0\n${line}\nread8 1`);
      expect(steps.map((step) => step.line)).to.deep.equal([1, 3]);
      expect(problems.map((each) => `${each.line} ${each.column}+${each.length}`)).to.deep.equal([
        `2 ${place}`,
      ]);
      expect(problems[0]!.message).to.match(message);
    });
  }

  it("does not go back in time", () => {
    const { problems } = readTrace("@2us read8 0\nread8 0\n  @1us read8 0");
    expect(problems.map(({ line, column, message }) => [line, column, message])).to.deep.equal([
      [3, 3, "this is earlier than a line before it"],
    ]);
  });

  it("is read in bounds, whatever it is", () => {
    const many = readTrace("x\n".repeat(traceLimits.lines + 5));
    expect(many.problems).to.have.length(traceLimits.problems);
    expect(many.leftOut).to.equal(traceLimits.lines + 1 - traceLimits.problems);
    expect(readTrace("#".repeat(1_000_000)).problems[0]!.message).to.contain("at most 400 characters");
    const words = fc.constantFrom(
      "read8",
      "@1us",
      "cpu",
      "->",
      "0x",
      "-1",
      "denied",
      "\n",
      "#",
      "00:01.0",
      "\u2028",
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(words, { maxLength: 12 }).map((each) => each.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { steps, problems } = readTrace(text);
        const lines = text.split("\n");
        for (const { line, column, length } of problems) {
          expect(column).to.be.within(1, lines[line - 1]!.length + 1);
          expect(length).to.be.greaterThan(0);
        }
        expect(steps.length + problems.length).to.be.at.most(lines.length);
      }),
      { numRuns: 500 },
    );
  });
});
