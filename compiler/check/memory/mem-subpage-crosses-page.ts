import { hasFlag } from "../../ir/names.js";
import { defineRule, type Hit } from "../define-rule.js";
import { keepsIndices } from "../facts/link-regions.js";
import { pageSize, type Region } from "../facts/region.js";
import { splitAt } from "../facts/region-fixes.js";
import { hex, regionText } from "../words.js";

export const memSubpageCrossesPage = defineRule({
  id: "mem-subpage-crosses-page",
  family: "memory",
  title: "Trapped region that leaves its page",
  severity: "error",
  scope: "config",
  statement:
    "A trapped region that starts within a physical page, or lets unaligned accesses through, lies in one page.",
  explanation:
    "For each access to a region that is not made of whole pages, the hypervisor maps one page for a moment and adds the offset of `phys_start` in its page to the offset of the access in its page. The sum can lead beyond the one page that is mapped, and so can an unaligned access at the end of that page.",
  consequences: {
    crash: {
      step: "run",
      outcome: "crash",
      text: "An access beyond the end of the first page faults in the hypervisor itself. The CPU stops for good (`FATAL: Jailhouse triggered exception #14` on x86, `FATAL: Unhandled HYP exception: synchronous abort from EL2` on ARM), and destroying the cell then hangs the root cell on ARM.",
    },
  },
  help: "split the region at the page, so that each part lies in one page",
  sources: ["hypervisor/mmio.c:336-347"],
  after: ["mem-addr-range", "ivshm-state-table"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0f00 size 512 rw io-32
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0f00 size 256 rw io-32
  memory at 0xfea0_1000 size 256 rw io-32
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (runsOverPages(region)) yield unalignedHit(region);
      const within = region.phys.start % pageSize;
      const leaves = within > 0n && within + region.size > pageSize;
      if (!region.isSubPage || !leaves || !isMeantForRegisters(region)) continue;
      const cut = region.phys.start - within + pageSize;
      yield {
        at: region.spot(),
        message: `${regionText(region)} is trapped, starts ${hex(within)} bytes into a page and goes on beyond it, to ${hex(region.phys.end - 1n)}`,
        label: `has to be split at ${hex(cut)}`,
        fixes: region.size < pageSize && keepsIndices(region) ? [splitAt(region, cut)] : [],
      };
    }
  },
});

/**
 * What nobody may access is never mapped. What may be accessed in no width is not either, and is memory that was to be
 * whole pages, which mem-subpage-no-width tells; registers have lost their widths, and crash once those are there.
 */
function isMeantForRegisters({ io, hasWidth, read, write }: Region): boolean {
  return (read || write) && (io || hasWidth);
}

const severalBytes = ["JAILHOUSE_MEM_IO_16", "JAILHOUSE_MEM_IO_32", "JAILHOUSE_MEM_IO_64"];

/** From the start of a page on, aligned accesses stay in theirs; of the others, the last one of each page does not. */
function runsOverPages({ isSubPage, phys, size, node, read, write }: Region): boolean {
  return (
    isSubPage &&
    phys.start % pageSize === 0n &&
    size > pageSize &&
    (read || write) &&
    hasFlag(node.flags, "JAILHOUSE_MEM_IO_UNALIGNED") &&
    severalBytes.some((flag) => hasFlag(node.flags, flag))
  );
}

function unalignedHit(region: Region): Hit<"crash"> {
  return {
    at: region.spot("flags"),
    message: `${regionText(region)} is trapped, lets unaligned accesses through and goes on beyond its first page, to ${hex(region.phys.end - 1n)}: an access at ${hex(region.phys.start + pageSize - 1n)} runs over the end of the page`,
    label: "unaligned accesses are let through",
    help: "leave `io-unaligned` out, or split the region so that each part lies in one page",
  };
}
