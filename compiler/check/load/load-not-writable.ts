import { defineRule } from "../define-rule.js";
import { flagsText, regionText } from "../words.js";

export const loadNotWritable = defineRule({
  id: "load-not-writable",
  family: "load",
  title: "Loadable memory that is not writable",
  severity: "error",
  scope: "config",
  only: "cell",
  statement: "A region with the flag LOADABLE has the right to write.",
  explanation:
    "The driver loads an image only into a region that has both flags, LOADABLE and WRITE, although it is Linux that writes and not the cell.",
  consequences: {
    refused: {
      step: "load",
      outcome: "refused",
      errno: "EINVAL",
      text: "The cell can be created, and images for this region are refused.",
    },
  },
  help: "add the right to write, or remove LOADABLE",
  helpInLanguage: "add the right to write, or remove `loadable`",
  sources: ["driver/cell.c:306", "driver/cell.c:328"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x7800_0000 size 1M mapped at 4M rx loadable
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  memory at 0x7800_0000 size 1M mapped at 4M rx
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      if (!region.loadable || region.write || region.comm || region.size === 0n) continue;
      yield {
        at: region.spot("flags"),
        message: `${regionText(region)} is ${flagsText(region, ["JAILHOUSE_MEM_LOADABLE"])} and may not be written`,
      };
    }
  },
});
