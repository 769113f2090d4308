import type { AccessSize, MmioDevice } from "./physical-memory.js";

/** Registers of 32 bits that keep what is written, but for those that are fixed. */
export class RegisterFile implements MmioDevice {
  private readonly words = new Map<number, number>();

  /**
   * @param fixed registers that cannot be written
   * @param follows registers that take the value of another when that is written
   */
  constructor(
    private readonly fixed: ReadonlyMap<number, number>,
    initial: ReadonlyMap<number, number> = new Map(),
    private readonly follows: ReadonlyMap<number, number> = new Map(),
  ) {
    for (const [offset, value] of initial) this.words.set(offset, value);
  }

  read(offset: number, size: AccessSize): bigint {
    const low = BigInt(this.word(offset & ~3)) >> BigInt(8 * (offset % 4));
    const high = size === 8 ? BigInt(this.word((offset & ~3) + 4)) << 32n : 0n;
    return BigInt.asUintN(8 * size, low | high);
  }

  private word(offset: number): number {
    return (this.fixed.get(offset) ?? this.words.get(offset) ?? 0) >>> 0;
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    if (size < 4) return;
    this.setWord(offset & ~3, Number(BigInt.asUintN(32, value)));
    if (size === 8) this.setWord((offset & ~3) + 4, Number(BigInt.asUintN(32, value >> 32n)));
  }

  /** Also of registers that are narrower. */
  writeLowBytes(offset: number, size: AccessSize, value: bigint): void {
    if (size >= 4) this.write(offset, size, value);
    else this.setWord(offset & ~3, Number(BigInt.asUintN(8 * size, value)));
  }

  private setWord(offset: number, value: number): void {
    this.words.set(offset, value);
    const follower = this.follows.get(offset);
    if (follower !== undefined) this.words.set(follower, value);
  }
}
