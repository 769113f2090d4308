import { defineRule } from "../define-rule.js";
import { firstFew } from "../facts/first-few.js";
import type { Interval } from "../facts/intervals.js";
import { notInRoot, notWritableInRoot, readOnlyMemory, rootRegionsUnder } from "../facts/root-memory.js";
import { hex, listed, rangeText, regionText } from "../words.js";

/** How many of the missing ranges are named. */
const mostNamed = 4;

export const loadNotInRoot = defineRule({
  id: "load-not-in-root",
  family: "load",
  title: "Loadable memory that the root cell cannot write",
  severity: "error",
  scope: "root",
  statement: "All of a loadable region lies in regions that the root cell may write.",
  explanation:
    "Images are copied by Linux in the root cell. For that, the hypervisor maps the loadable regions of the cell back into the root cell, but only as far as the root cell has them in its own config, and with the rights that it has there.",
  consequences: {
    unmapped: {
      step: "load",
      outcome: "parked",
      text: "The root cell does not have this memory, not even while an image is loaded: the hypervisor stops the copy, and the CPU that it runs on is lost to Linux, usually all of Linux with it.",
    },
    readOnly: {
      step: "load",
      outcome: "parked",
      text: "The root cell may only read this memory, also while an image is loaded: the hypervisor stops the copy, and the CPU that it runs on is lost to Linux, usually all of Linux with it.",
    },
  },
  help: "add the memory to the root cell with the right to write, or do without LOADABLE where nothing is loaded",
  helpInLanguage:
    "add the memory to the root cell with the right to write, or do without `loadable` where nothing is loaded",
  sources: ["hypervisor/control.c:330", "hypervisor/control.c:711", "driver/cell.c:342"],
  after: [
    "fmt-arch-cell",
    "comm-flags",
    "mem-addr-range",
    "mem-phys-misaligned",
    "hv-mem-overlap",
    "cpu-set-unaligned",
  ],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x8000_0000 size 1M mapped at 4M rwx loadable
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x7800_0000 size 1M mapped at 4M rwx loadable
}`,
  },
  *find({ cell, system }) {
    for (const region of cell.regions) {
      if (!region.loadable || !region.hasPhysical) continue;
      const unmapped = notInRoot(region, system);
      const isThere = unmapped.length === 0;
      const missing = isThere ? notWritableInRoot(region, system) : unmapped;
      if (missing.length === 0) continue;
      const readOnly = firstFew(readOnlyMemory(system).overlapping(region.phys), mostNamed);
      const [first] = unmapped;
      // Where the root cell has the start, the region is too long, or that of the root cell too short.
      const isTooLong = first !== undefined && first.start > region.phys.start && unmapped.length === 1;
      const before = isTooLong
        ? rootRegionsUnder(region, system).find(({ phys }) => phys.end === first.start)
        : undefined;
      yield {
        at: isTooLong ? region.spot("size") : region.spot(),
        message: `${system.title} ${isThere ? "may not write" : "does not have"} ${rangesText(missing)} of the loadable memory ${rangeText(region.phys)}`,
        also: readOnly.map((each) => ({
          at: each.region.spot("flags"),
          text: `${regionText(each.region)} may not be written`,
        })),
        // No place: what is wrong with that region otherwise does not explain this.
        notes: before === undefined ? [] : [`${regionText(before)} ends before ${hex(before.phys.end)}`],
        as: isThere ? "readOnly" : "unmapped",
      };
    }
  },
});

function rangesText(ranges: readonly Interval[]): string {
  const named = ranges.slice(0, mostNamed).map(rangeText);
  return listed(ranges.length > mostNamed ? [...named, "more"] : named);
}
