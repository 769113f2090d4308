import { defineRule } from "../define-rule.js";
import { pageSize } from "../facts/region.js";
import { sizeText } from "../words.js";

/** Where Linux maps it there are 256M up to the end of all addresses, of which one page is left free. */
const mappable = (256n << 20n) - 2n * pageSize;

/**
 * Room for the hypervisor where it runs at a fixed address of the kernel's space (JAILHOUSE_BASE): on x86 between
 * 0xfffffffff0000000 and the kernel's own fixed mappings in the last 16M, on 32-bit ARM between 0xf0000000 and the
 * hypervisor's mappings of devices at 0xf8000000.
 */
const room = { x86: 240n << 20n, arm: 128n << 20n } as const;

export const hvMemWindow = defineRule<"config", "refused" | "overlaps">({
  id: "hv-mem-window",
  family: "hypervisor-memory",
  title: "Hypervisor too large for its place",
  severity: "error",
  otherwise: "warning where Linux still maps it",
  scope: "config",
  only: "system",
  machines: ["x86", "arm"],
  statement: "The memory of the hypervisor has at most 240M on x86, and 128M on 32-bit ARM.",
  explanation:
    "On these machines the hypervisor lies at the same address in its own page tables and in those of Linux, near the end of the address space. There is only so much room.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: ["jailhouse: Unable to map RAM reserved for hypervisor at %08lx"],
      text: "Linux finds no room to map the memory, since the address space ends.",
    },
    overlaps: {
      step: "enable",
      outcome: "ineffective",
      text: "Nothing complains. What Linux or the hypervisor has mapped behind that place, and the end of the hypervisor's memory, replace each other.",
    },
  },
  help: "reserve less memory; a few megabytes are enough for most machines",
  sources: [
    "driver/main.c:482",
    "hypervisor/arch/x86/include/asm/jailhouse_header.h",
    "hypervisor/arch/arm/include/asm/jailhouse_header.h:13",
  ],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); hypervisor at 0x1_0000_0000 size 256M }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); hypervisor at 0x1_0000_0000 size 64M }`,
  },
  *find({ config }) {
    const memory = config.system!.hypervisorMemory;
    const most = config.isArm ? room.arm : room.x86;
    if (memory.size <= most) return;
    yield {
      at: config.spot(memory, "size"),
      message: `the hypervisor has ${sizeText(memory.size)}, and there is room for ${sizeText(most)}`,
      ...(memory.size > mappable ? {} : { as: "overlaps", severity: "warning" }),
    };
  },
});
