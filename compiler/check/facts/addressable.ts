import type { CheckedConfig } from "./checked-config.js";

/** Bits of the physical addresses that processors can have at most: on 32-bit ARM large ones (LPAE). */
const bits = { x86: 52n, arm64: 48n, arm: 40n } as const;

/** The address behind the last one that Linux can map on the machine; null where it is not known which machine it is. */
export function mappableByLinux({ machine }: CheckedConfig): bigint | null {
  return machine === null ? null : 1n << bits[machine];
}
