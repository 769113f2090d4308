import { defineRule } from "../define-rule.js";
import { comparedName } from "../facts/cell-name.js";
import type { CheckedConfig } from "../facts/checked-config.js";

export const nameDuplicate = defineRule({
  id: "name-duplicate",
  family: "format",
  title: "Two cells of one name",
  severity: "error",
  scope: "set",
  statement: "Cells that exist at the same time, the root cell among them, have different names.",
  explanation:
    "A cell is found by its name. Driver and hypervisor compare the name of a new cell with those of all that exist, byte by byte.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "EEXIST",
      text: "Whichever cell is created second is refused as long as the first one exists. The root cell always does.",
    },
  },
  help: "give each of them a name of its own",
  sources: ["driver/cell.c:212", "hypervisor/control.c:438"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo "pc" { use inmate() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo "demo" { use inmate() }`,
  },
  *find({ set }) {
    const owners = new Map<string, CheckedConfig>();
    for (const config of set.all) {
      const name = comparedName(config);
      const first = owners.get(name);
      if (first === undefined) {
        owners.set(name, config);
        continue;
      }
      yield {
        at: config.cellSpot("name"),
        message: `the name ${JSON.stringify(config.cell.name)} is already that of ${first.isRoot ? "the root cell" : "another cell"}`,
        also: [{ at: first.cellSpot("name"), text: "the same name" }],
        between: [first, config],
      };
    }
  },
});
