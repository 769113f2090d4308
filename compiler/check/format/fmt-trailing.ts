import { defineRule } from "../define-rule.js";
import { looksMisread } from "../facts/file-shape.js";
import { count } from "../words.js";

export const fmtTrailing = defineRule({
  id: "fmt-trailing",
  family: "format",
  title: "Bytes that no count covers",
  severity: "warning",
  otherwise: "error where the tables make no sense",
  scope: "config",
  statement: "A file ends with the last element of the last table that its header counts.",
  explanation:
    "What lies behind the tables is read by nobody. Such bytes nearly always belong to a table whose `num_*` field was forgotten: the table is filled in, and its count is 0 or too small.",
  consequences: {
    ignored: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The elements that the count leaves out do not exist for Jailhouse.",
    },
    misread: {
      step: "create",
      outcome: "hang",
      text: "The tables do not make sense as the counts say, so that the wrong count is not the last one: those behind it are read from the middle of others. Regions and devices are none that were meant: the machine usually hangs.",
    },
  },
  help: "set the `num_*` field of each table to the number of its elements, `ARRAY_SIZE(config.TABLE)` in C",
  helpInLanguage:
    "take out `trailing`, or the counts of tables that are set by hand (`num_memory_regions = 3`)",
  stops: ["misread"],
  sources: ["include/jailhouse/cell-config.h:372"],
  after: ["fmt-truncated", "fmt-revision", "fmt-signature", "cpu-set-unaligned"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); trailing = "0100500008000100" }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ config }) {
    const { size, needed, behind } = config.facts;
    if (size <= needed) return;
    const isMisread = looksMisread(config);
    yield {
      at: config.cellSpotAt(behind),
      message: `the file goes on for ${count(size - needed, "byte")} behind its last table, which ends at byte ${needed}`,
      as: isMisread ? "misread" : "ignored",
      ...(isMisread ? { severity: "error" } : {}),
    };
  },
});
