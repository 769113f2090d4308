import { defineRule } from "../define-rule.js";
import { cachePartOf, hasCacheControl, waysText } from "../facts/cache-ways.js";

export const catOverlapCells = defineRule({
  id: "cat-overlap-cells",
  family: "cache",
  title: "Two cells with the same part of the cache",
  severity: "warning",
  otherwise: "info where the cells need not run together",
  scope: "set",
  machines: ["x86"],
  statement: "Cells that run at the same time have different ways of the L3 cache.",
  explanation:
    "A part of the cache keeps a cell's data from being displaced by others. The hypervisor compares a cell's part with that of the root cell only.",
  consequences: {
    shared: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The cells displace each other's data in these ways, as if the cache were not partitioned there.",
    },
  },
  help: "give each cell ways of its own",
  sources: ["hypervisor/arch/x86/cat.c:165"],
  after: ["cat-config"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(); cache l3 ways 0-1 }
cell two { use inmate(0x3c00_0000, cpu = 2); cache l3 ways 1-2 }
scenario both { one; two }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(); cache l3 ways 0-1 }
cell two { use inmate(0x3c00_0000, cpu = 2); cache l3 ways 2-3 }
scenario both { one; two }`,
  },
  *find({ set }) {
    const cells = set.cells.filter((cell) => hasCacheControl(set, cell));
    for (const [index, cell] of cells.entries()) {
      const part = cachePartOf(cell);
      if (part === null) continue;
      const overlapping = cells.slice(0, index).filter((each) => {
        const ways = cachePartOf(each)?.ways ?? 0n;
        return (ways & part.ways) !== 0n;
      });
      const other = overlapping.find((each) => set.together(each, cell)) ?? overlapping[0];
      if (other === undefined) continue;
      const others = cachePartOf(other)!;
      const both = waysText(part.ways & others.ways);
      yield {
        at: cell.spot(part.region),
        message: `${both} of the cache: ${other.title} has the same`,
        also: [{ at: other.spot(others.region), text: `${waysText(others.ways)} here` }],
        ...(set.together(other, cell) ? {} : { severity: "info" as const }),
      };
    }
  },
});
