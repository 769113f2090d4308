import type { AccessSize, MmioDevice } from "./physical-memory.js";

/** Places of registers (High Definition Audio specification 1.0a, 3.3). */
const places = { globalControl: 0x08, wakeEnable: 0x0c, stateChange: 0x0e, interruptControl: 0x20 } as const;
const outOfReset = 0x1;
const firstCodec = 0x1;
const allInterrupts = 0xc000_0000;

/** A controller of HD audio with one codec, which says that it is there when the controller leaves its reset. */
export class HdAudio implements MmioDevice {
  static readonly size = 0x4000;
  static readonly vendor = 0x8086;
  static readonly device = 0x2668;
  private readonly bytes = new DataView(new ArrayBuffer(HdAudio.size));
  private isSignaled = false;

  /** @param interrupt sends the device's message */
  constructor(private readonly interrupt: () => void) {}

  read(offset: number, size: AccessSize): bigint {
    let value = 0n;
    for (let index = size - 1; index >= 0; index--) {
      const place = offset + index;
      value = (value << 8n) | BigInt(place < HdAudio.size ? this.bytes.getUint8(place) : 0xff);
    }
    return value;
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    const wasOut = this.isOut;
    for (let index = 0; index < size && offset + index < HdAudio.size; index++) {
      this.writeByte(offset + index, Number((value >> BigInt(8 * index)) & 0xffn));
    }
    if (!wasOut && this.isOut) this.bytes.setUint8(places.stateChange, firstCodec);
    if (!this.isOut) this.bytes.setUint16(places.stateChange, 0);
    this.signal();
  }

  /** Ones clear state changes. */
  private writeByte(place: number, byte: number): void {
    const isStateChange = place === places.stateChange || place === places.stateChange + 1;
    this.bytes.setUint8(place, isStateChange ? this.bytes.getUint8(place) & ~byte : byte);
  }

  private get isOut(): boolean {
    return (this.bytes.getUint8(places.globalControl) & outOfReset) !== 0;
  }

  /** A message goes out when there is something to tell that was not there before. */
  private signal(): void {
    const woken =
      this.bytes.getUint16(places.wakeEnable, true) & this.bytes.getUint16(places.stateChange, true);
    const control = this.bytes.getUint32(places.interruptControl, true);
    const isSignaled = woken !== 0 && (control & allInterrupts) >>> 0 === allInterrupts;
    if (isSignaled && !this.isSignaled) this.interrupt();
    this.isSignaled = isSignaled;
  }
}
