import { Provenance } from "../provenance.js";
import type { Token } from "../token.js";
import { fromHalves, halves, type Integer, type Range } from "../types/constant.js";
import type { RecordDefinition } from "../types/types.js";
import { ActiveMembers } from "./active-members.js";

/** No object may be larger than this, in bytes: a config has some KiB. */
export const largestObject = 16 * 1024 * 1024;

/** How many bytes the initialisers of one file may clear, copy and fill in all; see {@link cost} for the rest. */
export const workLimit = 512 * 1024 * 1024;

/** What other work counts as, in bytes: by the time and, where something is kept, the memory that it takes. */
const cost = {
  /** A byte of an object, with where it came from. */
  objectByte: 4,
  /** A token that is taken over from another object. */
  token: 64,
  /** A look at a union's member. */
  visit: 8,
  /** A union's member that is kept. */
  choice: 160,
} as const;

/** The bytes of an object while its initialiser is read, little-endian, with what wrote each of them. */
export class ObjectImage {
  readonly provenance: Provenance;
  /** It holds a string literal. */
  isText = false;
  /** Some value in it was read from a constant object: as a compound literal it is no constant for gcc. */
  readsObjects = false;
  /** Length of the object in bytes; `bytes` may be longer while it grows. */
  size: number;
  bytes: Uint8Array;
  /** No byte at or behind this offset was ever written. */
  private written = 0;
  private readonly active = new ActiveMembers();
  /** At the first byte of what was copied whole from a constant object: its size; see `dissolveCopy`. */
  private copies: Uint32Array | null = null;

  /**
   * @param size in bytes, at most `largestObject`
   * @param work counts what is cleared, copied and filled, see `workLimit`
   */
  constructor(
    size: number,
    private readonly work: { bytes: number },
  ) {
    this.size = size;
    this.bytes = new Uint8Array(size);
    this.provenance = new Provenance(size);
    work.bytes += size * cost.objectByte;
  }

  /** Makes room for an array or a flexible member that turned out to be longer. */
  growTo(size: number): void {
    if (size <= this.size) return;
    if (size > this.bytes.length) {
      const larger = new Uint8Array(Math.min(largestObject, Math.max(size, this.bytes.length * 2, 64)));
      larger.set(this.bytes.subarray(0, this.size));
      this.work.bytes += larger.length * cost.objectByte;
      this.bytes = larger;
      this.provenance.resize(larger.length);
      if (this.copies !== null) this.copies = enlarged(this.copies, larger.length);
    }
    this.size = size;
  }

  /** Drops what lies behind `size`: a flexible member is initialised anew. */
  cutTo(size: number): void {
    if (size >= this.size) return;
    this.clear(size, this.size);
    this.size = size;
  }

  /** The finished bytes; the image must not grow any more. */
  finish(): Uint8Array {
    if (this.bytes.length !== this.size) {
      this.bytes = this.bytes.slice(0, this.size);
      this.provenance.resize(this.size);
    }
    this.provenance.finish();
    return this.bytes;
  }

  /** @param size 1, 2, 4 or 8 */
  writeInteger(offset: number, size: number, value: Integer, token: Token): void {
    const { bytes } = this;
    if (size === 1 && typeof value === "number") {
      bytes[offset] = value;
    } else {
      const { low, high } = halves(value);
      for (let at = 0; at < size && at < 4; at++) bytes[offset + at] = low >>> (8 * at);
      for (let at = 4; at < size; at++) bytes[offset + at] = high >>> (8 * (at - 4));
    }
    this.touch(offset, offset + size, token);
  }

  readInteger(offset: number, size: number, range: Range): Integer {
    let low = 0;
    let high = 0;
    for (let at = Math.min(size, 4) - 1; at >= 0; at--) low = low * 256 + this.bytes[offset + at]!;
    for (let at = size - 1; at >= 4; at--) high = high * 256 + this.bytes[offset + at]!;
    return fromHalves(low, high, range);
  }

  /** Puts the low `width` bits of the value at bit `bit` (0 .. 7) of the byte at `offset` and those behind it. */
  writeBits(offset: number, bit: number, width: number, value: Integer, token: Token): void {
    let rest = BigInt.asUintN(width, BigInt(value));
    let at = offset;
    let shift = bit;
    for (let left = width; left > 0; at++) {
      const count = Math.min(8 - shift, left);
      const mask = ((1 << count) - 1) << shift;
      const part = (Number(rest & 0xffn) << shift) & mask;
      this.bytes[at] = (this.bytes[at]! & ~mask) | part;
      rest >>= BigInt(count);
      left -= count;
      shift = 0;
    }
    this.provenance.recordBits(offset, bit, width, token);
    if (at > this.written) this.written = at;
  }

  readBits(offset: number, bit: number, width: number): bigint {
    let value = 0n;
    const last = offset + Math.ceil((bit + width) / 8) - 1;
    for (let at = last; at >= offset; at--) value = (value << 8n) | BigInt(this.bytes[at]!);
    return BigInt.asUintN(width, value >> BigInt(bit));
  }

  /** @param size 4 or 8: IEEE 754 binary32 or binary64 */
  writeFloat(offset: number, size: number, value: number, token: Token): void {
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + offset, size);
    // what the sign of a NaN becomes is the engine's choice; gcc's is positive
    if (Number.isNaN(value)) {
      view.setUint32(size - 4, size === 4 ? 0x7fc0_0000 : 0x7ff8_0000, true);
      if (size === 8) view.setUint32(0, 0, true);
    } else if (size === 4) view.setFloat32(0, value, true);
    else view.setFloat64(0, value, true);
    this.touch(offset, offset + size, token);
  }

  readFloat(offset: number, size: number): number {
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + offset, size);
    return size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  }

  /** Writes the text and zeros after it up to `room` bytes. */
  writeText(offset: number, text: readonly number[], room: number, token: Token): void {
    const count = Math.min(text.length, room);
    this.clear(offset, offset + room);
    for (let at = 0; at < count; at++) this.bytes[offset + at] = text[at]!;
    // gcc finds the value of what the literal itself fills, not of the zeros behind it
    this.provenance.record(offset, offset + count, token);
    this.written = Math.max(this.written, offset + room);
  }

  /** Copies from another object, with what wrote the bytes and which union members are set. */
  writeImage(offset: number, other: ObjectImage, source: number, length: number): void {
    this.work.bytes += length;
    this.bytes.set(other.bytes.subarray(source, source + length), offset);
    const before = this.provenance.entries;
    this.provenance.copyFrom(other.provenance, source, offset, length);
    this.work.bytes += (this.provenance.entries - before) * cost.token;
    this.written = Math.max(this.written, offset + length);
    for (const { union, offset: place, member } of other.choicesWithin(source, source + length)) {
      this.setActive(union, offset + place - source, member);
    }
    if (other.copies !== null) this.allCopies().set(other.copies.subarray(source, source + length), offset);
  }

  /** Says that the bytes, just written, are a constant object's value as a whole. */
  markCopy(offset: number, size: number): void {
    const copies = this.allCopies();
    copies.fill(0, offset, offset + size);
    copies[offset] = size;
  }

  /** Whether any part was copied from a constant object. */
  hasCopies(): boolean {
    return this.copies !== null;
  }

  /**
   * A part of the subobject is about to be given a value of its own. As gcc, which keeps a copied constant object as
   * one value: with the first such part the rest of it becomes zero.
   */
  dissolveCopy(offset: number, size: number): void {
    if (this.copies !== null && size > 0 && this.copies[offset] === size) this.clear(offset, offset + size);
  }

  private allCopies(): Uint32Array {
    if (this.copies === null) {
      this.work.bytes += this.bytes.length * cost.objectByte;
      this.copies = new Uint32Array(this.bytes.length);
    }
    return this.copies;
  }

  private choicesWithin(start: number, end: number) {
    return this.active.within(start, end, () => {
      this.work.bytes += cost.visit;
    });
  }

  /** Whether any byte of the range was given a value. */
  isTouched(start: number, end: number): boolean {
    const stop = Math.min(end, this.written);
    this.work.bytes += Math.max(0, stop - start);
    return this.provenance.isRecorded(start, stop);
  }

  clear(start: number, end: number): void {
    const stop = Math.min(end, this.written);
    if (stop <= start) return;
    this.work.bytes += stop - start;
    this.bytes.fill(0, start, stop);
    this.provenance.clear(start, stop);
    this.copies?.fill(0, start, stop);
  }

  /**
   * A value goes into this member of the union at `offset`: another member's value is lost, as a union in C holds
   * one member and gcc drops the earlier one whole.
   */
  selectMember(union: RecordDefinition, offset: number, member: number): void {
    const active = this.active.get(union, offset);
    if (active === member) return;
    if (active !== undefined) this.clear(offset, offset + union.size);
    this.setActive(union, offset, member);
  }

  /** Which member of the union at `offset` holds the value; undefined where none was given one. */
  activeMember(union: RecordDefinition, offset: number): number | undefined {
    return this.active.get(union, offset);
  }

  /**
   * Repeats what stands in `length` bytes at `source` another `count` times, each `stride` bytes further on
   * (`stride` at least `length`); what lay there before is replaced.
   */
  repeat(source: number, length: number, stride: number, count: number): void {
    this.work.bytes += length * count;
    if (this.work.bytes > workLimit) return;
    if (stride === length) {
      const total = length * (count + 1);
      for (let done = length; done < total; ) {
        const step = Math.min(done, total - done);
        this.bytes.copyWithin(source + done, source, source + step);
        this.provenance.copyWithin(source + done, source, step);
        this.copies?.copyWithin(source + done, source, source + step);
        done += step;
      }
    } else {
      for (let at = 1; at <= count; at++) {
        this.bytes.copyWithin(source + at * stride, source, source + length);
        this.provenance.copyWithin(source + at * stride, source, length);
        this.copies?.copyWithin(source + at * stride, source, source + length);
      }
    }
    this.written = Math.max(this.written, source + count * stride + length);
    this.repeatActive(source, length, stride, count);
  }

  private repeatActive(source: number, length: number, stride: number, count: number): void {
    const inside = this.choicesWithin(source, source + length);
    // checked before, as what is kept takes memory at once
    if (this.work.bytes + inside.length * count * cost.choice > workLimit) {
      this.work.bytes = workLimit + 1;
      return;
    }
    for (const { union, offset, member } of inside) {
      for (let at = 1; at <= count; at++) this.setActive(union, offset + at * stride, member);
    }
  }

  private setActive(union: RecordDefinition, offset: number, member: number): void {
    this.work.bytes += cost.choice;
    this.active.set(union, offset, member);
  }

  private touch(start: number, end: number, token: Token): void {
    this.provenance.record(start, end, token);
    if (end > this.written) this.written = end;
  }
}

function enlarged(array: Uint32Array, length: number): Uint32Array {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
