import { PagePool } from "../../hypervisor/core/page-pool.js";
import { PageTables } from "../../hypervisor/core/paging/page-tables.js";
import { PhysicalMemory } from "../../hypervisor/machine/physical-memory.js";
import { GuestMemory } from "../../hypervisor/run/guest-memory.js";
import { extendedTables } from "../../hypervisor/x86/table-formats.js";
import { X86Machine } from "../hypervisor/recorded/x86-machine.js";
import { baseConfigs } from "../oracle/base-configs.js";
import { withCpus, withRegions } from "./many-cells.js";

export interface SimulatorFigures {
  /** Accesses of cells with so many regions: those to one of them, and those to one after the other. */
  readonly accesses: readonly {
    readonly regions: number;
    /** Million a second. */
    readonly one: number;
    readonly all: number;
    /** The cost of an access to one region, as a multiple of that of bytes that nobody checks. */
    readonly ratio: number;
  }[];
  readonly cells: number;
  readonly regionsOfCell: number;
  /** Milliseconds to enable a system and to create all cells. */
  readonly created: number;
}

const rounds = 5_000_000;

/** How fast cells reach their memory, and how fast many cells are there. */
export function measureSimulator(): SimulatorFigures {
  const bare = new DataView(new ArrayBuffer(0x1000));
  const bareTime = fastest(() => sum((at) => bare.getUint32(at & 0xffc, true)));
  const accesses = [10, 100, 1000, 10_000].map((regions) => {
    const memory = memoryOf(regions);
    const one = fastest(() => sum((at) => memory.read32(start + (at & 0xffc))));
    const all = fastest(() => sum((at) => memory.read32(start + (at % regions) * stride + (at & 0xffc))));
    return { regions, one: rounds / one / 1000, all: rounds / all / 1000, ratio: one / bareTime };
  });
  return { accesses, ...measureCreation() };
}

const start = 0x1_0000_0000;
const stride = 0x2000;

/** Regions with holes between them, whose memory is elsewhere. */
function memoryOf(regions: number): GuestMemory {
  const tables = new PageTables(extendedTables, new PagePool(100_000, 0), null);
  for (let index = 0; index < regions; index++) {
    tables.create(BigInt(index * 0x3000), 0x1000n, BigInt(start + index * stride), 3, "small");
  }
  const denied = (): never => {
    throw new Error("an access that is not allowed");
  };
  const rights = { read: 1, write: 3 };
  return new GuestMemory(new PhysicalMemory(), tables, rights, { read: denied, write: denied });
}

function sum(read: (at: number) => number): number {
  let total = 0;
  for (let at = 0; at < rounds * 4; at += 4) total = (total + read(at)) | 0;
  return total;
}

/** Milliseconds, of three runs after one that warms up. */
function fastest(action: () => unknown): number {
  action();
  const times = [0, 1, 2].map(() => {
    const began = performance.now();
    action();
    return performance.now() - began;
  });
  return Math.min(...times);
}

function measureCreation(): Pick<SimulatorFigures, "cells" | "regionsOfCell" | "created"> {
  const cells = 100;
  const regionsOfCell = 1000;
  const system = baseConfigs().get("qemu-x86")!;
  const large = withRegions(withCpus(system, "system", allCpus(128)), "system", [
    { physStart: 0x1_0000_0000n, virtStart: 0x1_0000_0000n, size: 0x40_0000_0000n, flags: 0xfn },
  ]);
  // 128M for the hypervisor: so many page tables need them.
  new DataView(large.buffer).setBigUint64(28, 0x800_0000n, true);
  const configs = Array.from({ length: cells }, (_, cell) => {
    const regions = Array.from({ length: regionsOfCell }, (__, index) => ({
      physStart: 0x1_0000_0000n + BigInt(cell * 0x1000_0000 + index * stride),
      virtStart: BigInt(0x20_0000 + index * stride),
      size: 0x1000n,
      flags: 7n,
    }));
    const named = Uint8Array.from(baseConfigs().get("tiny-demo")!);
    named.fill(0, 8, 40).set(new TextEncoder().encode(`cell-${cell}`), 8);
    return withRegions(withCpus(named, "cell", oneCpu(cell + 1)), "cell", regions);
  });
  const create = (): void => {
    const machine = new X86Machine(large, { vendor: "intel" });
    const results = [machine.enable(), ...configs.map((bytes, index) => machine.create(bytes, index + 1))];
    if (results.some((result) => result !== 0)) throw new Error("a cell of the benchmark is refused");
  };
  return { cells, regionsOfCell, created: fastest(create) };
}

function allCpus(count: number): Uint8Array {
  return new Uint8Array(count / 8).fill(0xff);
}

function oneCpu(cpu: number): Uint8Array {
  const set = new Uint8Array(16);
  set[cpu >> 3] = 1 << (cpu & 7);
  return set;
}
