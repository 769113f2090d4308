import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { headerSize } from "../facts/header-size.js";
import { count } from "../words.js";

/** What no kernel sets aside for the tables of a cell: 64 GiB. */
const mostMemory = 2 ** 36;

export const fmtTruncated = defineRule({
  id: "fmt-truncated",
  family: "format",
  title: "File shorter than its counts say",
  severity: "error",
  scope: "config",
  statement: "A file is as long as its header and the tables that the header counts.",
  explanation:
    "The counts of the header say where each table lies and how long it is. Neither driver nor hypervisor compares them with the length of the file: they take what lies in memory behind the end of it for regions, interrupts and devices.",
  consequences: {
    header: {
      step: "create",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Not a cell configuration"],
      text: "A cell file that ends within its header is the only one that is noticed.",
    },
    cell: {
      step: "create",
      outcome: "hang",
      text: "The missing bytes are whatever lies in the kernel's memory there: the machine may hang, the cell may get memory and devices at random, or nothing at all may be noticed.",
    },
    noMemory: {
      step: "create",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The driver wants to copy the tables, and there is not so much memory.",
    },
    unreadable: {
      step: "enable",
      outcome: "refused",
      errno: "EFAULT",
      text: "The driver looks for CPUs in all of the set, and comes to addresses where the tool has no memory.",
    },
    noRoom: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "By its counts, the config is larger than all the memory of the hypervisor.",
    },
    system: {
      step: "enable",
      outcome: "hang",
      text: "The missing bytes are whatever lies in the memory of the tool there. The root cell gets regions and devices at random, and the machine usually hangs.",
    },
  },
  stops: true,
  help: "set each count to the length of its table, and write the file as a whole",
  helpInLanguage: "take out the counts of tables that are set by hand (`num_memory_regions = 3`)",
  sources: [
    "driver/cell.c:69",
    "driver/cell.c:177",
    "driver/main.c:529",
    "include/jailhouse/cell-config.h:372",
  ],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); num_pci_caps = 1 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); num_pci_caps = 0 }`,
  },
  *find({ config, set }) {
    const { size, lastRead } = config.facts;
    const header = headerSize(config);
    const needed = Math.max(config.facts.needed, header);
    if (size >= needed) return;
    yield {
      at: config.cellSpotAt(lastRead),
      message: `the file has ${count(size, "byte")} of the ${needed} that its counts need: ${count(needed - size, "byte")} missing`,
      as: config.isRoot ? systemCase(config, size < header, needed) : cellCase(config, set, size, header),
    };
  },
});

/** Sizes are added up in 32 bits (include/jailhouse/cell-config.h:372). */
const sizeRange = 2 ** 32;
/** No tool has so much memory behind the file that it has read. */
const mostHeap = 2 ** 28;

/** What a header that is cut off says of the hypervisor's memory may be missing itself. */
function systemCase(
  config: CheckedConfig,
  isCut: boolean,
  needed: number,
): "system" | "noRoom" | "unreadable" {
  const { asked } = config.facts;
  if (isCut) return "system";
  if (asked !== undefined && asked.cpuSet > mostHeap) return "unreadable";
  return BigInt(needed % sizeRange) >= config.system!.hypervisorMemory.size ? "noRoom" : "system";
}

/** Of the tables, the driver copies regions and devices; not of a cell that is for another machine, which it passes over. */
function cellCase(
  config: CheckedConfig,
  { system }: CheckedSet,
  size: number,
  header: number,
): "cell" | "header" | "noMemory" {
  if (size < header) return "header";
  if (system !== null && system.machine !== config.machine) return "cell";
  return (config.facts.asked?.copied ?? 0) > mostMemory ? "noMemory" : "cell";
}
