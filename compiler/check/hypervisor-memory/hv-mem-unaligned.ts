import { defineRule } from "../define-rule.js";
import { pageSize } from "../facts/region.js";
import { hex, sizeText } from "../words.js";

/** The block by which ARM64 maps the hypervisor before it has page tables of its own (arm64/entry.S). */
const arm64Block = 2n << 20n;

export const hvMemUnaligned = defineRule({
  id: "hv-mem-unaligned",
  family: "hypervisor-memory",
  title: "Hypervisor between pages",
  severity: "error",
  otherwise: "warning where only the size is wrong, or where nothing tells whether it is ARM64",
  scope: "config",
  only: "system",
  statement:
    "The memory of the hypervisor starts at a multiple of 4K, on ARM64 of 2M, and its size is a multiple of 4K.",
  explanation:
    "The memory is mapped in pages, from the page in which it starts. On ARM64 the first mapping of all is one block of 2M, in which code and data have to lie where the linker has put them.",
  consequences: {
    block: {
      step: "enable",
      outcome: "hang",
      text: "The hypervisor is mapped at another distance from its start than it was linked for. The machine stands still before anything is printed.",
    },
    start: {
      step: "enable",
      outcome: "crash",
      text: "Code and data do not lie where they were linked to lie: what happens is undefined, and at best the kernel reports a fault in the driver.",
    },
    size: {
      step: "enable",
      outcome: "ineffective",
      text: "The page that is begun at the end is of no use to the hypervisor, and is hidden from the root cell as a whole.",
    },
  },
  help: "move the memory to such a multiple, and reserve it there",
  sources: ["driver/main.c:482", "hypervisor/arch/arm64/entry.S:239"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); hypervisor at 0x7fd0_0000 size 3M }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); hypervisor at 0x7fa0_0000 size 6M }`,
  },
  *find({ config }) {
    const memory = config.system!.hypervisorMemory;
    const { physStart, size } = memory;
    const at = config.spot(memory, "physStart");
    const start = `the hypervisor starts at ${hex(physStart)}`;
    const isOffBlock = physStart % arm64Block !== 0n;
    if (config.machine === "arm64" && isOffBlock) {
      yield { at, message: `${start}, no multiple of 2M`, as: "block" };
    } else if (physStart % pageSize !== 0n) {
      yield { at, message: `${start}, no multiple of 4K`, as: "start" };
    } else if (config.mayBe("arm64") && isOffBlock) {
      const message = `${start}, no multiple of 2M, which it has to be on ARM64`;
      yield { at, message, severity: "warning", as: "block" };
    }
    if (size % pageSize !== 0n) {
      yield {
        at: config.spot(memory, "size"),
        message: `the hypervisor has the size ${sizeText(size)}, no multiple of 4K`,
        severity: "warning",
        as: "size",
      };
    }
  },
});
