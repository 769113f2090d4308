import type { AccessSize, MmioDevice } from "../../machine/physical-memory.js";
import type { VirtualInterface } from "./virtual-interface.js";

const registers = {
  ctlr: 0x00,
  pmr: 0x04,
  iar: 0x0c,
  eoir: 0x10,
  rpr: 0x14,
  hppir: 0x18,
  iidr: 0xfc,
  dir: 0x1000,
} as const;
const control = { enabled: 0x1, endsInTwoSteps: 0x200 } as const;
/** Architecture version 2, of ARM. */
const identification = 0x0002_043b;

/** The virtual interface of version 2, as registers in memory: each CPU sees its own (ARM IHI 0048B, 5.5). */
export class VirtualInterfaceWindow implements MmioDevice {
  /** @param ofAccessor the interface of the CPU that makes the access; null where it has none */
  constructor(private readonly ofAccessor: () => VirtualInterface | null) {}

  read(offset: number, size: AccessSize): bigint {
    const virtual = this.ofAccessor();
    if (virtual === null || offset % 4 !== 0) return 0n;
    return BigInt.asUintN(8 * size, BigInt(registerOf(virtual, offset)));
  }

  write(offset: number, _size: AccessSize, value: bigint): void {
    const virtual = this.ofAccessor();
    if (virtual === null) return;
    const word = Number(value & 0xffff_ffffn);
    switch (offset) {
      case registers.ctlr:
        virtual.isEnabled = (word & control.enabled) !== 0;
        virtual.endsInTwoSteps = (word & control.endsInTwoSteps) !== 0;
        break;
      case registers.pmr:
        virtual.priorityMask = word & 0xf8;
        break;
      case registers.eoir:
        virtual.end(word & 0x3ff);
        break;
      case registers.dir:
        if (virtual.endsInTwoSteps) virtual.deactivate(word & 0x3ff);
        break;
      default:
        break;
    }
  }
}

function registerOf(virtual: VirtualInterface, offset: number): number {
  switch (offset) {
    case registers.ctlr:
      return (
        (virtual.isEnabled ? control.enabled : 0) | (virtual.endsInTwoSteps ? control.endsInTwoSteps : 0)
      );
    case registers.pmr:
      return virtual.priorityMask;
    case registers.iar:
      return virtual.acknowledge();
    case registers.rpr:
      return virtual.runningPriority;
    case registers.hppir:
      return virtual.highestPending;
    case registers.iidr:
      return identification;
    default:
      return 0;
  }
}
