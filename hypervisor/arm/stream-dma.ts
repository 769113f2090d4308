import { accessFlags } from "../core/access-flags.js";
import { memory } from "../core/config/cell-config.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { pageSize } from "../core/paging/table-format.js";
import type { Arm } from "./arm.js";

type Direction = "read" | "write";

const pvuAccess = { read: Number(memory.read), write: Number(memory.write) } as const;

/**
 * Memory as devices reach it, through the IOMMU that the config has: of several kinds an MMU-500, else an SMMU of version 3,
 * else a PVU, each by its first unit. Nobody is told of what is blocked. Without any of them, and on 32-bit processors,
 * devices reach everything.
 */
export class StreamDma {
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly arm: Arm,
  ) {}

  /** @returns null if any byte is blocked */
  read(stream: number, address: number, length: number): Uint8Array | null {
    const bytes = new Uint8Array(length);
    const { memory: physicalMemory } = this.hypervisor.machine;
    const isDone = this.forPages(stream, address, length, "read", (physical, done, count) => {
      bytes.set(physicalMemory.readBytes(physical, count), done);
    });
    return isDone ? bytes : null;
  }

  /** What lies before the first byte that is blocked is written. @returns whether that was all */
  write(stream: number, address: number, bytes: Uint8Array): boolean {
    const { memory: physicalMemory } = this.hypervisor.machine;
    return this.forPages(stream, address, bytes.length, "write", (physical, done, count) => {
      physicalMemory.writeBytes(physical, bytes.subarray(done, done + count));
    });
  }

  private forPages(
    stream: number,
    address: number,
    length: number,
    direction: Direction,
    action: (physical: number, done: number, count: number) => void,
  ): boolean {
    for (let done = 0; done < length; ) {
      const at = address + done;
      const physical = this.translate(stream, at, direction);
      if (physical === null) return this.deny(stream, at, direction);
      const count = Math.min(pageSize - (at % pageSize), length - done);
      action(physical, done, count);
      done += count;
    }
    return true;
  }

  /** A stream without a cell is taken for one of the root cell. */
  private deny(stream: number, address: number, direction: Direction): false {
    const { allCells, denials, rootCell } = this.hypervisor;
    const owner = this.ownerOf(stream);
    const cell = allCells.find(({ config }) => config.id === owner) ?? rootCell;
    denials.tell(cell, null, { kind: "stream", direction, stream, address }, "silent");
    return false;
  }

  /** Id of a cell; null where no unit knows one. */
  private ownerOf(stream: number): number | null {
    const { mmu500, smmuV3 } = this.arm;
    if (mmu500?.isThere === true) return mmu500.ownerOf(0, stream);
    if (smmuV3?.isThere === true) return smmuV3.ownerOf(0, stream);
    const { allCells } = this.hypervisor;
    const cell = allCells.findLast(({ config }) => config.streamIds.some(({ word }) => word === stream));
    return cell?.config.id ?? null;
  }

  private translate(stream: number, address: number, direction: Direction): number | null {
    const { mmu500, smmuV3, pvu } = this.arm;
    if (mmu500?.isThere === true) {
      const owner = mmu500.ownerOf(0, stream);
      return owner === null ? null : this.throughTables(owner, address, direction);
    }
    if (smmuV3?.isThere === true) {
      const owner = smmuV3.ownerOf(0, stream);
      return owner === null ? address : this.throughTables(owner, address, direction);
    }
    return pvu?.isThere === true ? this.throughPvu(stream, address, direction) : address;
  }

  /** Devices and processors share tables. */
  private throughTables(owner: number, address: number, direction: Direction): number | null {
    const cell = this.hypervisor.allCells.find(({ config }) => config.id === owner);
    if (cell === undefined) return null;
    return this.arm.tablesOf(cell).translate(address, accessFlags[direction])?.physical ?? null;
  }

  private throughPvu(stream: number, address: number, direction: Direction): number | null {
    const at = BigInt(address);
    const entry = this.arm
      .pvu!.reachOf(0, stream)
      .find(({ virtual, size }) => at >= virtual && at < virtual + size);
    if (entry === undefined || (entry.access & pvuAccess[direction]) === 0) return null;
    return Number(entry.physical + (at - entry.virtual));
  }
}
