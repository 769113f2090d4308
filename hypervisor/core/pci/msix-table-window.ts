import type { Hypervisor } from "../hypervisor.js";
import type { MmioAccess, MmioAnswer, MmioHandler } from "../mmio/mmio-access.js";
import type { PciFunction } from "./pci-function.js";

/** The page that holds a device's table of MSI-X vectors. */
export class MsixTableWindow implements MmioHandler {
  readonly kind = "msix";

  constructor(
    readonly hypervisor: Hypervisor,
    readonly pciFunction: PciFunction,
  ) {}

  access(_access: MmioAccess): MmioAnswer {
    return "denied";
  }
}
