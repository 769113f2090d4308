import type { PhysicalMemory } from "../../machine/physical-memory.js";

const wordSize = 4;

/** What each end of a link says of itself: words in the first page of the first region, whatever its offset in that page. */
export class StateTable {
  constructor(
    private readonly memory: PhysicalMemory,
    /** Physical address of the page. */
    private readonly page: number,
  ) {}

  /** @param id of the end, 0 to 11; @param state 32 bits */
  write(id: number, state: number): void {
    this.memory.write(this.page + id * wordSize, wordSize, BigInt(state));
  }

  /** @param peers 0 to 255 */
  clear(peers: number): void {
    for (let id = 0; id < peers; id++) this.write(id, 0);
  }
}
