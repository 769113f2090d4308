import type { AccessSize } from "../machine/physical-memory.js";

/** Thrown through a program that asks for what no processor can do: a mistake of the program, not of its cell. */
export class ProgramMistake extends Error {
  override readonly name = "ProgramMistake";
}

const mostOfMsr = 2 ** 32 - 1;
const mostOf64Bits = 2n ** 64n - 1n;
/** Devices reach so many bytes at once. */
const longestTransfer = 2 ** 24;

function mistake(what: string, value: unknown, expected: string): never {
  throw new ProgramMistake(`${what} ${String(value)} is not ${expected}`);
}

/** Of a cell: a whole number below 2^53. */
export function checkAddress(address: number): void {
  if (!Number.isSafeInteger(address) || address < 0) {
    mistake("address", address, "a whole number from 0 to 2^53 - 1");
  }
}

/** @param most largest one */
export function checkNumber(what: string, value: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < 0 || value > most) {
    mistake(what, value, `a whole number from 0 to 0x${most.toString(16)}`);
  }
}

/** What is written in so many bytes. */
export function checkValue(value: number, size: 1 | 2 | 4): void {
  checkNumber(`value for ${size} byte${size === 1 ? "" : "s"},`, value, 2 ** (8 * size) - 1);
}

export function checkValue64(value: bigint): void {
  if (typeof value !== "bigint" || value < 0n || value > mostOf64Bits) {
    mistake("value", value, "a bigint from 0 to 2^64 - 1");
  }
}

export function checkSize(size: number, sizes: readonly AccessSize[]): void {
  if (!(sizes as readonly number[]).includes(size)) {
    mistake("width", size, `one of ${sizes.join(", ")} bytes`);
  }
}

export function checkMsr(msr: number): void {
  checkNumber("MSR", msr, mostOfMsr);
}

/** Of a transfer by a device, in bytes. */
export function checkLength(length: number): void {
  checkNumber("length", length, longestTransfer);
}

/** Of a call, as registers have it; negative ones stand for what a register holds then. */
export function checkArgument(value: number): void {
  if (!Number.isSafeInteger(value)) mistake("argument", value, "a whole number below 2^53");
}
