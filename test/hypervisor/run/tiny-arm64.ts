import type { ArmGuestCpu } from "../../../hypervisor/arm/arm-guest-cpu.js";
import { type Steps, waitForInterrupt } from "../../../hypervisor/run/program.js";

/** So many instructions run between two pauses. */
const slice = 16;
const nanosecondsPerInstruction = 1;

export const instructions = {
  /** `movz xd, #value, lsl #16 * shift`. */
  movz: (d: number, value: number, shift = 0) => (0xd280_0000 | (shift << 21) | (value << 5) | d) >>> 0,
  /** `add xd, xn, #value`. */
  add: (d: number, n: number, value: number) => (0x9100_0000 | (value << 10) | (n << 5) | d) >>> 0,
  /** `ldr wt, [xn]`. */
  load: (t: number, n: number) => (0xb940_0000 | (n << 5) | t) >>> 0,
  /** `str wt, [xn]`. */
  store: (t: number, n: number) => (0xb900_0000 | (n << 5) | t) >>> 0,
  /** `hvc #value`. */
  hvc: (value: number) => (0xd400_0002 | (value << 5)) >>> 0,
  waitForInterrupt: 0xd503_207f,
} as const;

/** An interpreter of a handful of instructions of ARM64, as a program of the CPU. */
export function* runArm64(cpu: ArmGuestCpu): Steps {
  const x = new BigUint64Array(32);
  let pc = cpu.entry;
  let code: DataView = new DataView(new ArrayBuffer(0));
  let [start, mappings] = [-1, -1];
  cpu.registers = () => ({
    pc: BigInt(pc),
    general: [...x],
    sp: 0n,
    elr: BigInt(pc),
    status: 0x3c5n,
    syndrome: 0,
  });
  const fetch = (): number => {
    if (pc < start || pc >= start + code.byteLength || cpu.mappings !== mappings) {
      const bytes = cpu.fetch(pc);
      code = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      [start, mappings] = [pc, cpu.mappings];
    }
    return code.getUint32(pc - start, true);
  };
  for (let count = 1; ; count++) {
    const word = fetch();
    const [d, n] = [word & 31, (word >>> 5) & 31];
    cpu.formOf = (size) => ({ register: d, signExtends: false, isWide: size === 8, isDecoded: true });
    if (word >>> 23 === 0x1a5) x[d] = BigInt((word >>> 5) & 0xffff) << BigInt(16 * ((word >>> 21) & 3));
    else if (word >>> 22 === 0x244) x[d] = x[n]! + BigInt((word >>> 10) & 0xfff);
    else if (word >>> 10 === 0xb940_0000 >>> 10) x[d] = BigInt(cpu.read32(Number(x[n])));
    else if (word >>> 10 === 0xb900_0000 >>> 10) cpu.writeRegister(Number(x[n]), 4, x[d]!);
    else if (word >>> 21 === 0xd400_0002 >>> 21) {
      x[0] = cpu.hvc((word >>> 5) & 0xffff, x[0]!, x[1]!, x[2]!);
    } else if (word === instructions.waitForInterrupt) {
      pc += 4;
      yield waitForInterrupt;
      continue;
    } else throw new Error(`no instruction: ${word.toString(16)}`);
    pc += 4;
    if (count % slice === 0) yield { kind: "delay", nanoseconds: slice * nanosecondsPerInstruction };
  }
}
