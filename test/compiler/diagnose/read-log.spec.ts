import { expect } from "chai";
import fc from "fast-check";
import type { LogEvent } from "../../../compiler/diagnose/log/event.js";
import { mostEvents, readLog } from "../../../compiler/diagnose/log/read-log.js";

const dump = `RIP: 0x000000000000147d RSP: 0x000000000000afd0 FLAGS: 246
RAX: 0x00000000fea94000 RBX: 0x00000000fea94000 RCX: 0x0000000000000002
CS: 10 BASE: 0x0000000000000000 AR-BYTES: 29b EFER.LMA 1
`;

function only(text: string): LogEvent {
  const { events } = readLog(text);
  expect(events).to.have.length(1);
  return events[0]!;
}

const portRead = { kind: "port", direction: "read", port: 0x2fd, size: 1 };

describe("reading logs", () => {
  it("puts a fault, its registers and the parked CPU together", () => {
    const event = only(`FATAL: Invalid PIO read, port: 2fd size: 1\n${dump}Parking CPU 3 (Cell: "demo")\n`);
    expect(event).to.deep.include({ statement: portRead, cell: "demo", cpus: [3], end: "parked", times: 1 });
    expect(event.registers.get("rip")).to.equal(0x147dn);
    expect(event.registers.get("cs")).to.equal(0x10n);
  });

  it("tells the sizes of trapped accesses, which are hexadecimal, and of others, which are not", () => {
    expect(only("FATAL: Invalid MMIO write, address: 7f000100, size: 8").statement).to.deep.equal({
      kind: "trapped",
      direction: "write",
      address: 0x7f000100n,
      size: 8,
    });
    const wide = only("FATAL: Invalid MMIO/RAM read, addr: 0xfffffffffffffff8 size: 16");
    expect(wide.statement).to.deep.include({ address: 0xffff_ffff_ffff_fff8n, size: 16 });
  });

  it("looks for lines anywhere in a line: prefixes and what a cell has printed stand in front", () => {
    const line = "FATAL: Invalid PIO read, port: 2fd size: 1";
    for (const prefix of [
      "[   12.345678] ",
      "<0>[   12.345678] ",
      "Nov 23 12:00:00 host kernel: [   12.345678] ",
      "2026-11-23T12:00:00.123456+00:00 host kernel: ",
      "Hello from this ti",
      "\u001b[1;31m",
      "\u001b]0;title\u0007",
      "\u0000\u0000\u0007",
    ]) {
      expect(only(`${prefix}${line}\u001b[0m\r\n`).statement, prefix).to.deep.equal(portRead);
    }
  });

  it("takes every kind of line end", () => {
    const lines = ["Hello", "FATAL: Invalid PIO read, port: 2fd size: 1", 'Parking CPU 3 (Cell: "demo")'];
    for (const end of ["\n", "\r\n", "\r", "\r\r\n"]) {
      const event = only(lines.join(end));
      expect(event, JSON.stringify(end)).to.deep.include({ cell: "demo", statement: portRead });
      if (end !== "\r") expect(event.line.number).to.equal(2);
    }
  });

  it("keeps faults apart that follow each other, and those whose end was cut off", () => {
    const text = `FATAL: Invalid PIO read, port: 2fd size: 1\n${dump}FATAL: Unhandled MSR read: 10\nParking CPU 2 (Cell: "b")\n`;
    const { events } = readLog(text);
    expect(events.map(({ statement, cell }) => [statement?.kind, cell])).to.deep.equal([
      ["port", null],
      ["other", "b"],
    ]);
    const far = readLog(
      `FATAL: Invalid PIO read, port: 2fd size: 1\n${"x\n".repeat(100)}Parking CPU 2 (Cell: "b")\n`,
    );
    expect(far.events.map(({ cell }) => cell)).to.deep.equal([null]);
  });

  it("says once what a log has often, with all CPUs", () => {
    const text = [3, 1, 3]
      .map((cpu) => `FATAL: Invalid PIO read, port: 2fd size: 1\nParking CPU ${cpu} (Cell: "demo")\n`)
      .join("");
    expect(only(text)).to.deep.include({ times: 3, cpus: [3, 1] });
  });

  it("takes what follows from a fault, or led to it, for the same fault", () => {
    const event = only(
      'FATAL: unsupported instruction (0x83 0x00 0x00 0x00)\nFATAL: Invalid MMIO/RAM read, addr: 0x300000 size: 0\nParking CPU 2 (Cell: "b")\n',
    );
    expect(event.statement?.kind).to.equal("memory");
    expect(event.also.map(({ line }) => line.number)).to.deep.equal([1]);
  });

  it("knows stopped CPUs, which belong to no cell at first", () => {
    const event = only('FATAL: Jailhouse triggered exception #14\nStopping CPU 2 (Cell: "<UNSET>")\n');
    expect(event).to.deep.include({ end: "stopped", cell: null, cpus: [2] });
  });

  it("reads faults of both IOMMUs of x86", () => {
    const intel = only(
      "VT-d fault event reported by IOMMU 0:\n Source Identifier (bus:dev.func): 03:1b.2\n Fault Reason: 0x5 Fault Info: 3ee01000 Type 1\n",
    );
    expect(intel.statement).to.deep.equal({ kind: "dma", bdf: 0x3da, address: 0x3ee0_1000n });
    const amd = only(
      "AMD IOMMU 0 reported event\n EventCode: 2, Operand 1: 1, Operand 2: 3ee01000\n DeviceId (bus:dev.func): 03:1b.2\n",
    );
    expect(amd.statement).to.deep.equal({ kind: "dma", bdf: 0x3da, address: 0x3ee0_1000n });
  });

  it("tells of lines that it cannot read, whole or cut off", () => {
    expect(only("FATAL: Invalid MMIO/RAM wri").statement).to.equal(null);
    expect(only("FATAL: something that is new").statement).to.equal(null);
    expect(readLog("Hello from this tiny cell!\nPM Timer:  1\n").events).to.deep.equal([]);
    expect(readLog("").lines).to.equal(0);
  });

  it("ends in bounded time and memory, whatever the log is", () => {
    const line = (number: number): string =>
      `FATAL: Invalid MMIO/RAM write, addr: 0x${number.toString(16)} size: 4\nParking CPU ${number % 7} (Cell: "demo")\n`;
    const long = Array.from({ length: 500_000 }, (_, number) => line(number)).join("");
    const { events, leftOut, lines } = readLog(long);
    expect(events).to.have.length(mostEvents);
    expect(leftOut).to.equal(500_000 - mostEvents);
    expect(lines).to.equal(1_000_000);
    for (const text of [
      "FATAL: ".repeat(1_000_000),
      "\u001b[".repeat(1_000_000),
      "\r".repeat(5_000_000),
      `FATAL: Invalid PIO read, port: ${"2".repeat(5_000_000)}`,
      "\u001b]".repeat(2_000_000),
      `VT-d fault event reported by IOMMU ${"1".repeat(3_000_000)}`,
    ])
      expect(readLog(text).events.length).to.be.lessThan(2);
  });

  it("takes any text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "FATAL: ",
        "FATAL: Invalid MMIO/RAM read, addr: 0x",
        "ffffffffffffffff size: 4",
        'Parking CPU 1 (Cell: "',
        '")',
        "\n",
        "\r\n",
        "\u001b[31m",
        "RIP: 0x10",
        "VT-d fault event reported by IOMMU 0:",
        " Source Identifier (bus:dev.func): 00:1f.7",
        "JAILHOUSE_ENABLE: Invalid argument",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        const { events, lines } = readLog(text);
        expect(events.length).to.be.at.most(lines);
        for (const { line } of events) {
          expect(line.number).to.be.within(1, lines);
          expect(line.text).not.to.match(/[\u0000-\u0008\u000b-\u001f]/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
