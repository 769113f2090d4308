import { expect } from "chai";
import { accessText, agentsText } from "../../../../compiler/check/reach/access-words.js";
import type { Access, Agent } from "../../../../compiler/check/reach/answer.js";
import type { Target } from "../../../../compiler/check/reach/target.js";
import { setOf } from "../../../support/checking.js";

const cell = setOf(`system pc {
  architecture x86
  cpus 0
  device 00:02.0
  device 00:03.0
  device 01:00.0
  device 0001:02:00.7
}`).system!;
const devices = cell.physicalDevices.map((device): Agent => ({ kind: "device", device }));
const cpu: Agent = { kind: "cpu" };
const streams = [0x60, 0x61].map((id): Agent => ({ kind: "stream", id }));
const memory: Target = { kind: "memory", from: 0x1000n, to: 0x1fffn };

function text(target: Target, access: Partial<Access> = {}): string {
  const range = { start: 0x1000n, end: 0x2000n };
  const rights = { read: true, write: true, execute: false };
  return accessText({ cell, by: [cpu], rights, range, seenAt: null, chain: [], ...access }, target);
}

describe("the words for who has a way", () => {
  it("are of CPUs as a whole", () => {
    expect(agentsText([cpu])).to.equal("its CPUs");
    expect(agentsText([cpu, cpu])).to.equal("its CPUs");
  });

  it("name up to three devices", () => {
    expect([1, 2, 3, 4].map((count) => agentsText(devices.slice(0, count)))).to.deep.equal([
      "device 00:02.0",
      "devices 00:02.0 and 00:03.0",
      "devices 00:02.0, 00:03.0 and 01:00.0",
      "devices 00:02.0, 00:03.0, 01:00.0 and 1 more",
    ]);
    expect(agentsText(devices.slice(3))).to.equal("device 0001:02:00.7");
    expect(agentsText([...devices, ...devices, ...devices])).to.equal(
      "devices 00:02.0, 00:03.0, 01:00.0 and 9 more",
    );
  });

  it("are of streams by their ids", () => {
    expect(agentsText(streams.slice(1))).to.equal("stream 0x61");
    expect(agentsText(streams)).to.equal("streams 0x60 and 0x61");
  });
});

describe("the words for a way", () => {
  it("say what can be done, and where it is seen", () => {
    expect(text(memory, { seenAt: 0n })).to.equal("its CPUs: rw, at 0x0..0xfff");
    expect(text(memory, { seenAt: 0x8000n, by: streams })).to.equal(
      "streams 0x60 and 0x61: rw, at 0x8000..0x8fff",
    );
  });

  it("say which part it is where it is not all", () => {
    const parts = [
      { start: 0x1000n, end: 0x2000n },
      { start: 0x1001n, end: 0x2000n },
      { start: 0x1000n, end: 0x1fffn },
      { start: 0x1800n, end: 0x1801n },
    ];
    expect(parts.map((range) => text(memory, { range, seenAt: 0x10n }))).to.deep.equal([
      "its CPUs: rw, at 0x10..0x100f",
      "its CPUs: memory 0x1001..0x1fff, rw, at 0x10..0x100e",
      "its CPUs: memory 0x1000..0x1ffe, rw, at 0x10..0x100e",
      "its CPUs: memory 0x1800, rw, at 0x10",
    ]);
  });

  it("say no place for what is not memory", () => {
    const range = { start: 0n, end: 1n };
    expect(text({ kind: "device", domain: 0, bdf: 0x10 }, { range })).to.equal("its CPUs: rw");
    expect(text({ kind: "ioports", from: 0, to: 0 }, { range })).to.equal("its CPUs: rw");
  });

  it("say the chip of an interrupt, and nothing that could be done to it", () => {
    const interrupts: Target = { kind: "interrupt", from: 40, to: 42 };
    const all = { start: 40n, end: 43n };
    expect(text(interrupts, { range: all, where: "GIC at 0x8000000" })).to.equal(
      "its CPUs: GIC at 0x8000000",
    );
    expect(text(interrupts, { range: { start: 41n, end: 42n }, where: "chip" })).to.equal(
      "its CPUs: interrupt 41, chip",
    );
  });
});
