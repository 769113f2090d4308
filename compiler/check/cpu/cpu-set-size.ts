import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { lowestTrap } from "../facts/trapped-regions.js";

/** The hypervisor copies a set of more than 8 bytes into a page, behind 8 bytes of its own (control.c:249-258). */
const page = 4096;
const roomInPage = page - 8;

export const cpuSetSize = defineRule({
  id: "cpu-set-size",
  family: "cpu",
  title: "CPU set of impossible size",
  severity: "error",
  otherwise: "warning where nothing comes of it",
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
    rootSilent: {
      step: "enable",
      outcome: "hang",
      text: "The hypervisor refuses a set of more than a page before it can turn back: the machine stands still after its first lines on the console.",
    },
    lucky: {
      step: "create",
      outcome: "harmless",
      text: "The copy of the set goes on into the next page, whose first bytes are zero here, so that no CPU is added. The next change of a trapped region may make it otherwise.",
    },
  },
  help: "give the set the 8 bytes per 64 CPUs that it needs",
  helpInLanguage: "name the CPUs, as in `cpus 1`; their set then has the size that it needs",
  sources: ["hypervisor/control.c:249"],
  after: ["fmt-truncated", "cpu-root-empty", "fmt-arch-cell"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cpus none size 0 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cpus 3 size 8 }`,
  },
  *find({ config, set }) {
    const { cpus } = config.cell;
    if (cpus.kind === "list") return;
    const { length } = cpus.bytes;
    const at = config.spot(cpus);
    if (length === 0) {
      yield { at, message: `the CPU set of ${config.title} has no bytes`, as: "zero" };
    } else if (length > page) {
      const as = tooLong(config);
      yield { at, message: `the CPU set of ${config.title} has ${length} bytes, more than a page`, as };
    } else if (length > roomInPage) {
      yield {
        at,
        message: `the CPU set of ${config.title} has ${length} bytes, and there is room for ${roomInPage}`,
        ...overrun(config, set, length - roomInPage),
      };
    }
  },
});

function tooLong({ isRoot, machine }: CheckedConfig): "rootSilent" | "rootTooLong" | "cellTooLong" {
  if (!isRoot) return "cellTooLong";
  return machine === "arm64" ? "rootSilent" : "rootTooLong";
}

type Overrun =
  | { readonly as: "rootOverrun" | "cellOverrun" }
  | { readonly as: "lucky"; readonly severity: "warning" };

/**
 * The next page is that of the table of trapped regions, which is written after the copy was made: its first bytes are those
 * of the lowest address that is trapped, and count as CPUs that nobody has (hypervisor/mmio.c:40).
 *
 * @param beyond bytes that are read of it
 */
function overrun(config: CheckedConfig, set: CheckedSet, beyond: number): Overrun {
  const first = lowestTrap(config, set);
  if (first !== null && BigInt.asUintN(8 * beyond, first) === 0n) return { as: "lucky", severity: "warning" };
  return { as: config.isRoot ? "rootOverrun" : "cellOverrun" };
}
