import type { Cell } from "../cell.js";
import type { PciFunction } from "../pci/pci-function.js";
import { HypervisorFault } from "../refusal.js";
import type { HypervisorServices } from "../services.js";
import { bdfText } from "../words.js";
import { IvshmemEnd } from "./ivshmem-end.js";
import {
  type IvshmemEndpoint,
  type IvshmemLink,
  type LinkedEnd,
  mostEnds,
  mostVectors,
} from "./ivshmem-endpoint.js";

/** The links of shared memory and their ends, as they come and go (hypervisor/ivshmem.c:399-550). */
export class IvshmemLinks {
  private readonly links = new Map<number, IvshmemLink>();

  constructor(private readonly hypervisor: HypervisorServices) {}

  /**
   * Refuses regions that the cell does not have, too many vectors, an id that is too high or that is taken.
   *
   * @throws HypervisorFault where the number of the first region is so high that the check wraps, or a peer has no owner
   */
  connect(cell: Cell, pciFunction: PciFunction): void {
    const { hypervisor } = this;
    const { info } = pciFunction;
    hypervisor.print(`Adding virtual PCI device ${bdfText(info.bdf)} to cell "${cell.name}"\n`);
    // The sum wraps in 32 bits.
    const lastRegion = (info.shmemRegionsStart + 2 + info.shmemPeers) >>> 0;
    if (lastRegion > cell.config.memoryRegions.length || info.numMsixVectors > mostVectors) {
      throw hypervisor.refusal("EINVAL", "hypervisor/ivshmem.c:413");
    }
    if (info.shmemDevId >= mostEnds) throw hypervisor.refusal("EINVAL", "hypervisor/ivshmem.c:421");
    const link = this.joined(info.bdf, info.shmemDevId) ?? this.opened(info.bdf);
    const isFirst = link.ends.every((end) => end === null);
    const end = new IvshmemEnd(hypervisor, cell, pciFunction, link);
    link.ends[info.shmemDevId] = end;
    if (isFirst) end.clearStates();
    pciFunction.ivshmem = end;
    pciFunction.owner = cell;
    pciFunction.forgetMessages();
    end.reset();
  }

  /** A link that is there, if the id is free; tells who is at it. */
  private joined(bdf: number, id: number): IvshmemLink | null {
    const { hypervisor } = this;
    const link = this.links.get(bdf);
    if (link === undefined) return null;
    if (link.ends[id] !== null) throw hypervisor.refusal("EBUSY", "hypervisor/ivshmem.c:425");
    hypervisor.print("Shared memory connection established, peer cells:\n");
    for (const end of link.ends) {
      if (end === null) continue;
      // The root cell's end stays in the link when another cell takes it as a physical device; its owner is asked for.
      if (end.pciFunction.owner === null) {
        throw new HypervisorFault(null, "access to the cell of a link's end that no cell owns");
      }
      hypervisor.print(` "${end.cell.name}"\n`);
    }
    return link;
  }

  private opened(bdf: number): IvshmemLink {
    const page = this.hypervisor.takePages(1);
    const ends = new Array<LinkedEnd | null>(mostEnds).fill(null);
    const link = { bdf, page, ends, leftActive: ends.map(() => []) };
    this.links.set(bdf, link);
    return link;
  }

  /** The last end that goes takes the link with it. */
  disconnect({ link, pciFunction }: IvshmemEndpoint): void {
    const { shmemDevId } = pciFunction.info;
    link.ends[shmemDevId]!.leave();
    link.ends[shmemDevId] = null;
    if (link.ends.some((end) => end !== null)) return;
    this.links.delete(link.bdf);
    this.hypervisor.freePages(link.page, 1);
  }
}
