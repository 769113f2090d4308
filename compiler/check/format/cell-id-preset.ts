import { defineRule } from "../define-rule.js";

export const cellIdPreset = defineRule({
  id: "cell-id-preset",
  family: "format",
  title: "Cell with a number",
  severity: "info",
  scope: "config",
  only: "cell",
  statement: "The id of a cell is left at 0.",
  explanation:
    "The driver gives each new cell the smallest number that is free, and writes it over what stands in the config.",
  consequences: {
    overwritten: {
      step: "create",
      outcome: "harmless",
      text: "The cell gets a number without regard to this one.",
    },
  },
  help: "leave the id at 0; a cell is found by its name",
  sources: ["driver/cell.c:53"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); id 3 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); id 0 }`,
  },
  *find({ config }) {
    const { id } = config.cell;
    if (id === 0) return;
    const at = { ...config.cellSpot(), field: "id" };
    yield {
      at,
      message: `the driver overwrites the id ${id} of ${config.title}`,
      fixes: [{ title: "set the id to 0", changes: [{ kind: "set", at, value: 0n }] }],
    };
  },
});
