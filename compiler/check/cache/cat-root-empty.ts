import { defineRule } from "../define-rule.js";
import { cachePartOf, hasCacheControl, rootWaysOf, waysText, withoutPart } from "../facts/cache-ways.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";

export const catRootEmpty = defineRule({
  id: "cat-root-empty",
  family: "cache",
  title: "Cells take the whole cache",
  severity: "error",
  otherwise: "warning where the vendor is not known",
  scope: "set",
  machines: ["x86"],
  statement: "The cells leave the root cell at least one way of the L3 cache.",
  explanation:
    "A cell's part of the cache is taken from the root cell unless it is rootshared. The root cell cannot be without any: the processor knows no empty mask.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      text: "The cell that would take the last ways is refused, on Intel processors that can partition their L3 cache.",
    },
  },
  help: "leave some ways to the root cell, or let the cell share its ways with the root cell (rootshared)",
  sources: ["hypervisor/arch/x86/cat.c:85", "hypervisor/arch/x86/cat.c:169"],
  after: ["cat-config", "cat-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); cache l3 ways 0-7 }
cell demo { use inmate(); cache l3 ways 0-7 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); cache l3 ways 0-7 }
cell demo { use inmate(); cache l3 ways 0-3 }`,
  },
  *find({ set }) {
    const { system } = set;
    if (system === null || !hasCacheControl(set, system)) return;
    for (const [index, cell] of set.cells.entries()) {
      const part = cachePartOf(cell);
      if (part === null) continue;
      const takers = takersOf(cell, set.cells.slice(0, index), set);
      if (takers === null) continue;
      const others = takers.length === 0 ? "" : " after other cells";
      yield {
        at: cell.spot(part.region),
        message: `${cell.title} takes ${waysText(part.ways)}${others}: nothing is left of the root cell's ${waysText(rootWaysOf(system))}`,
        also: takers.flatMap((taker) => {
          const { region, ways } = cachePartOf(taker)!;
          return [{ at: taker.spot(region), text: `takes ${waysText(ways)}` }];
        }),
        between: [...takers, cell],
        ...(set.vendor === null ? { severity: "warning" as const } : {}),
      };
    }
  },
});

/**
 * The cells that, created one after the other, leave nothing for this one to take: none where it takes everything by
 * itself, those that run together with it, or else all before it. Null where there are no such cells.
 */
function takersOf(
  cell: CheckedConfig,
  earlier: readonly CheckedConfig[],
  set: CheckedSet,
): readonly CheckedConfig[] | null {
  const takers = earlier.filter((each) => cachePartOf(each)?.rootShared === false);
  const groups = [[], takers.filter((each) => set.together(each, cell)), takers];
  return groups.find((group) => isLeftEmpty([...group, cell], set.system!)) ?? null;
}

function isLeftEmpty(cells: readonly CheckedConfig[], system: CheckedConfig): boolean {
  let ways = { root: rootWaysOf(system), freed: 0n };
  for (const [index, cell] of cells.entries()) {
    const left = withoutPart(ways, cachePartOf(cell)!);
    if (left === null) return index === cells.length - 1;
    ways = left;
  }
  return false;
}
