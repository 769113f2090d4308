import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import type { CheckedConfig } from "../facts/checked-config.js";

export const fmtArchBoard = defineRule({
  id: "fmt-arch-board",
  family: "board",
  title: "Config of another architecture than the board",
  severity: "error",
  scope: "board",
  statement: "A config is for the architecture of the board.",
  explanation:
    "Structures of the platform, interrupt controllers and addresses mean different things on each architecture. Since revision 14 a config says which one it is for, and the driver compares that with its own.",
  consequences: {
    system: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Configuration architecture mismatch"],
      text: "The driver refuses the system config before it touches the machine.",
    },
    cell: {
      step: "create",
      outcome: "ineffective",
      prints: ["jailhouse: Configuration architecture mismatch"],
      text: "The driver notices and leaves, but reports success: no cell exists afterwards.",
    },
    unchecked: {
      step: "enable",
      outcome: "crash",
      text: "Before revision 14 nothing compares the two: the hypervisor takes what it reads for facts of its own architecture.",
    },
  },
  help: "check the config with the file of its own board, or write it for this one",
  sources: ["driver/main.c:399", "driver/cell.c:189"],
  after: ["fmt-arch-system", "fmt-arch-cell"],
  example: {
    board: "architecture: arm64",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
  },
  *find({ board, set }) {
    if (board.architecture === null) return;
    const strange = set.all.filter((config) => {
      const possible = architecturesOf(config);
      return possible.length > 0 && !possible.includes(board.architecture!);
    });
    // All are mostly strange together, since the board is another one.
    const [first, ...others] = strange;
    if (first === undefined) return;
    yield {
      at: first.cellSpot(),
      message: `${first.title} is for ${architecturesOf(first).join(" or ")}, the board is ${board.architecture}`,
      also: [
        { at: onBoard(first, board, "architecture"), text: `${board.architecture} here` },
        ...others.map((config) => ({ at: config.cellSpot(), text: `${config.title} as well` })),
      ],
      as: first.config.architecture === null ? "unchecked" : first.isRoot ? "system" : "cell",
    };
  },
});

/** Several where nothing says which; none where it looks like none. */
function architecturesOf({ architecture, machines }: CheckedConfig): readonly string[] {
  return architecture === null ? machines : [String(architecture)];
}
