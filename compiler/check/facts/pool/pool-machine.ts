import type { IommuUnit } from "../../../ir/platform.js";
import type { CheckedConfig } from "../checked-config.js";
import { iommuUnitsOf, type Vendor } from "../checked-set.js";
import type { HypervisorBuild } from "../page-pool.js";
import { CountedTables, type Levels, levelsOf } from "./counted-tables.js";
import { OutOfPages, PoolPages } from "./pool-pages.js";

/** Thrown where something else than the pool ends a command: other rules tell it. */
export class EndsOtherwise extends Error {
  override readonly name = "EndsOtherwise";
}

export type PoolMachine = "x86" | "arm64" | "arm";

/** Where the hypervisor has things in its own address space, as tables of 48 bits see them. */
interface OwnAddresses {
  readonly base: number;
  readonly remap: number;
  readonly temporary: number;
}

/** include/arch/{x86,arm64,arm}/asm/jailhouse_header.h and arch/{x86,arm64,arm}/include/asm/paging.h */
const addresses: Readonly<Record<PoolMachine, OwnAddresses>> = {
  x86: { base: 0xffff_f000_0000, remap: 0xff80_0000_0000, temporary: 0x80_0000_0000 },
  arm64: { base: 0xffff_c020_0000, remap: 0xff80_0000_0000, temporary: 0xff00_0000_0000 },
  arm: { base: 0xf000_0000, remap: 0xf800_0000, temporary: 0x4000_0000 },
};

const page = 4096;
/** Pages of address space in which devices are mapped (hypervisor/include/jailhouse/paging.h:28). */
const remapPages = 131_072;
/** Pages through which a CPU looks at a cell's memory. */
export const temporaryPages = 16;

/** The pool, the hypervisor's own tables, and what it has mapped of devices, while it is being set up. */
export class PoolState {
  readonly pool: PoolPages;
  readonly own: CountedTables;
  readonly machine: PoolMachine;
  readonly ownLevels: Levels;
  readonly cellLevels: Levels;
  readonly addresses: OwnAddresses;
  readonly units: readonly IommuUnit[];
  /** I/O APICs that are mapped. */
  readonly ioApics = new Set<bigint>();
  /** Links of shared memory by their devices. */
  readonly links = new Set<number>();
  /** Pages of streams of SMMUs of version 3, by unit and part: how many streams each has. */
  readonly streamParts = new Map<string, number>();
  /** VT-d: pages of buses, by number, with the devices that cells have there. AMD: parts of the tables of devices. */
  readonly buses = new Map<number, { readonly page: number; readonly devices: Set<number> }>();
  readonly segments = new Set<string>();
  #remapped = 0;

  constructor(
    readonly system: CheckedConfig,
    readonly vendor: Vendor | null,
    readonly build: HypervisorBuild,
    usable: number,
    /** Of SMMUs of version 3. */
    readonly streamBits: number,
  ) {
    const { machine } = system;
    this.machine = machine!;
    const { physStart } = system.system!.hypervisorMemory;
    this.pool = new PoolPages(usable, Number((physStart + build.core) / BigInt(page)));
    const is32Bit = machine === "arm";
    this.ownLevels = is32Bit ? levelsOf(3, 4, true) : levelsOf(4, 512, false);
    this.cellLevels = is32Bit ? levelsOf(3, 4, false) : this.ownLevels;
    this.own = new CountedTables(this.pool, this.ownLevels);
    this.addresses = addresses[this.machine];
    this.units = iommuUnitsOf(system);
  }

  /** Room in the space for devices, in pages. @returns where it is, in bytes */
  takeRemap(pages: number): bigint {
    const start = this.addresses.remap + this.#remapped * page;
    this.#remapped += pages;
    if (pages === 0 || this.#remapped > remapPages) throw new EndsOtherwise();
    return BigInt(start);
  }

  /** Maps registers for the hypervisor itself. @param size in bytes */
  mapDevice(physical: bigint, size: number): void {
    const virtual = this.takeRemap(Math.ceil(size / page));
    this.own.map(physical, BigInt(size), virtual, true, true);
  }
}

/** Bytes in whole pages. @throws OutOfPages for none, as a request for no page ends so */
export function takeBytes(pool: PoolPages, bytes: number): number {
  if (bytes === 0) throw new OutOfPages();
  return pool.take(Math.ceil(bytes / page));
}
