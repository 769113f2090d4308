import { defineRule } from "../define-rule.js";

export const rootIdNonzero = defineRule({
  id: "root-id-nonzero",
  family: "format",
  title: "Root cell with a number",
  severity: "error",
  scope: "config",
  only: "system",
  statement: "The id of the root cell is 0.",
  explanation:
    "The driver counts cells from 0, which is the root cell, and writes the number of each cell into its config, but not into that of the root cell. The hypervisor goes by what stands there.",
  consequences: {
    taken: {
      step: "create",
      outcome: "refused",
      errno: "EEXIST",
      text: "One of the cells gets this number from the driver, and the hypervisor knows it as that of the root cell.",
    },
    later: {
      step: "create",
      outcome: "ineffective",
      text: "The state of the root cell is shown as `invalid`, and the cell that the driver gives this number cannot be created (EEXIST).",
    },
  },
  help: "leave the id of the root cell at 0",
  sources: ["hypervisor/control.c:445", "hypervisor/control.c:771", "driver/cell.c:53"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); id 1 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); id 0 }`,
  },
  *find({ config, set }) {
    const { id } = config.cell;
    if (id === 0) return;
    const at = { ...config.cellSpot(), field: "id" };
    yield {
      at,
      message: `the root cell has id ${id} instead of 0`,
      as: id <= set.cells.length ? "taken" : "later",
      fixes: [{ title: "set the id to 0", changes: [{ kind: "set", at, value: 0n }] }],
    };
  },
});
