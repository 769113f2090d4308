import type { Arm } from "./arm.js";

const broadcastBit = 1n << 40n;

/**
 * A write to ICC_SGI1R, by which cells send SGIs with GICv3: other registers that are trapped are not handled
 * (arch/arm-common/gic-v3.c:460-490, arch/arm64/traps.c:67).
 *
 * @returns false where the interrupt controller is of version 2: the trap is not handled
 */
export function writeSgi1r(arm: Arm, caller: number, value: bigint): boolean {
  const field = (shift: bigint, bits: number): number => Number(BigInt.asUintN(bits, value >> shift));
  const cluster = field(16n, 8) * 2 ** 8 + field(32n, 8) * 2 ** 16 + field(48n, 8) * 2 ** 32;
  const mode = (value & broadcastBit) === 0n ? 0 : 1;
  return arm.irqchip.sendSgi(caller, { id: field(24n, 4), mode, targets: field(0n, 16), cluster });
}
