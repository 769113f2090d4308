import type { Explanations } from "../../diagnostics/explain.js";
import type { languageMessages } from "../messages.js";

/** Findings about what would mean something else than its writer thinks. */
export const meaningExplanations: Pick<
  Explanations<typeof languageMessages>,
  "jail-flag-in-front" | "jail-root-name" | "jail-no-gic"
> = {
  "jail-flag-in-front": {
    why: "A region that is named like a flag would have that flag: the registers of a DMA controller would be open to DMA.",
    example: { word: "dma", statement: "memory" },
    jail: {
      wrong: "architecture x86\ncell demo { memory dma at 0x1000 size 4K rw io }",
      right: "architecture x86\ncell demo { memory dma-regs at 0x1000 size 4K rw io }",
    },
  },
  "jail-root-name": {
    why: "Links and grants that speak of `root` would take the wrong cell for the root cell.",
    example: {},
    jail: {
      wrong: "system pc { architecture x86 }\ncell root { cpus 1 }",
      right: 'system pc { architecture x86 }\ncell other "root" { cpus 1 }',
    },
  },
  "jail-no-gic": {
    why: "The element would stand for a controller at address 0, which no machine has: the cell would get no interrupt.",
    example: {},
    jail: {
      wrong: "architecture arm64\ncell demo { interrupts 40 }",
      right: "architecture arm64\ngic v3 { gicd 0x800_0000 }\ncell demo { interrupts 40 }",
    },
  },
};
