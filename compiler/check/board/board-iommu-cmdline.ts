import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { parseCommandLine } from "../facts/linux-command-line.js";

export const boardIommuCmdline = defineRule({
  id: "board-iommu-cmdline",
  family: "board",
  title: "Linux uses the IOMMU itself",
  severity: "warning",
  scope: "board",
  machines: ["x86"],
  statement: "On an Intel machine Linux does not translate DMA when Jailhouse is enabled.",
  explanation:
    "The hypervisor takes over VT-d units that are off, or that only remap interrupts. With `intel_iommu=on`, Linux translates addresses of devices, too. Facts about the units are collected with `intel_iommu=on`; Jailhouse is run with `intel_iommu=off`.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EBUSY",
      text: "The hypervisor finds a unit that Linux translates addresses with, and gives up.",
    },
  },
  help: "boot with `intel_iommu=off` before Jailhouse is enabled, and say so in the board file",
  sources: ["hypervisor/arch/x86/vtd.c:1063"],
  after: ["fmt-arch-board", "iommu-missing-intel"],
  example: {
    board: "command-line: console=ttyS0 intel_iommu=on",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    right: `import "machines/amd-pc.jail"
system pc { use amd-pc() }`,
  },
  *find({ board, set }) {
    const { system, vendor } = set;
    if (system === null || vendor !== "intel" || board.commandLine === null) return;
    if (parseCommandLine(board.commandLine).intelIommu !== true) return;
    const [unit] = iommuUnitsOf(system);
    yield {
      at: unit === undefined ? system.cellSpot() : system.spot(unit),
      message:
        "Linux is booted with `intel_iommu=on`, so that the VT-d units are not free for the hypervisor",
      also: [{ at: onBoard(system, board, "commandLine"), text: "`intel_iommu=on` here" }],
    };
  },
});
