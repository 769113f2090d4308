import { defineRule } from "../define-rule.js";
import { cachePartOf, hasCacheControl, rootWaysOf, waysText } from "../facts/cache-ways.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";

export const catNoncontiguousRoot = defineRule({
  id: "cat-noncontiguous-root",
  family: "cache",
  title: "Part of the cache in the middle of the root cell's",
  severity: "info",
  scope: "root",
  machines: ["x86"],
  statement: "What a cell leaves the root cell of the cache is in one piece.",
  explanation:
    "A mask of ways has no gaps. Where a cell takes ways out of the middle, the hypervisor takes the lower piece of what is left from the root cell, too.",
  consequences: {
    idle: {
      step: "create",
      outcome: "harmless",
      prints: ["CAT: Shrunk root cell bitmask to %08llx"],
      text: "Nothing complains. The lower ways serve nobody until the cell is destroyed, or until nothing else is left for the root cell.",
    },
  },
  help: "give cells the lowest ways of the cache, without gaps",
  sources: ["hypervisor/arch/x86/cat.c:117"],
  after: ["cat-config", "cat-root-empty"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cache l3 ways 2-3 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cache l3 ways 0-1 }`,
  },
  *find({ cell, system, set }) {
    const part = cachePartOf(cell);
    if (!hasCacheControl(set, cell) || part === null || part.rootShared) return;
    const root = rootWaysOf(system) & ~waysOfOthers(cell, set);
    const lowest = part.ways & -part.ways;
    const lower = root & (lowest - 1n);
    const upper = root & ~(part.ways | (lowest - 1n));
    const isNextToLower = (root & (lowest >> 1n)) !== 0n;
    if (!isNextToLower || upper === 0n) return;
    yield {
      at: cell.spot(part.region),
      message: `taking ${waysText(part.ways)} cuts the root cell's part in two: nobody uses the lower piece, ${waysText(lower)}`,
      ...(system.cell.cacheRegions.length > 0 ? {} : { notes: [unknownEnd] }),
    };
  },
});

const unknownEnd =
  "the root cell has no cache region, so how many ways there are is not known: if these are the last ones, nothing is lost";

/** Ways that are not the root cell's any more while cells run together with this one. */
function waysOfOthers(cell: CheckedConfig, set: CheckedSet): bigint {
  return set.cells
    .filter((each) => each !== cell && set.together(each, cell))
    .map(cachePartOf)
    .reduce((ways, part) => ways | (part === null || part.rootShared ? 0n : part.ways), 0n);
}
