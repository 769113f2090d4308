import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";
import type { MmioAccess, MmioAnswer, MmioHandler } from "../mmio/mmio-access.js";

/** Configuration space in memory, as a cell sees it (MMCONFIG, ECAM). */
export class ConfigSpaceWindow implements MmioHandler {
  readonly kind = "mmconfig";

  constructor(
    readonly hypervisor: Hypervisor,
    readonly cell: Cell,
  ) {}

  access(_access: MmioAccess): MmioAnswer {
    return "denied";
  }
}
