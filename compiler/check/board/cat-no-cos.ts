import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { count } from "../words.js";

export const catNoCos = defineRule({
  id: "cat-no-cos",
  family: "board",
  title: "More partitioned cells than classes of service",
  severity: "error",
  scope: "board",
  machines: ["x86"],
  statement:
    "No more cells with a part of the L3 cache run together than the board has classes of service for.",
  explanation:
    "The processor keeps one mask for each class of service. The first class is the root cell's; each cell with a part of the cache takes one for itself while it exists.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "EBUSY",
      text: "The cell that comes when all classes are taken is refused.",
    },
  },
  help: "leave the cache to the root cell in some of the cells: they share its part",
  sources: ["hypervisor/arch/x86/cat.c:152"],
  after: ["fmt-arch-board", "cat-ignored"],
  example: {
    board: "l3: { mask-bits: 11, classes: 2 }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1); cache l3 ways 0-1 }
cell two { use inmate(0x3c00_0000, cpu = 2); cache l3 ways 2-3 }
scenario both { one; two }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1); cache l3 ways 0-1 }
cell two { use inmate(0x3c00_0000, cpu = 2) }
scenario both { one; two }`,
  },
  *find({ board, set }) {
    const classes = board.l3?.classes ?? null;
    if (classes === null || set.vendor === "amd") return;
    const partitioned = set.cells.filter(({ cell }) => cell.cacheRegions.length > 0);
    const one = partitioned[classes - 1];
    if (one === undefined) return;
    yield {
      at: one.tableSpot("cacheRegions"),
      message: `${count(partitioned.length, "cell")} with a part of the L3 cache, the board has ${classes === 1 ? "one class" : `${classes} classes`} of service and the root cell takes one`,
      also: [{ at: onBoard(one, board.l3!, "classes"), text: count(classes, "class", "classes") }],
      between: partitioned.slice(0, classes),
    };
  },
});
