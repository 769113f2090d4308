import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";

export const catRange = defineRule({
  id: "cat-range",
  family: "board",
  title: "More ways than the cache has",
  severity: "error",
  scope: "board",
  machines: ["x86"],
  statement: "The part of the L3 cache that a cell gets lies within the mask of the board.",
  explanation:
    "Intel processors describe parts of the L3 cache by a mask. It has as many bits as the processor says, and the hypervisor refuses a part that goes beyond.",
  consequences: {
    root: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor gives up at the unit for cache allocation.",
    },
    cell: { step: "create", outcome: "refused", errno: "EINVAL", text: "The cell is refused." },
  },
  help: "choose ways within the mask",
  sources: ["hypervisor/arch/x86/cat.c:160"],
  after: ["fmt-arch-board", "cat-config", "cat-ignored"],
  example: {
    board: "l3: { mask-bits: 11, classes: 4 }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cache l3 ways 10-11 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cache l3 ways 9-10 }`,
  },
  *find({ board, set }) {
    const bits = board.l3?.maskBits ?? null;
    if (bits === null || set.vendor === "amd") return;
    for (const config of set.all) {
      const [cache, second] = config.cell.cacheRegions;
      if (cache === undefined || second !== undefined || cache.size === 0) continue;
      // As the hypervisor adds them: 32 bits.
      const last = (cache.start + cache.size - 1) >>> 0;
      if (cache.type !== "JAILHOUSE_CACHE_L3" || last < bits) continue;
      yield {
        at: config.spot(cache),
        message: `the L3 ways of ${config.title} end at ${last}, the board has 0 to ${bits - 1}`,
        also: [{ at: onBoard(config, board.l3!, "maskBits"), text: `${bits} bits` }],
        as: config.isRoot ? "root" : "cell",
      };
    }
  },
});
