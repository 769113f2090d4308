import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
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
      text: "The hypervisor runs out of pages while it maps the memory of the cell.",
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
  *find({ set: { system, cells, vendor } }) {
    const build = system === null ? null : hypervisorBuild(system, vendor);
    if (system === null || build === null) return;
    const memory = system.system!.hypervisorMemory;
    const at = system.spot(memory, "size");
    const enabled = enabledPages(system, build, vendor);
    const lack = lackOfSystem(system, build, enabled);
    if (lack !== undefined) {
      yield { at, help: helpFor(sizeForPages(enabled, system, build)), ...lack };
      return;
    }
    const free = usablePages(system, build) - enabled;
    for (const cell of cells) {
      const needed = createdPages(cell, system, build, vendor);
      if (needed <= free) continue;
      yield {
        at: cell.tableSpot("memoryRegions"),
        message: `${cell.title} takes at least ${kilobytes(needed * pageSize)} of the hypervisor's memory, of which at most ${kilobytes(free * pageSize)} are left`,
        also: [{ at, text: `${kilobytes(memory.size)} in all` }],
        help: helpFor(sizeForPages(enabled + needed, system, build)),
        as: "cell",
      };
    }
  },
});

interface Lack {
  readonly message: string;
  readonly as: "driver" | "pool" | "silent";
}

function lackOfSystem(system: CheckedConfig, build: HypervisorBuild, enabled: bigint): Lack | undefined {
  const { size } = system.system!.hypervisorMemory;
  const fixed = build.core + perCpuSize(system, build) + BigInt(system.facts.needed);
  const said = `the hypervisor has ${kilobytes(size)}`;
  if (size <= fixed)
    return { message: `${said}, and image, CPUs and config take about ${kilobytes(fixed)}`, as: "driver" };
  const usable = usablePages(system, build);
  if (usable >= enabled) return undefined;
  const early = earlyPages(system, build);
  const isSilent = system.isArm && usable < early;
  const needed = isSilent ? early : enabled;
  return {
    message: `${said}, of which it can hand out about ${kilobytes(usable * pageSize)}, but needs at least ${kilobytes(needed * pageSize)}`,
    as: isSilent ? "silent" : "pool",
  };
}

/** @param least counted from below, of this build */
function helpFor(least: bigint): string {
  return `reserve at least ${sizeText(least)} for the hypervisor, better twice as much, since builds differ and each cell takes more; regions that are joined and aligned to 2M need fewer page tables`;
}

/** `2048K`: all sizes of a message in one unit, what is begun counted as whole. */
function kilobytes(bytes: bigint): string {
  return `${(bytes + 1023n) / 1024n}K`;
}
