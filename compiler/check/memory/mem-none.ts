import { defineRule } from "../define-rule.js";

export const memNone = defineRule({
  id: "mem-none",
  family: "memory",
  title: "No memory regions",
  severity: "error",
  scope: "config",
  statement: "A cell has at least one memory region.",
  explanation:
    "The driver keeps a copy of the memory table. For an empty table it asks the kernel for no memory at all, and takes the answer for a lack of memory.",
  consequences: {
    create: {
      step: "create",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The driver gives up before it calls the hypervisor; the kernel log has a warning about an allocation of size 0.",
    },
    enable: {
      step: "enable",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The driver gives up after the hypervisor was loaded; the kernel log has a warning about an allocation of size 0.",
    },
  },
  help: "list the memory of the cell; if the table is there, its count is missing",
  helpInLanguage: "list the memory of the cell",
  sources: ["driver/cell.c:81-86"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  cpus 3
  flags passive-commreg
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  cpus 3
  flags passive-commreg
  memory at 0x3a60_0000 size 1M mapped at 0 rwx loadable
  comm
}`,
  },
  *find({ config }) {
    // The driver copies the table since May 2014 (4e366021), a revision after LOADABLE came.
    if (config.regions.length > 0 || !config.hasConstant("JAILHOUSE_MEM_LOADABLE")) return;
    yield {
      at: config.cellSpot(),
      message: `${config.title} has no memory regions`,
      as: config.isRoot ? "enable" : "create",
    };
  },
});
