import { defineRule } from "../define-rule.js";
import { hypervisorBuild, perCpuSize } from "../facts/page-pool.js";
import { bootBlock, PoolRun } from "../facts/pool/pool-run.js";
import { count, sizeText } from "../words.js";

export const hvBootBlock = defineRule({
  id: "hv-boot-block",
  family: "hypervisor-memory",
  title: "More than the first 2M of the hypervisor on ARM64",
  severity: "error",
  scope: "set",
  machines: ["arm64"],
  statement:
    "On ARM64, the first 2M of the hypervisor's memory hold its image, the data of each CPU, the system config, and the page tables that hide its memory.",
  explanation:
    "Until the first CPU uses page tables of its own, the hypervisor has mapped the first 2M of its memory only. By then it has read the config, which lies behind the data of the CPUs, and has put a page of zeros over each page of its memory in the root cell: a page table for each 2M of it.",
  consequences: {
    silent: {
      step: "enable",
      outcome: "hang",
      text: "The hypervisor touches memory that it has not mapped yet: the machine stands still after its first lines on the console, or before.",
    },
  },
  help: "reserve less memory for the hypervisor, at most 512M, and list no CPUs that the machine does not have",
  sources: ["hypervisor/arch/arm64/entry.S:239", "hypervisor/setup.c:70-95"],
  after: [
    "hv-mem-unaligned",
    "hv-mem-too-small",
    "hv-mem-beyond-machine",
    "cpu-set-size",
    "fmt-truncated",
    "cpu-root-empty",
  ],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); hypervisor at 0x1_0000_0000 size 2G }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); hypervisor at 0x1_0000_0000 size 256M }`,
  },
  *find({ set: { system, vendor } }) {
    const build = system === null ? null : hypervisorBuild(system, vendor);
    if (system === null || build === null) return;
    const memory = system.system!.hypervisorMemory;
    const fixed = build.core + perCpuSize(system, build) + BigInt(system.facts.needed);
    if (fixed > bootBlock) {
      yield {
        at: system.spot(system.cell.cpus),
        message: `image, ${count((system.cpus.at(-1) ?? -1) + 1, "CPU")} and config take ${sizeText(fixed)}, more than the first ${sizeText(bootBlock)} that are mapped at first`,
      };
    } else if (new PoolRun(system, vendor).end === "block") {
      yield {
        at: system.spot(memory, "size"),
        message: `to hide ${sizeText(memory.size)} from the root cell, the hypervisor needs page tables behind the first ${sizeText(bootBlock)} that are mapped at first`,
      };
    }
  },
});
