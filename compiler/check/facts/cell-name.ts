import { encodeText } from "../../../schema/text.js";
import type { CheckedConfig } from "./checked-config.js";

/** Bytes of a name that count: JAILHOUSE_CELL_NAME_MAXLEN (include/jailhouse/cell-config.h). The one behind them is 0. */
export const longestName = 31;

/** Bytes of the name up to the zeros at the end of the field. */
export function nameBytes({ cell }: CheckedConfig): Uint8Array {
  return encodeText(cell.name);
}

/** The name as driver and hypervisor compare it: up to the first zero, and no longer than allowed. */
export function comparedName(config: CheckedConfig): string {
  const bytes = nameBytes(config).subarray(0, longestName);
  const end = bytes.indexOf(0);
  return String.fromCharCode(...(end < 0 ? bytes : bytes.subarray(0, end)));
}
