import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { Region } from "../facts/region.js";
import { isTakenAsSubPage, isTakenFromRoot } from "../facts/root-memory.js";
import { hex, regionText, sizeText } from "../words.js";

const wholeRange = 1n << 64n;

type Key = "endless" | "flushed" | "later" | "wraps" | "aliased" | "masked" | "truncated";

export const memAddrRange = defineRule<"config", Key>({
  id: "mem-addr-range",
  family: "memory",
  title: "Addresses beyond what can be mapped",
  severity: "error",
  scope: "config",
  statement: "Every address of a region can be mapped on the machine.",
  explanation:
    "The page tables of a cell translate 48 bits of its addresses on x86 and arm64, and hold 52 bits of an address of the machine on x86, 48 on arm64. On arm the hypervisor works with 32 bits. It does not look at the bits beyond these, nor at a sum of start and size that leaves 64 bits.",
  consequences: {
    endless: {
      step: "create",
      outcome: "hang",
      text: "To take the region from the root cell, the hypervisor walks through its page tables, where nothing is mapped page by page: that takes hours, in which the root cell stands still.",
    },
    flushed: {
      step: "start",
      outcome: "hang",
      text: "The cell is created. When it is started, or given up, the hypervisor takes all of the region out of the caches, 64K by 64K: that takes hours, in which the root cell stands still.",
    },
    later: {
      step: "destroy",
      outcome: "hang",
      text: "The cell is created. When it is destroyed, or given up, the hypervisor walks through its page tables, where nothing is mapped page by page: that takes hours, in which the root cell stands still.",
    },
    wraps: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The sum starts over at 0: what is mapped, taken from the root cell and given back is not what the config says.",
    },
    aliased: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The bits from 48 on are ignored: the region appears at the address that remains, over whatever else is mapped there.",
    },
    masked: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The bits of the machine's address that the page tables have no room for are dropped: the cell reaches the memory at the address that remains, whoever it belongs to, the hypervisor included.",
    },
    truncated: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The upper half of the address is dropped: other memory is mapped, or at another address, than the config says.",
    },
  },
  help: "correct the address or the size",
  sources: [
    "hypervisor/paging.c:280",
    "hypervisor/control.c:303-312",
    "hypervisor/arch/x86/paging.c:75-91",
    "hypervisor/arch/arm64/include/asm/paging.h:82",
    "hypervisor/arch/arm-common/mmu_cell.c:77",
  ],
  after: ["mem-iommu-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 0x1_0000_0000_0000 rw
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 0xffff_0000_0000 rw
}`,
  },
  *find({ config }) {
    const limits = limitsOf(config);
    for (const region of config.regions) {
      const { physStart, virtStart, size } = region.node;
      const reach = [
        { field: "physStart", start: physStart, limit: region.comm ? null : limits.phys, beyond: "masked" },
        { field: "virtStart", start: virtStart, limit: limits.virt, beyond: "aliased" },
      ] as const;
      for (const { field, start, limit, beyond } of reach) {
        const last = start + size - 1n;
        if (size === 0n || limit === null || last < limit) continue;
        yield {
          at: region.spot(field),
          message: `${regionText(region)} reaches to ${hex(last)}; addresses ${field === "physStart" ? "of the machine" : "of a cell"} end at ${hex(limit - 1n)}`,
          as: consequenceOf(region, last, beyond),
        };
        break;
      }
      const later = endlessLater(region);
      if (later === null) continue;
      yield {
        at: region.spot("size"),
        message: `${regionText(region)} has ${sizeText(region.size)}, which the hypervisor goes through page by page`,
        as: later,
      };
    }
  },
});

/** What comes of a region that ends behind what can be mapped, at `last`. */
function consequenceOf(region: Region, last: bigint, beyond: "masked" | "aliased"): Key {
  if (isEndless(region)) return "endless";
  if (last >= wholeRange) return "wraps";
  return region.config.machine === "arm" ? "truncated" : beyond;
}

/** More pages than anybody waits for (hypervisor/paging.c:424-446: holes of the uppermost level are left 4K by 4K). */
const endlessSize = 1n << 52n;
/** The same in steps of 64K (hypervisor/arch/arm-common/mmu_cell.c:77). */
const endlessFlush = 1n << 50n;

function isEndless(region: Region): boolean {
  const { config, node } = region;
  const isTaken = !config.isRoot && isTakenFromRoot(region) && !isTakenAsSubPage(region);
  return isTaken && config.machine !== "arm" && node.size > endlessSize;
}

/** What has no end when the cell is started or destroyed. On 32-bit ARM the hypervisor counts in 32 bits. */
function endlessLater(region: Region): "flushed" | "later" | null {
  const { config, node, isMapped, io, comm } = region;
  if (config.isRoot || config.machine === "arm" || isEndless(region)) return null;
  if (config.machine === "arm64" && !io && !comm && node.size >= endlessFlush) return "flushed";
  return isMapped && node.size > endlessSize ? "later" : null;
}

/** The addresses behind the last ones that can be used. Before revision 14 an ARM config may be for 32 or 64 bits. */
function limitsOf({ machine, machines }: CheckedConfig): {
  readonly phys: bigint;
  readonly virt: bigint;
} {
  if (machine === "arm") return { phys: 1n << 32n, virt: 1n << 32n };
  if (machines.length === 0) return { phys: wholeRange, virt: wholeRange };
  return { phys: machine === "x86" ? 1n << 52n : 1n << 48n, virt: 1n << 48n };
}
