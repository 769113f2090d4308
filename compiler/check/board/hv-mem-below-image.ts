import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { hex } from "../words.js";

export const hvMemBelowImage = defineRule({
  id: "hv-mem-below-image",
  family: "board",
  title: "Hypervisor memory too small for the image",
  severity: "error",
  scope: "board",
  statement:
    "The hypervisor's memory is larger than its image, the data of each CPU and the system config together.",
  explanation:
    "The driver puts them there one after the other, with a block of data for each number up to that of the root cell's last CPU. What is left is for page tables. The sizes stand in the header of the image and differ from build to build.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The driver computes the sum and leaves.",
    },
  },
  help: "give the hypervisor more memory",
  sources: ["driver/main.c:456"],
  after: ["fmt-arch-board", "hv-mem-too-small"],
  example: {
    board: "hypervisor: { core-size: 0x331000, percpu-size: 0x6000 }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); hypervisor at 0x3a00_0000 size 0x34_9000 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const { coreSize = null, percpuSize = null } = board.hypervisor ?? {};
    const memory = system?.system?.hypervisorMemory;
    const last = system?.cpus.at(-1);
    if (system === null || memory === undefined || last === undefined) return;
    if (coreSize === null || percpuSize === null) return;
    const needed = coreSize + BigInt(last + 1) * percpuSize + BigInt(system.facts.needed);
    // Both comparisons of the driver want at least a byte more.
    if (memory.size > needed) return;
    yield {
      at: system.spot(memory, "size"),
      message: `the hypervisor has ${hex(memory.size)} bytes, image, CPUs 0 to ${last} and config take ${hex(needed)}`,
      also: [{ at: onBoard(system, board.hypervisor!), text: "sizes of the image" }],
    };
  },
});
