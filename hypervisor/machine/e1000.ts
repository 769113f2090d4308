import type { EthernetSegment, Listener } from "./ethernet-segment.js";
import type { AccessSize, MmioDevice } from "./physical-memory.js";

/** Places of registers (Intel PCI/PCI-X family of gigabit Ethernet controllers, software developer's manual, 13). */
const places = {
  control: 0x0000,
  status: 0x0008,
  eeprom: 0x0014,
  phy: 0x0020,
  receiveControl: 0x0100,
  transmitControl: 0x0400,
  receive: 0x2800,
  transmit: 0x3800,
  addressLow: 0x5400,
  addressHigh: 0x5404,
} as const;
/** From the first register of a ring. */
const ring = { low: 0x00, high: 0x04, length: 0x08, head: 0x10, tail: 0x18 } as const;
const control = { linkUp: 0x40, reset: 0x0400_0000 } as const;
/** Full duplex at 1000 Mb/s. */
const status = { linkUp: 0x2, settings: 0x81 } as const;
const eeprom = { start: 0x1, done: 0x10 } as const;
const phy = { write: 0x0400_0000, ready: 0x1000_0000 } as const;
const enabled = 0x2;
const acceptsBroadcast = 0x8000;
const addressValid = 0x8000_0000;
const descriptorSize = 16;
/** In a descriptor. */
const parts = { length: 8, status: 12 } as const;
const done = { transmitted: 0x1, received: 0x3 } as const;
/** Largest ring that is looked at, in descriptors. */
const mostDescriptors = 4096;
const windowSize = 0x2_0000;

/** Memory as the card reaches it; what is blocked gives null or false. */
export interface CardMemory {
  read(address: number, length: number): Uint8Array | null;
  write(address: number, bytes: Uint8Array): boolean;
}

/** A network card that sends and receives whole frames through rings in memory; it causes no interrupts. */
export class E1000 implements MmioDevice, Listener {
  static readonly size = windowSize;
  static readonly vendor = 0x8086;
  static readonly device = 0x100e;
  private readonly values = new Map<number, number>();
  private readonly phyRegisters = new Uint16Array(32);

  /** @param mac six bytes */
  constructor(
    private readonly memory: CardMemory,
    private readonly mac: Uint8Array,
    private readonly segment: EthernetSegment,
  ) {
    this.reset();
    segment.add(this);
  }

  /** The address comes from the EEPROM. */
  private reset(): void {
    this.values.clear();
    this.values.set(places.addressLow, this.macWord(0) + this.macWord(1) * 0x1_0000);
    this.values.set(places.addressHigh, (this.macWord(2) | addressValid) >>> 0);
  }

  private macWord(index: number): number {
    return this.mac[2 * index]! | (this.mac[2 * index + 1]! << 8);
  }

  private value(place: number): number {
    return this.values.get(place) ?? 0;
  }

  read(offset: number, size: AccessSize): bigint {
    const word = offset & ~3;
    const value = word === places.status ? this.status : this.value(word);
    return BigInt.asUintN(8 * size, BigInt(value) >> BigInt(8 * (offset & 3)));
  }

  private get status(): number {
    return (this.value(places.control) & control.linkUp) !== 0
      ? status.linkUp | status.settings
      : status.settings;
  }

  /** Registers are written as a whole. */
  write(offset: number, _size: AccessSize, written: bigint): void {
    const value = Number(BigInt.asUintN(32, written));
    switch (offset) {
      case places.control:
        if ((value & control.reset) !== 0) this.reset();
        else this.values.set(offset, value);
        return;
      case places.eeprom:
        if ((value & eeprom.start) !== 0) this.values.set(offset, this.readEeprom(value));
        return;
      case places.phy:
        this.values.set(offset, this.accessPhy(value));
        return;
      default:
        this.values.set(offset, value);
        if (offset === places.transmit + ring.tail) this.transmit();
    }
  }

  private readEeprom(command: number): number {
    const address = (command >>> 8) & 0xff;
    const word = address < 3 ? this.macWord(address) : 0xffff;
    return ((word << 16) | (command & 0xff00) | eeprom.done) >>> 0;
  }

  private accessPhy(command: number): number {
    const register = (command >>> 16) & 0x1f;
    if ((command & phy.write) !== 0) this.phyRegisters[register] = command & 0xffff;
    return ((command & 0xffff_0000) | this.phyRegisters[register]! | phy.ready) >>> 0;
  }

  private descriptorAt(first: number, index: number): number {
    const base = this.value(first + ring.high) * 2 ** 32 + this.value(first + ring.low);
    return base + descriptorSize * index;
  }

  private lengthOf(first: number): number {
    return Math.min(Math.floor(this.value(first + ring.length) / descriptorSize), mostDescriptors);
  }

  /** Sends what is between head and tail: nothing for a tail beyond the ring. It ends where memory is blocked. */
  private transmit(): void {
    if ((this.value(places.transmitControl) & enabled) === 0) return;
    const length = this.lengthOf(places.transmit);
    const tail = this.value(places.transmit + ring.tail);
    if (tail >= length) return;
    for (let index = this.value(places.transmit + ring.head); index !== tail && index < length; ) {
      const address = this.descriptorAt(places.transmit, index);
      const descriptor = this.memory.read(address, descriptorSize);
      if (descriptor === null) return;
      const view = new DataView(descriptor.buffer);
      const size = view.getUint16(parts.length, true);
      const frame = this.memory.read(Number(view.getBigUint64(0, true) % 2n ** 52n), size);
      if (frame === null) return;
      this.segment.send(this, frame);
      this.memory.write(address + parts.status, Uint8Array.of(done.transmitted));
      index = (index + 1) % length;
      this.values.set(places.transmit + ring.head, index);
    }
  }

  /** Frames for others are dropped, and those that there is no room for. */
  receive(frame: Uint8Array): void {
    const head = this.value(places.receive + ring.head);
    const length = this.lengthOf(places.receive);
    const isOn = (this.value(places.receiveControl) & enabled) !== 0;
    if (!isOn || head >= length || head === this.value(places.receive + ring.tail) || !this.isMeant(frame))
      return;
    const address = this.descriptorAt(places.receive, head);
    const descriptor = this.memory.read(address, descriptorSize);
    if (descriptor === null) return;
    const view = new DataView(descriptor.buffer);
    if (!this.memory.write(Number(view.getBigUint64(0, true) % 2n ** 52n), frame)) return;
    view.setUint16(parts.length, frame.length, true);
    view.setUint8(parts.status, done.received);
    this.memory.write(address + parts.length, descriptor.subarray(parts.length));
    this.values.set(places.receive + ring.head, (head + 1) % length);
  }

  private isMeant(frame: Uint8Array): boolean {
    const target = frame.subarray(0, 6);
    if (target.every((byte) => byte === 0xff)) {
      return (this.value(places.receiveControl) & acceptsBroadcast) !== 0;
    }
    const [low, high] = [this.value(places.addressLow), this.value(places.addressHigh)];
    const own = [low, low >>> 8, low >>> 16, low >>> 24, high, high >>> 8].map((byte) => byte & 0xff);
    return target.length === 6 && target.every((byte, index) => byte === own[index]);
  }
}
