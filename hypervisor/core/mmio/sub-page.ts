import type { AccessSize } from "../../machine/physical-memory.js";
import { type MemoryRegion, memory } from "../config/cell-config.js";
import type { Hypervisor } from "../hypervisor.js";
import { pageSize } from "../paging/table-format.js";
import { HypervisorFault } from "../refusal.js";
import { temporaryPage } from "../temporary-page.js";
import type { MmioAccess, MmioAnswer, MmioHandler } from "./mmio-access.js";

/**
 * A region that is not made of whole pages: permission, width and alignment are looked at, in this order, and the access is
 * made through one page that is mapped for it (hypervisor/mmio.c:307-352).
 */
export class SubPageHandler implements MmioHandler {
  readonly kind = "subpage";

  constructor(
    private readonly hypervisor: Hypervisor,
    readonly region: MemoryRegion,
  ) {}

  access({ offset, size, written }: MmioAccess): MmioAnswer {
    const { physStart } = this.region;
    if (!this.allows(offset, size, written !== null)) {
      const address = this.word(physStart + BigInt(offset)).toString(16);
      const direction = written === null ? "read" : "write";
      this.hypervisor.print(
        `FATAL: Invalid MMIO ${direction}, address: ${address}, size: ${size.toString(16)}\n`,
      );
      return "denied";
    }
    // The page that is mapped is that of the sum of both offsets; the access adds those within their pages.
    const physical = temporaryPage(this.hypervisor, this.word(physStart + BigInt(offset)));
    const within = Number(physStart % BigInt(pageSize)) + (offset % pageSize);
    if (within + size > pageSize) throw new HypervisorFault(within);
    const at = physical + within;
    const { memory: bytes } = this.hypervisor.machine;
    if (written === null) return bytes.read(at, size);
    bytes.write(at, size, BigInt.asUintN(8 * size, written));
    return "done";
  }

  private word(address: bigint): bigint {
    return BigInt.asUintN(this.hypervisor.wordBits, address);
  }

  private allows(offset: number, size: AccessSize, isWrite: boolean): boolean {
    const { flags } = this.region;
    if ((flags & (isWrite ? memory.write : memory.read)) === 0n) return false;
    if ((flags & (BigInt(size) << memory.ioWidthShift)) === 0n) return false;
    return offset % size === 0 || (flags & memory.ioUnaligned) !== 0n;
  }
}
