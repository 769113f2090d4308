import { defineRule } from "../define-rule.js";

/** The hypervisor maps a new cell's config into a window of 16 pages (hypervisor/include/jailhouse/paging.h). */
const window = 16 * 4096;
/** Wherever in a page it begins. */
const fitsAnywhere = window - 4095;

export const fmtTooBig = defineRule({
  id: "fmt-too-big",
  family: "format",
  title: "Cell config of more than 64K",
  severity: "error",
  otherwise: "info where it depends on where the kernel places the config",
  scope: "config",
  only: "cell",
  statement: "Header and tables of a cell have at most 65,536 bytes.",
  explanation:
    "The hypervisor reads the config of a new cell through a window of 16 pages. What counts is the number of pages that the config touches, so that the last 4K are there only if the kernel has placed it at the start of a page. Systems are read otherwise and have no such limit.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "E2BIG",
      text: "The hypervisor refuses the cell when it sees its size.",
    },
    close: {
      step: "create",
      outcome: "harmless",
      text: "The cell can be created as long as the kernel places its config at the start of a page, as it usually does with so large a piece of memory; elsewhere it would be too large.",
    },
  },
  help: "join regions and port ranges that lie next to each other, and share lists of PCI capabilities",
  sources: ["hypervisor/control.c:452"],
  after: ["fmt-truncated"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); streams 0-0x3fff }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); streams 0-0xff }`,
  },
  *find({ config }) {
    const { needed } = config.facts;
    if (needed <= fitsAnywhere) return;
    const at = config.cellSpot();
    if (needed > window) {
      yield { at, message: `header and tables have ${needed} bytes, more than ${window}`, as: "refused" };
      return;
    }
    yield {
      at,
      message: `header and tables have ${needed} bytes, and only ${fitsAnywhere} fit wherever in a page they begin`,
      severity: "info",
      as: "close",
    };
  },
});
