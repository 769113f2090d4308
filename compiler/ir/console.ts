import type { Choice, FlagSet } from "./names.js";
import type { IrNode } from "./node.js";

/** A UART or frame buffer for output (`jailhouse_console`). All zero: none. */
export interface Console extends IrNode {
  /** Physical address, or port where the flags do not say MMIO. */
  readonly address: bigint;
  /** In bytes. */
  readonly size: bigint;
  /** `JAILHOUSE_CON_TYPE_8250`, ...; null before revision 1, when the hypervisor was built for one driver. */
  readonly type: Choice | null;
  /** `JAILHOUSE_CON_ACCESS_MMIO`, `JAILHOUSE_CON_REGDIST_4`, ... */
  readonly flags: FlagSet;
  /** Divides the UART's input clock for the baud rate; 0 leaves the setting alone. */
  readonly divider: number;
  /** Bit of the clock register that opens the UART's clock gate. */
  readonly gateNr: number;
  /** Physical address of the clock register, 0 for none. */
  readonly clockReg: bigint;
}
