import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { hex } from "../words.js";

export const iommuLeftOut = defineRule({
  id: "iommu-left-out",
  family: "board",
  title: "IOMMU that the hypervisor does not know",
  severity: "warning",
  scope: "board",
  statement: "The system config lists every IOMMU of the board.",
  explanation:
    "Each unit restricts the devices behind it. One that the config does not list stays as it is: it lets everything pass, or Linux goes on programming it.",
  consequences: {
    isolation: {
      step: "run",
      outcome: "isolation",
      text: "Devices behind the unit reach all memory, that of the hypervisor and of other cells included.",
    },
  },
  help: "add the unit to the system config; if only devices that cannot do DMA are behind it, `allow` says so",
  sources: ["hypervisor/arch/x86/iommu.c:18", "hypervisor/arch/arm64/iommu.c:18"],
  after: ["fmt-arch-board", "iommu-gap", "iommu-not-on-board"],
  example: {
    board: "iommus: [{ at: 0xfed90000 }, { at: 0xfed91000 }]",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); iommu intel at 0xfed9_1000 size 4K }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const platform = system?.system?.platform;
    if (system === null || platform === null || platform === undefined) return;
    const units = iommuUnitsOf(system);
    const listed = new Set(units.map(({ base }) => base));
    // A wrong address stands for one of those that are missing.
    const [wrong] = units.filter(({ base }) => board.iommus?.every(({ at }) => at !== base));
    for (const unit of board.iommus ?? []) {
      if (listed.has(unit.at)) continue;
      yield {
        at: system.spot(wrong ?? platform),
        message: `the board has an IOMMU at ${hex(unit.at)}, ${system.title} does not list it`,
        also: [{ at: onBoard(system, unit), text: "unit of the board" }],
      };
    }
  },
});
