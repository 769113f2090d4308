import type { OtherConfigAccess } from "../core/pci/hardware-config.js";
import { pciPorts } from "../machine/pci-ports.js";
import type { PortSize, PortSpace } from "../machine/port-space.js";

const enabled = 0x8000_0000;

/** Buses that MMCONFIG does not reach: only the first 256 bytes of a space can be named (hypervisor/arch/x86/pci.c:29-73). */
export class ConfigThroughPorts implements OtherConfigAccess {
  constructor(private readonly ports: PortSpace) {}

  read(bdf: number, address: number, size: PortSize): number {
    return this.ports.read(this.select(bdf, address), size);
  }

  write(bdf: number, address: number, size: PortSize, value: number): void {
    this.ports.write(this.select(bdf, address), size, value);
  }

  private select(bdf: number, address: number): number {
    this.ports.write(pciPorts.address, 4, (enabled | (bdf << 8) | (address & 0xfc)) >>> 0);
    return pciPorts.data + (address & 3);
  }
}
