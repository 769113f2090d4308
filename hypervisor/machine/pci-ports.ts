import type { PciBus } from "./pci-bus.js";
import type { PortDevice, PortSize } from "./port-space.js";

/** The ports through which x86 machines reach the first 256 bytes of configuration spaces. */
export const pciPorts = { address: 0xcf8, data: 0xcfc } as const;

const enabled = 0x8000_0000;

/** The host bridge at the ports 0xcf8 to 0xcff (PCI local bus specification 3.0, 3.2.2.3.2). */
export class PciPorts implements PortDevice {
  private address = 0;

  constructor(private readonly bus: PciBus) {}

  read(port: number, size: PortSize): number {
    if (port === pciPorts.address && size === 4) return this.address;
    if (!this.reachesSpace(port)) return 2 ** (8 * size) - 1;
    return this.bus.read(this.bdf, this.offsetOf(port), size);
  }

  /** Only the whole address register can be written: a byte at 0xcf9 would reset the machine, which is left out here. */
  write(port: number, size: PortSize, value: number): void {
    if (port === pciPorts.address && size === 4) this.address = value >>> 0;
    else if (this.reachesSpace(port)) this.bus.write(this.bdf, this.offsetOf(port), size, value);
  }

  private reachesSpace(port: number): boolean {
    return port >= pciPorts.data && this.address >= enabled;
  }

  private get bdf(): number {
    return (this.address >>> 8) & 0xffff;
  }

  private offsetOf(port: number): number {
    return (this.address & 0xfc) + port - pciPorts.data;
  }
}
