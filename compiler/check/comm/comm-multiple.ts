import { defineRule } from "../define-rule.js";

export const commMultiple = defineRule({
  id: "comm-multiple",
  family: "comm",
  title: "Several communication regions",
  severity: "warning",
  scope: "config",
  only: "cell",
  statement: "A cell has one communication region.",
  explanation:
    "There is one page for it in the hypervisor. Each region with the flag COMM_REGION shows that page again, at another address.",
  consequences: {
    alias: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. What is written at one of the addresses is read at the others.",
    },
  },
  help: "remove all but one",
  sources: ["hypervisor/arch/x86/vmx.c:367", "hypervisor/arch/arm-common/mmu_cell.c"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0 size 4K mapped at 4M rw comm-region
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }`,
  },
  *find({ config }) {
    const [first, ...others] = config.regions.filter(({ comm }) => comm);
    for (const region of others) {
      yield {
        at: region.spot(),
        message: `${config.title} has a communication region already`,
        also: [{ at: first!.spot(), text: "the first one" }],
      };
    }
  },
});
