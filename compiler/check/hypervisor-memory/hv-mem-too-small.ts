import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import {
  createdPages,
  earlyPages,
  enabledPages,
  type HypervisorBuild,
  hypervisorBuild,
  perCpuSize,
  sizeForPages,
  usablePages,
} from "../facts/page-pool.js";
import { PoolRun } from "../facts/pool/pool-run.js";
import { pageSize } from "../facts/region.js";
import { sizeText } from "../words.js";

export const hvMemTooSmall = defineRule({
  id: "hv-mem-too-small",
  family: "hypervisor-memory",
  title: "Too little memory for the hypervisor",
  severity: "error",
  scope: "set",
  statement:
    "The memory of the hypervisor has room for its image, the data of each CPU, the system config, and all page tables.",
  explanation:
    "The memory holds the image of the hypervisor, a few pages for each CPU up to the highest one, the system config, and a pool of pages from which page tables and buffers are taken, for the root cell when it is enabled and for each cell when that is created. The PCI configuration space of 256 buses alone takes 128 pages. Sizes of image and CPU data depend on the build: those of upstream's are taken here, and what is needed is counted from below.",
  consequences: {
    driver: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The driver finds no room for image, CPUs and config.",
    },
    pool: {
      step: "enable",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The hypervisor runs out of pages while it sets itself up, and gives up.",
    },
    silent: {
      step: "enable",
      outcome: "hang",
      text: "The hypervisor runs out of pages before it can turn back: the machine stands still after its first lines on the console.",
    },
    cell: {
      step: "create",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The hypervisor runs out of pages while it sets up the cell, and gives it up.",
    },
  },
  help: "reserve more memory for the hypervisor; 6M on x86 and 4M on ARM are enough for most machines",
  sources: ["driver/main.c:450", "hypervisor/paging.c:74", "hypervisor/paging.c:652"],
  after: [
    "cpu-root-empty",
    "cpu-set-size",
    "fmt-truncated",
    "fmt-trailing",
    "fmt-arch-cell",
    "hv-mem-unaligned",
    "cpu-set-unaligned",
  ],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); hypervisor at 0x7fc0_0000 size 128K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); hypervisor at 0x7fc0_0000 size 1M }`,
  },
  *find({ set }) {
    const { system, vendor } = set;
    const build = system === null ? null : hypervisorBuild(system, vendor);
    if (system === null || build === null) return;
    const memory = system.system!.hypervisorMemory;
    const at = system.spot(memory, "size");
    const run = new PoolRun(system, vendor, set.cells);
    const enabled = enabledPages(system, build, vendor);
    const lack = lackOfSystem(system, build, enabled, run);
    if (lack !== undefined) {
      yield { at, help: helpFor(sizeForPages(enabled, system, build)), ...lack };
      return;
    }
    const usable = usablePages(system, build);
    for (const { cell, others, used } of lackingCells(set, run)) {
      const taken = used ?? enabled;
      const free = usable > taken ? usable - taken : 0n;
      const needed = atLeast(createdPages(cell, system, build, vendor), free);
      const beside = others.length === 0 ? "" : ` beside ${others.map(({ title }) => title).join(", ")}`;
      yield {
        at: cell.tableSpot("memoryRegions"),
        message: `${cell.title} takes at least ${kilobytes(needed * pageSize)} of the hypervisor's memory, of which at most ${kilobytes(free * pageSize)} are left${beside}`,
        also: [{ at, text: `${kilobytes(memory.size)} in all` }],
        help: helpFor(sizeForPages(taken + needed, system, build)),
        as: "cell",
        ...(others.length === 0 ? {} : { between: [...others, cell] }),
      };
    }
  },
});

interface LackingCell {
  readonly cell: CheckedConfig;
  /** Cells that run with it, and take what it lacks. */
  readonly others: readonly CheckedConfig[];
  /** Pages that are taken before it is created; undefined where they are only counted from below. */
  readonly used?: bigint;
}

/** Cells that cannot be created. All of them at once are tried first: mostly, that goes well. */
function* lackingCells(set: CheckedSet, run: PoolRun): Generator<LackingCell, void> {
  const { system, cells, vendor } = set;
  if (!run.isKnown) {
    const build = hypervisorBuild(system!, vendor)!;
    const free = usablePages(system!, build) - enabledPages(system!, build, vendor);
    for (const cell of cells)
      if (createdPages(cell, system!, build, vendor) > free) yield { cell, others: [] };
    return;
  }
  if (cells.every((cell) => run.create(cell))) return;
  for (const [index, cell] of cells.entries()) {
    const others = cells.slice(0, index).filter((each) => set.together(each, cell));
    const alone = usedBefore(cell, [], set);
    if (alone !== null) yield { cell, others: [], used: alone };
    else if (others.length > 0) {
      const used = usedBefore(cell, others, set);
      if (used !== null) yield { cell, others, used };
    }
  }
}

/** Pages that are taken when a cell cannot be created for want of others; null where it can. */
function usedBefore(
  cell: CheckedConfig,
  others: readonly CheckedConfig[],
  { system, vendor, cells }: CheckedSet,
): bigint | null {
  const run = new PoolRun(system!, vendor, cells);
  for (const other of others) run.create(other);
  const used = BigInt(run.used);
  return run.create(cell) ? null : used;
}

interface Lack {
  readonly message: string;
  readonly as: "driver" | "pool" | "silent";
}

function lackOfSystem(
  system: CheckedConfig,
  build: HypervisorBuild,
  enabled: bigint,
  run: PoolRun,
): Lack | undefined {
  const { size } = system.system!.hypervisorMemory;
  const fixed = build.core + perCpuSize(system, build) + BigInt(system.facts.needed);
  const said = `the hypervisor has ${kilobytes(size)}`;
  if (size <= fixed)
    return { message: `${said}, and image, CPUs and config take about ${kilobytes(fixed)}`, as: "driver" };
  const usable = usablePages(system, build);
  const early = earlyPages(system, build);
  if (run.isKnown ? run.end === null || run.end === "block" : usable >= enabled) return undefined;
  const isEarly = run.isKnown ? run.end === "boot" : usable < early;
  const isSilent = isEarly && system.mayBe("arm64");
  const needed = atLeast(isSilent && usable < early ? early : enabled, usable);
  return {
    message: `${said}, of which it can hand out about ${kilobytes(usable * pageSize)}, but needs at least ${kilobytes(needed * pageSize)}`,
    as: isSilent ? "silent" : "pool",
  };
}

/** What was counted, unless that is less than what is there: then it is known not to suffice. */
function atLeast(counted: bigint, there: bigint): bigint {
  return counted > there ? counted : there + 1n;
}

/** @param least counted from below, of this build */
function helpFor(least: bigint): string {
  return `reserve at least ${sizeText(least)} for the hypervisor, better twice as much, since builds differ and each cell takes more; regions that are joined and aligned to 2M need fewer page tables`;
}

/** `2048K`: all sizes of a message in one unit, what is begun counted as whole. */
function kilobytes(bytes: bigint): string {
  return `${(bytes + 1023n) / 1024n}K`;
}
