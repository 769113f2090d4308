import type { Architecture } from "../../ir/config.js";
import { defineRule } from "../define-rule.js";

export const fmtArchCell = defineRule({
  id: "fmt-arch-cell",
  family: "format",
  title: "Cell of another architecture",
  severity: "error",
  scope: "set",
  statement: "A cell is for the architecture of the system that it is to run on.",
  explanation:
    "The driver compares the architecture of a cell (since revision 14) with its own, logs the difference, and forgets to return an error. A cell for 32-bit code on a 64-bit ARM machine is a cell of ARM64, too, with the flag AARCH32.",
  consequences: {
    ignored: {
      step: "create",
      outcome: "ineffective",
      prints: ["jailhouse: Configuration architecture mismatch"],
      text: "`jailhouse cell create` reports success although no cell was created. Only the commands that follow fail, with ENOENT (No such file or directory).",
    },
  },
  help: "give the cell the architecture of the system",
  sources: ["driver/cell.c:189"],
  after: ["fmt-arch-system", "fmt-signature", "fmt-revision"],
  stops: true,
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); architecture = JAILHOUSE_ARM }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); flags passive-commreg, aarch32 }`,
  },
  *find({ set }) {
    const { system } = set;
    const wanted = system?.config.architecture ?? null;
    for (const cell of set.cells) {
      const { architecture } = cell.config;
      if (architecture === null) continue;
      const at = cell.spot(cell.config, "architecture");
      if (system === null || wanted === null) {
        if (typeof architecture === "number")
          yield { at, message: `${architecture} is the number of no architecture` };
      } else if (architecture !== wanted) {
        yield {
          at,
          message: `${cell.title} is for ${named(architecture)}, ${system.title} for ${named(wanted)}`,
          also: [{ at: system.spot(system.config, "architecture"), text: `${named(wanted)} here` }],
        };
      }
    }
  },
});

function named(architecture: Architecture): string {
  return typeof architecture === "number" ? `the unknown architecture ${architecture}` : architecture;
}
