import { defineRule } from "../define-rule.js";

/** The hypervisor copies a set of more than 8 bytes into a page, behind 8 bytes of its own (control.c:249-258). */
const page = 4096;
const roomInPage = page - 8;

export const cpuSetSize = defineRule({
  id: "cpu-set-size",
  family: "cpu",
  title: "CPU set of impossible size",
  severity: "error",
  scope: "config",
  statement: "A CPU set has 8 to 4,088 bytes.",
  explanation:
    "The hypervisor copies the set into a page that it shares with a number of 8 bytes. It refuses sets that are larger than a page, but overlooks that number. Of a set of no bytes it takes whatever lies behind it.",
  consequences: {
    zero: {
      step: "create",
      outcome: "refused",
      errno: "EBUSY",
      text: "The hypervisor walks past the end of the empty set, and finds CPUs there that the root cell does not have.",
    },
    cellOverrun: {
      step: "create",
      outcome: "crash",
      text: "The copy of the set overwrites up to 8 bytes behind its page, in the hypervisor's own memory: it faults, and the root cell hangs.",
    },
    rootOverrun: {
      step: "enable",
      outcome: "crash",
      text: "The copy of the set overwrites up to 8 bytes behind its page, in the hypervisor's own memory: it faults while it is being enabled.",
    },
    cellTooLong: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor refuses a set of more than a page.",
    },
    rootTooLong: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor refuses a set of more than a page.",
    },
  },
  help: "give the set the 8 bytes per 64 CPUs that it needs",
  helpInLanguage: "name the CPUs, as in `cpus 1`; their set then has the size that it needs",
  sources: ["hypervisor/control.c:249"],
  after: ["fmt-truncated", "cpu-root-empty"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cpus none size 0 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cpus 3 size 8 }`,
  },
  *find({ config }) {
    const { cpus } = config.cell;
    if (cpus.kind === "list") return;
    const { length } = cpus.bytes;
    const at = config.spot(cpus);
    if (length === 0) {
      yield { at, message: `the CPU set of ${config.title} has no bytes`, as: "zero" };
    } else if (length > page) {
      const as = config.isRoot ? "rootTooLong" : "cellTooLong";
      yield { at, message: `the CPU set of ${config.title} has ${length} bytes, more than a page`, as };
    } else if (length > roomInPage) {
      const as = config.isRoot ? "rootOverrun" : "cellOverrun";
      yield {
        at,
        message: `the CPU set of ${config.title} has ${length} bytes, and there is room for ${roomInPage}`,
        as,
      };
    }
  },
});
