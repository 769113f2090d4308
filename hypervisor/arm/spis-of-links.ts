import type { Cell } from "../core/cell.js";
import type { IvshmemEndpoint } from "../core/ivshmem/ivshmem-endpoint.js";
import type { Delivery, LinkInterrupts } from "../core/ivshmem/link-interrupts.js";

/** Interrupts below are those of each CPU. */
const firstShared = 32;
/** An end keeps the number of an interrupt in 16 bits. */
const numbers = 0x1_0000;

/** Interrupts of links on ARM: shared ones of the GIC, for vectors and pins alike (hypervisor/arch/arm-common/ivshmem.c). */
export class SpisOfLinks implements LinkInterrupts {
  /**
   * @param owns whether a cell has a shared interrupt, of any number below 2^32
   * @param setPending writes to the distributor's register for a number below 2^16, whether there is such an interrupt or not
   */
  constructor(
    private readonly owns: (cell: Cell, interrupt: number) => boolean,
    private readonly setPending: (interrupt: number) => void,
    /** Told of one that a cell may not have. */
    private readonly refused: (interrupt: number) => void = () => {},
  ) {}

  /** Only the data of the message counts, not its address. */
  ofVector({ cell, pciFunction }: IvshmemEndpoint, vector: number): Delivery | "outside" | null {
    const interrupt = pciFunction.msixVectors[4 * vector + 2]!;
    if (interrupt < firstShared || !this.owns(cell, interrupt)) {
      this.refused(interrupt);
      return "outside";
    }
    return this.of(interrupt);
  }

  /** Nobody asks whether the interrupt is the cell's. */
  ofPin({ cell }: IvshmemEndpoint, pin: number): Delivery | null {
    return this.of(firstShared + cell.config.vpciIrqBase + pin - 1);
  }

  /** @returns null for a number that is zero in 16 bits */
  private of(interrupt: number): Delivery | null {
    const kept = interrupt % numbers;
    return kept === 0 ? null : () => this.setPending(kept);
  }
}
