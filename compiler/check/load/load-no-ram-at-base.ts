import { defineRule } from "../define-rule.js";

export const loadNoRamAtBase = defineRule({
  id: "load-no-ram-at-base",
  family: "load",
  title: "No loadable memory at address 0",
  severity: "info",
  scope: "config",
  only: "cell",
  statement: "Of the loadable memory, some lies where the cell sees address 0.",
  explanation:
    "`jailhouse cell load` puts an image at address 0 of the cell where no other is given with `-a`, CPUs start there unless the config says otherwise, and the demos of Jailhouse are linked to run there.",
  consequences: {
    refused: {
      step: "load",
      outcome: "harmless",
      text: "Images can be loaded with `-a ADDRESS`. Without it, `jailhouse cell load` fails with EINVAL (Invalid argument).",
    },
  },
  help: "map the memory that the program is loaded into at 0, or load it with `-a ADDRESS`",
  sources: ["driver/cell.c:317"],
  after: ["load-none", "load-not-writable"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  flags  passive-commreg
  cpus   3
  reset  at 4M
  memory at 0x7000_0000 size 1M mapped at 4M rwx loadable
  comm
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate() }`,
  },
  *find({ config }) {
    const loadable = config.regions.filter((region) => region.loadable && region.hasPhysical);
    if (loadable.length === 0 || loadable.some(({ node }) => node.virtStart === 0n)) return;
    yield {
      at: loadable[0]!.spot("virtStart"),
      message: `no loadable memory of ${config.title} lies at address 0`,
    };
  },
});
