import { defineRule } from "../define-rule.js";
import { count } from "../words.js";

export const fmtTrailing = defineRule({
  id: "fmt-trailing",
  family: "format",
  title: "Bytes that no count covers",
  severity: "warning",
  scope: "config",
  statement: "A file ends with the last element of the last table that its header counts.",
  explanation:
    "What lies behind the tables is read by nobody. Such bytes nearly always belong to a table whose `num_*` field was forgotten: the table is filled in, and its count is 0 or too small.",
  consequences: {
    ignored: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The elements that the count leaves out do not exist for Jailhouse; where the count of an earlier table is the wrong one, later tables are read from the wrong place as well.",
    },
  },
  help: "set the `num_*` field of each table to the number of its elements, `ARRAY_SIZE(config.TABLE)` in C",
  sources: ["include/jailhouse/cell-config.h:372"],
  after: ["fmt-truncated", "fmt-revision", "fmt-signature", "cpu-set-unaligned"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); trailing = "0100500008000100" }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ config }) {
    const { size, needed } = config.facts;
    if (size <= needed) return;
    yield {
      at: config.cellSpot(),
      message: `the file goes on for ${count(size - needed, "byte")} behind its last table, which ends at byte ${needed}`,
    };
  },
});
