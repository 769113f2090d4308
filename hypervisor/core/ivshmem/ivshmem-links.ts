import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";
import type { PciFunction } from "../pci/pci-function.js";
import { HypervisorFault } from "../refusal.js";
import { bdfText } from "../words.js";
import { type IvshmemEndpoint, type IvshmemLink, mostEnds } from "./ivshmem-endpoint.js";

const mostVectors = 16;
const stateWord = 4;

/** The links of shared memory and their ends, as they come and go (hypervisor/ivshmem.c:399-550). */
export class IvshmemLinks {
  private readonly links = new Map<number, IvshmemLink>();

  constructor(private readonly hypervisor: Hypervisor) {}

  /** Refuses regions that the cell does not have, too many vectors, an id that is too high or that is taken. */
  connect(cell: Cell, pciFunction: PciFunction): void {
    const { hypervisor } = this;
    const { info } = pciFunction;
    hypervisor.print(`Adding virtual PCI device ${bdfText(info.bdf)} to cell "${cell.name}"\n`);
    // The sum wraps in 32 bits.
    const lastRegion = (info.shmemRegionsStart + 2 + info.shmemPeers) >>> 0;
    if (lastRegion > cell.config.memoryRegions.length || info.numMsixVectors > mostVectors) {
      throw hypervisor.refusal("EINVAL", "hypervisor/ivshmem.c:417");
    }
    if (info.shmemDevId >= mostEnds) throw hypervisor.refusal("EINVAL", "hypervisor/ivshmem.c:425");
    const link = this.joined(info.bdf, info.shmemDevId) ?? this.opened(info.bdf);
    const endpoint = { cell, pciFunction, link };
    const isFirst = link.ends.every((end) => end === null);
    link.ends[info.shmemDevId] = endpoint;
    pciFunction.ivshmem = endpoint;
    pciFunction.owner = cell;
    if (isFirst) this.clearStates(endpoint);
    this.setState(endpoint, 0);
  }

  /** A link that is there, if the id is free; tells who is at it. */
  private joined(bdf: number, id: number): IvshmemLink | null {
    const { hypervisor } = this;
    const link = this.links.get(bdf);
    if (link === undefined) return null;
    if (link.ends[id] !== null) throw hypervisor.refusal("EBUSY", "hypervisor/ivshmem.c:429");
    hypervisor.print("Shared memory connection established, peer cells:\n");
    for (const end of link.ends) {
      if (end !== null) hypervisor.print(` "${end.cell.name}"\n`);
    }
    return link;
  }

  private opened(bdf: number): IvshmemLink {
    const page = this.hypervisor.takePages(1);
    const link = { bdf, page, ends: new Array<IvshmemEndpoint | null>(mostEnds).fill(null) };
    this.links.set(bdf, link);
    return link;
  }

  private clearStates(endpoint: IvshmemEndpoint): void {
    for (let id = 0; id < endpoint.pciFunction.info.shmemPeers; id++) this.writeState(endpoint, id, 0);
  }

  setState(endpoint: IvshmemEndpoint, state: number): void {
    this.writeState(endpoint, endpoint.pciFunction.info.shmemDevId, state);
  }

  /** The table is at the start of the end's first region, in its first page. */
  private writeState({ cell, pciFunction }: IvshmemEndpoint, id: number, state: number): void {
    const table = cell.config.memoryRegions[pciFunction.info.shmemRegionsStart];
    // Only a number of regions that wraps leads so far behind the table.
    if (table === undefined) throw new HypervisorFault(pciFunction.info.shmemRegionsStart);
    const page = Number(BigInt.asUintN(52, table.physStart & ~0xfffn));
    this.hypervisor.machine.memory.write(page + id * stateWord, 4, BigInt(state));
  }

  /** The last end that goes takes the link with it. */
  disconnect(endpoint: IvshmemEndpoint): void {
    this.setState(endpoint, 0);
    const { link, pciFunction } = endpoint;
    link.ends[pciFunction.info.shmemDevId] = null;
    if (link.ends.some((end) => end !== null)) return;
    this.links.delete(link.bdf);
    this.hypervisor.freePages(link.page, 1);
  }
}
