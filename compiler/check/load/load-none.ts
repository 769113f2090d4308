import { defineRule } from "../define-rule.js";
import { isSince } from "../facts/history.js";
import { hasRoomForImage, imageRegionWithoutSize } from "../facts/reset.js";

export const loadNone = defineRule({
  id: "load-none",
  family: "load",
  title: "Nothing to load into",
  severity: "info",
  otherwise: "warning where no cell of the set has one",
  scope: "config",
  only: "cell",
  statement: "A cell has a region with the flag LOADABLE.",
  explanation:
    "`jailhouse cell load` copies an image into a region that is loadable, and into no other. A cell without such a region runs what lies in its memory already.",
  consequences: {
    refused: {
      step: "load",
      outcome: "refused",
      errno: "EINVAL",
      text: "The cell can be created and started, and whatever image is to be loaded is refused.",
    },
  },
  help: "add the flag LOADABLE to the memory that the program is loaded into",
  helpInLanguage: "add `loadable` to the memory that the program is loaded into",
  sources: ["driver/cell.c:331"],
  after: ["mem-none"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  flags  passive-commreg
  cpus   3
  memory at 0x7000_0000 size 1M mapped at 0 rwx
  comm
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  flags  passive-commreg
  cpus   3
  memory at 0x7000_0000 size 1M mapped at 0 rwx loadable
  comm
}`,
  },
  *find({ config, set }) {
    if (!isSince(config, "r0.7") || hasRoomForImage(config)) return;
    // Told as what it comes from: a region whose size is missing.
    if (imageRegionWithoutSize(config) !== undefined) return;
    yield {
      at: config.cellSpot(),
      message: `${config.title} has no region that an image can be loaded into`,
      // One cell may run what another one has left; of all of them nobody could be the first.
      ...(set.cells.some(hasRoomForImage) ? {} : { severity: "warning" }),
    };
  },
});
