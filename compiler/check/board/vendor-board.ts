import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { iommuUnitsOf, vendorOf } from "../facts/checked-set.js";
import { unitTypeText } from "../facts/iommu-types.js";

export const vendorBoard = defineRule({
  id: "vendor-board",
  family: "board",
  title: "IOMMU units of another vendor than the board's",
  severity: "error",
  scope: "board",
  machines: ["x86"],
  statement: "The IOMMU units of a system config are those of the vendor of the board's processor.",
  explanation:
    "Which vendor an x86 machine is of decides over much of what the hypervisor does. Its driver for the IOMMU is that of the processor, and wants units of its own type.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "If the board file is right, the hypervisor stops at the first unit. If the config is right, rules that ask the board take it for another one.",
    },
  },
  help: "check the config with the file of its own board, or correct `vendor` there",
  sources: ["hypervisor/arch/x86/vtd.c:1023", "hypervisor/arch/x86/amd_iommu.c:785"],
  after: ["fmt-arch-board", "iommu-type"],
  example: {
    board: "vendor: amd",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    right: `import "machines/amd-pc.jail"
system pc { use amd-pc() }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const vendor = vendorOf(system);
    if (system === null || vendor === null || board.vendor === null || vendor === board.vendor) return;
    const unit = iommuUnitsOf(system).find(({ type }) => type === unitTypes[vendor])!;
    yield {
      at: system.spot(unit, "type"),
      message: `the IOMMU unit is ${unitTypeText(unit)}, the board's processor is of ${names[board.vendor]}`,
      also: [{ at: onBoard(system, board, "vendor"), text: `${board.vendor} here` }],
    };
  },
});

const unitTypes = { intel: "JAILHOUSE_IOMMU_INTEL", amd: "JAILHOUSE_IOMMU_AMD" } as const;

const names = { intel: "Intel", amd: "AMD" } as const;
