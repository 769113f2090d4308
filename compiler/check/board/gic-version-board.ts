import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";

export const gicVersionBoard = defineRule({
  id: "gic-version-board",
  family: "board",
  title: "Driver for another GIC",
  severity: "error",
  scope: "board",
  machines: ["arm", "arm64"],
  statement: "The GIC version of a system config is that of the board, with 3 for GICv4.",
  explanation:
    "The hypervisor has one driver for GICv2 and one for GICv3 and GICv4. The one that the config chooses reads the version of the distributor before it does anything else.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "ENODEV",
      prints: [" CPU %d... FAILED"],
      text: "The first CPU finds a distributor of another version, and the hypervisor gives up.",
    },
  },
  help: "state the version that the board has",
  sources: ["hypervisor/arch/arm-common/gic-v2.c:53", "hypervisor/arch/arm-common/gic-v3.c:131"],
  after: ["fmt-arch-board", "gic-version"],
  example: {
    board: "gic: { version: 2 }",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
    right: `import "machines/arm-board.jail"
system board { use arm-board() }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const version = board.gic?.version ?? null;
    const arm = system?.system?.platform?.arm;
    if (system === null || version === null || arm === null || arm === undefined) return;
    // Before revision 6 the hypervisor was built for one version.
    if (arm.gicVersion === 0 || arm.gicVersion === Math.min(version, 3)) return;
    yield {
      at: system.spot(arm, "gicVersion"),
      message: `the config is for GICv${arm.gicVersion}, the board has GICv${version}`,
      also: [{ at: onBoard(system, board.gic!, "version"), text: "as the board has it" }],
    };
  },
});
