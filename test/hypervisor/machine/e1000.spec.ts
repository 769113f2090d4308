import { expect } from "chai";
import { E1000 } from "../../../hypervisor/machine/e1000.js";
import { EthernetSegment } from "../../../hypervisor/machine/ethernet-segment.js";
import { Scheduler } from "../../../hypervisor/run/scheduler.js";

const registers = {
  control: 0x0,
  receiveControl: 0x100,
  transmitControl: 0x400,
  receive: 0x2800,
  transmit: 0x3800,
};
const ring = { low: 0, length: 8, head: 0x10, tail: 0x18 } as const;
const buffers = 0x1000;

interface Bench {
  readonly card: E1000;
  readonly memory: Uint8Array;
  readonly scheduler: Scheduler;
  readonly heard: Uint8Array[];
  send(frame: readonly number[]): void;
}

/** A card with rings of four descriptors: to send at 0, to receive at 0x100. */
function bench(): Bench {
  const memory = new Uint8Array(0x1_0000);
  const scheduler = new Scheduler();
  const segment = new EthernetSegment(scheduler);
  const heard: Uint8Array[] = [];
  const other = { receive: (frame: Uint8Array): void => void heard.push(frame) };
  segment.add(other);
  const card = new E1000(
    {
      read: (address, length) =>
        address + length > memory.length ? null : memory.slice(address, address + length),
      write: (address, bytes) => {
        if (address + bytes.length > memory.length) return false;
        memory.set(bytes, address);
        return true;
      },
    },
    Uint8Array.of(2, 0, 0, 0, 0, 1),
    segment,
  );
  const view = new DataView(memory.buffer);
  for (let index = 0; index < 4; index++) {
    view.setBigUint64(16 * index, BigInt(buffers + 0x100 * index), true);
    view.setUint16(16 * index + 8, 14, true);
    view.setBigUint64(0x100 + 16 * index, BigInt(buffers + 0x1000 + 0x100 * index), true);
  }
  write(card, registers.transmit + ring.length, 64);
  write(card, registers.receive + ring.low, 0x100);
  write(card, registers.receive + ring.length, 64);
  write(card, registers.receive + ring.tail, 3);
  return {
    ...{ card, memory, scheduler, heard },
    send: (frame) => {
      segment.send(other, Uint8Array.from(frame));
      scheduler.runFor(10_000);
    },
  };
}

function write(card: E1000, register: number, value: number): void {
  card.write(register, 4, BigInt(value));
}

const read = (card: E1000, register: number): number => Number(card.read(register, 4));

describe("a network card", () => {
  it("sends what is between head and tail, round the end of the ring, and says so", () => {
    const { card, memory, scheduler, heard } = bench();
    write(card, registers.transmitControl, 2);
    write(card, registers.transmit + ring.head, 3);
    write(card, registers.transmit + ring.tail, 1);
    scheduler.runFor(10_000);
    expect([heard.length, [12, 28, 60].map((place) => memory[place])]).to.deep.equal([2, [1, 0, 1]]);
    expect(read(card, registers.transmit + ring.head)).to.equal(1);
  });

  it("sends nothing while it is off, or for a tail beyond the ring, or from memory that it does not reach", () => {
    const { card, memory, scheduler, heard } = bench();
    write(card, registers.transmit + ring.tail, 1);
    write(card, registers.transmitControl, 2);
    write(card, registers.transmit + ring.tail, 100);
    new DataView(memory.buffer).setBigUint64(0, 0xffff_fff0n, true);
    write(card, registers.transmit + ring.tail, 2);
    scheduler.runFor(10_000);
    expect([heard.length, memory[12]]).to.deep.equal([0, 0]);
  });

  it("receives what is meant for it, as long as there is room", () => {
    const { card, memory, send } = bench();
    const own = [2, 0, 0, 0, 0, 1];
    const frame = (target: readonly number[], last: number): readonly number[] => [
      ...target,
      ...own,
      0,
      last,
    ];
    send(frame(own, 1));
    expect(read(card, registers.receive + ring.head)).to.equal(0);
    write(card, registers.receiveControl, 2);
    send(frame([2, 0, 0, 0, 0, 2], 2));
    send(frame([255, 255, 255, 255, 255, 255], 3));
    expect(read(card, registers.receive + ring.head)).to.equal(0);
    write(card, registers.receiveControl, 0x8002);
    send(frame([255, 255, 255, 255, 255, 255], 4));
    for (const last of [5, 6, 7]) send(frame(own, last));
    const places = [0, 1, 2, 3].map((index) => memory[buffers + 0x1000 + 0x100 * index + 13]);
    expect([read(card, registers.receive + ring.head), places]).to.deep.equal([3, [4, 5, 6, 0]]);
    expect([memory[0x108], memory[0x10c], memory[0x13c]]).to.deep.equal([14, 3, 0]);
  });

  it("has its link and its address, and loses what was set when it is reset", () => {
    const { card } = bench();
    expect(read(card, 0x8)).to.equal(0x81);
    write(card, registers.control, 0x40);
    expect([read(card, 0x8), read(card, 0x5400), read(card, 0x5404)]).to.deep.equal([0x83, 2, 0x8000_0100]);
    write(card, 0x14, 0x201);
    write(card, 0x20, 0x0420_1234);
    expect([read(card, 0x14), read(card, 0x20)]).to.deep.equal([0x0100_0210, 0x1420_1234]);
    write(card, registers.control, 0x0400_0000);
    expect([read(card, 0x8), read(card, registers.receive + ring.length)]).to.deep.equal([0x81, 0]);
  });
});
