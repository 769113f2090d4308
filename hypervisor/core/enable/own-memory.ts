import { consoleFlags } from "../config/cell-config.js";
import { type Hypervisor, pagesOf } from "../hypervisor.js";
import { PageTables } from "../paging/page-tables.js";
import { pageSize } from "../paging/table-format.js";
import { HypervisorFault, Refusal } from "../refusal.js";

/** Pages of the bitmap of the space for devices (hypervisor/include/jailhouse/paging.h). */
const remapBitmapPages = 4;
/** Pages through which a CPU looks at a cell's memory. */
const temporaryPages = 16;

const readWrite = 3;

/** The pool, and the hypervisor's own tables (hypervisor/paging.c:634-716). ENOMEM where the pool is too small. */
export function prepareOwnMemory(hypervisor: Hypervisor): void {
  const { pool, setup, ownTables, memoryStart } = hypervisor;
  const { build, config, maxCpus } = setup;
  const bitmapPages = Math.ceil(pool.pages / (8 * pageSize));
  const perCpuPages = (maxCpus * build.perCpuSize) / pageSize;
  const reserved = perCpuPages + pagesOf(config.totalSize) + bitmapPages;
  if (pool.pages <= reserved) throw new Refusal("ENOMEM");
  pool.reserve(reserved);
  hypervisor.pool.take(remapBitmapPages);
  hypervisor.parkingTables = new PageTables(setup.cellTables, pool, parkingRoot(hypervisor));
  const { base } = setup.addresses;
  ownTables.create(BigInt(memoryStart), config.hypervisorMemory.size, BigInt(base), readWrite, "huge");
  for (let cpu = 0; cpu < maxCpus; cpu++) {
    const offset = BigInt(build.coreSize + cpu * build.perCpuSize);
    const size = BigInt(build.perCpuSize - build.publicPerCpuSize);
    ownTables.create(BigInt(memoryStart) + offset, size, BigInt(base) + offset, readWrite, "huge");
  }
  mapConsole(hypervisor);
}

function parkingRoot({ pool, setup }: Hypervisor): number {
  const pages = pool.take(setup.rootTablePages, setup.rootTablePages);
  if (pages === null) throw new Refusal("ENOMEM");
  return pages;
}

/** Where the driver has mapped a console in memory, the hypervisor maps it at the same place. */
function mapConsole(hypervisor: Hypervisor): void {
  const { setup, ownTables } = hypervisor;
  const { debugConsole } = setup.config;
  if ((debugConsole.flags & consoleFlags.mmio) === 0) return;
  const { console, remap } = setup.addresses;
  const end = console + BigInt(debugConsole.size);
  if (end >= BigInt(remap) && console < BigInt(remap + hypervisor.remapPool.pages * pageSize)) {
    throw hypervisor.refusal("EINVAL", "hypervisor/paging.c:701");
  }
  ownTables.create(
    debugConsole.address,
    BigInt(debugConsole.size),
    setup.addresses.console,
    readWrite,
    "huge",
  );
  // On ARM64 it lies before the hypervisor, in whose place it goes on.
  const { base } = setup.addresses;
  if (console < BigInt(base) && end > BigInt(base))
    throw new HypervisorFault(null, "the hypervisor's code, in whose place the console is mapped");
}

/**
 * Each CPU has a root table of its own, which shares what is below for the hypervisor's memory (hypervisor/setup.c:110-146).
 *
 * @param initialize what is done between mapping the CPU's data and reserving its temporary pages
 */
export function prepareOwnTablesOfCpu(hypervisor: Hypervisor, id: number, initialize: () => void): void {
  const { setup, pool, memoryStart } = hypervisor;
  const { build, addresses } = setup;
  // That of the first CPU is the hypervisor's own.
  const tables = id === 0 ? hypervisor.ownTables : new PageTables(setup.ownTables, pool, null);
  const data = memoryStart + build.coreSize + id * build.perCpuSize;
  const local = addresses.temporary + BigInt(temporaryPages * pageSize);
  tables.create(BigInt(data), BigInt(build.perCpuSize), local, readWrite, "huge");
  initialize();
  tables.create(0n, BigInt(temporaryPages * pageSize), addresses.temporary, 0, "small");
}
