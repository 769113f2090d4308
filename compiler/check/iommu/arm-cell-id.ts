import { defineRule } from "../define-rule.js";

/** The root cell's number is 0, that of the others at most this. */
const lastId = 255;

export const armCellId = defineRule({
  id: "arm-cell-id",
  family: "iommu",
  title: "Too many cells for ARM",
  severity: "error",
  scope: "set",
  machines: ["arm", "arm64"],
  statement: "At most 255 cells besides the root cell exist at the same time.",
  explanation:
    "The driver numbers cells by the lowest number that is free. On ARM the number marks the cell's translations in the processor, in eight bits.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "E2BIG",
      text: "The cell that gets the number 256 is refused.",
    },
  },
  help: "let fewer cells exist at the same time",
  sources: ["hypervisor/arch/arm-common/mmu_cell.c:113"],
  example: {
    wrong: `import "machines/many-cells.jail"
cell last { use inmate(0x6000_0000, cpu = 256) }`,
    right: `import "machines/many-cells.jail"`,
  },
  *find({ set }) {
    const cells = set.cells.slice(0, lastId + 1);
    const last = cells[lastId];
    if (last === undefined) return;
    yield {
      at: last.cellSpot("name"),
      message: `${last.title} is cell ${cells.length} besides the root cell, ${lastId} can exist at the same time`,
      between: [cells[0]!, last],
    };
  },
});
