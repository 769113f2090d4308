import { defineRule } from "../define-rule.js";
import { longestName, nameBytes } from "../facts/cell-name.js";

export const nameUnterminated = defineRule({
  id: "name-unterminated",
  family: "format",
  title: "Name without an end",
  severity: "error",
  scope: "config",
  statement: "A name has at most 31 bytes, so that a zero follows it.",
  explanation:
    "The field has room for 32 bytes, the last of which has to be the zero that ends the name. In a cell the driver makes it one; in a system nobody does, and what follows the field is the id of the root cell.",
  consequences: {
    cut: {
      step: "create",
      outcome: "ineffective",
      text: "The driver overwrites the last byte: the cell has a name that is one byte shorter than that in the file, and by that alone it can be found.",
    },
    overrun: {
      step: "enable",
      outcome: "ineffective",
      text: "The hypervisor reads on until the first zero, in the id that follows. The driver knows the root cell by a shorter name.",
    },
  },
  help: "shorten the name to 31 bytes; characters beyond ASCII have more than one",
  sources: ["driver/cell.c:194", "hypervisor/control.c:438"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); name = "a-name-that-fills-all-32-bytes-x" }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); name = "a-name-that-fills-all-31-bytes-" }`,
  },
  *find({ config }) {
    const { length } = nameBytes(config);
    if (length <= longestName) return;
    yield {
      at: config.cellSpot("name"),
      message: `the name ${JSON.stringify(config.cell.name)} has ${length} bytes, more than ${longestName}`,
      as: config.isRoot ? "overrun" : "cut",
    };
  },
});
