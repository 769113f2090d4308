import { type Pause, relax, type Steps } from "../run/program.js";
import { imageData } from "./image.js";
import type { Inmate } from "./inmate.js";

const registers = {
  control: 0x0000,
  status: 0x0008,
  eeprom: 0x0014,
  phy: 0x0020,
  receiveControl: 0x0100,
  transmitControl: 0x0400,
  gaps: 0x0410,
  receive: 0x2800,
  transmit: 0x3800,
  addressLow: 0x5400,
  addressHigh: 0x5404,
} as const;
const ring = { low: 0x00, high: 0x04, length: 0x08, head: 0x10, tail: 0x18, control: 0x28 } as const;
const ringEnabled = 0x0200_0000;
const control = { linkReset: 0x8, linkUp: 0x40, forceSpeed: 0x800, reset: 0x0400_0000 } as const;
const status = { linkUp: 0x2, speedShift: 6 } as const;
const phy = { address: 0x20_0000, write: 0x400_0000, read: 0x800_0000, ready: 0x1000_0000 } as const;
const powerDown = 0x800;
const eeprom = { start: 0x1, done: 0x10 } as const;
const addressValid = 0x8000_0000;
/** Enabled, with broadcasts, without checksums. */
const receiving = { enabled: 0x2, broadcast: 0x8000, noChecksum: 0x0400_0000 } as const;
const transmitting = 0x2 | 0x8 | (0xf << 4) | (0x40 << 12);
const usualGaps = 10 | (10 << 10) | (10 << 20);
const resetMicroseconds = 20_000;

/** Descriptors of either ring, and bytes of each. */
const descriptors = { count: 8, size: 16, status: 12 } as const;
const bufferSize = 2048;
const frameSize = 14;
/** In the program's own memory. */
const memory = {
  receiveRing: imageData.heap,
  transmitRing: imageData.heap + 0x100,
  frame: imageData.heap + 0x200,
  buffers: imageData.heap + 0x1000,
} as const;
/** End of packet, checksum, and a report of it (in the word behind address and length). */
const transmitCommand = 0x0b;
const isDone = 0x1;
const speeds = ["10", "100", "1000", "1000"] as const;

/** A frame of the demo: its header, which is all of it. */
export interface Frame {
  readonly source: readonly number[];
  readonly type: number;
}

/** A network card of the e1000 family, without interrupts (inmates/demos/x86/e1000-demo.c). */
export class NetworkCard {
  private received = 0;
  private sent = 0;
  private mac: readonly number[] = [];

  constructor(
    private readonly inmate: Inmate,
    private readonly base: number,
  ) {}

  private read(register: number): number {
    return this.inmate.cpu.read32(this.base + register);
  }

  private write(register: number, value: number): void {
    this.inmate.cpu.write32(this.base + register, value >>> 0);
  }

  /** Up to the point where frames can come and go; prints link and address. */
  *start(): Steps {
    const { inmate } = this;
    this.write(registers.control, control.reset);
    yield* inmate.timing.delayMicroseconds(resetMicroseconds);
    const settings = this.read(registers.control) & ~(control.linkReset | control.forceSpeed);
    this.write(registers.control, settings | control.linkUp);
    const phyControl = yield* this.accessPhy(phy.read);
    yield* this.accessPhy(phy.write | (phyControl & ~powerDown & 0xffff));
    yield* inmate.print("Waiting for link...");
    while ((this.read(registers.status) & status.linkUp) === 0) yield relax;
    yield* inmate.print(" ok\n");
    const speed = (this.read(registers.status) >> status.speedShift) & 3;
    yield* inmate.print(`Link speed: ${speeds[speed]} Mb/s\n`);
    this.mac = yield* this.findAddress();
    const text = this.mac.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
    yield* inmate.print(`MAC: ${text}\n`);
    this.setAddress();
    this.setRings();
  }

  /** Register 0 of the PHY. */
  private *accessPhy(command: number): Generator<Pause, number, void> {
    this.write(registers.phy, phy.address | command);
    for (;;) {
      const value = this.read(registers.phy);
      if ((value & phy.ready) !== 0) return value & 0xffff;
      yield relax;
    }
  }

  private *findAddress(): Generator<Pause, readonly number[], void> {
    if ((this.read(registers.addressHigh) & addressValid) !== 0) {
      const [low, high] = [this.read(registers.addressLow), this.read(registers.addressHigh)];
      return [low, low >>> 8, low >>> 16, low >>> 24, high, high >>> 8].map((byte) => byte & 0xff);
    }
    const bytes: number[] = [];
    for (let word = 0; word < 3; word++) {
      this.write(registers.eeprom, eeprom.start | (word << 8));
      let value = this.read(registers.eeprom);
      while ((value & eeprom.done) === 0) {
        yield relax;
        value = this.read(registers.eeprom);
      }
      bytes.push((value >>> 16) & 0xff, value >>> 24);
    }
    return bytes;
  }

  private setAddress(): void {
    const [a, b, c, d, e, f] = this.mac as [number, number, number, number, number, number];
    this.write(registers.addressLow, a | (b << 8) | (c << 16) | (d << 24));
    this.write(registers.addressHigh, e | (f << 8) | addressValid);
  }

  private setRings(): void {
    const { cpu } = this.inmate;
    const last = descriptors.count - 1;
    for (let index = 0; index < descriptors.count; index++) {
      const place = memory.receiveRing + descriptors.size * index;
      cpu.write64(place, BigInt(memory.buffers + bufferSize * index));
    }
    this.setRing(registers.receive, memory.receiveRing);
    const old = this.read(registers.receiveControl);
    const { enabled, broadcast, noChecksum } = receiving;
    this.write(registers.receiveControl, old | enabled | broadcast | noChecksum);
    this.write(registers.receive + ring.tail, last);
    this.setRing(registers.transmit, memory.transmitRing);
    this.write(registers.transmitControl, this.read(registers.transmitControl) | transmitting);
    this.write(registers.gaps, usualGaps);
  }

  private setRing(first: number, address: number): void {
    this.write(first + ring.low, address);
    this.write(first + ring.high, 0);
    this.write(first + ring.length, descriptors.size * descriptors.count);
    this.write(first + ring.head, 0);
    this.write(first + ring.tail, 0);
    this.write(first + ring.control, this.read(first + ring.control) | ringEnabled);
  }

  ignoreBroadcasts(): void {
    this.write(registers.receiveControl, this.read(registers.receiveControl) & ~receiving.broadcast);
  }

  /** @param target six bytes; @param type as it stands in memory, low byte first */
  *send(target: readonly number[], type: number): Steps {
    const { cpu } = this.inmate;
    for (const [index, byte] of [...target, ...this.mac].entries()) cpu.write8(memory.frame + index, byte);
    cpu.write16(memory.frame + 12, type);
    const place = memory.transmitRing + descriptors.size * this.sent;
    cpu.write64(place, BigInt(memory.frame));
    cpu.write64(place + 8, BigInt(frameSize) | (BigInt(transmitCommand) << 24n));
    this.sent = (this.sent + 1) % descriptors.count;
    this.write(registers.transmit + ring.tail, this.sent);
    while ((cpu.read8(place + descriptors.status) & isDone) === 0) yield relax;
  }

  /** The frame that has come, until it is dropped; null without one. */
  peek(): Frame | null {
    const { cpu } = this.inmate;
    const place = memory.receiveRing + descriptors.size * this.received;
    if ((cpu.read8(place + descriptors.status) & isDone) === 0) return null;
    const buffer = Number(cpu.read64(place));
    return {
      source: [6, 7, 8, 9, 10, 11].map((index) => cpu.read8(buffer + index)),
      type: cpu.read16(buffer + 12),
    };
  }

  drop(): void {
    const { cpu } = this.inmate;
    const place = memory.receiveRing + descriptors.size * this.received + descriptors.status;
    cpu.write8(place, cpu.read8(place) & ~isDone);
    this.write(registers.receive + ring.tail, this.received);
    this.received = (this.received + 1) % descriptors.count;
  }
}
