import { defineRule } from "../define-rule.js";
import { mappableByLinux } from "../facts/addressable.js";
import { hex, sizeText } from "../words.js";

/** Linux clears all of it: no board has so much memory to spare. */
const mostOfArm64 = 16n << 30n;

export const hvMemBeyondMachine = defineRule({
  id: "hv-mem-beyond-machine",
  family: "hypervisor-memory",
  title: "Hypervisor behind all memory",
  severity: "error",
  scope: "config",
  only: "system",
  machines: ["x86", "arm", "arm64"],
  statement: "The memory of the hypervisor lies at addresses that the machine can have.",
  explanation:
    "The driver asks Linux for the memory, which knows no physical address behind the last one that a processor can have: 52 bits on x86, 48 on arm64, 40 on arm. Then it copies the image there and clears the rest, up to the end.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      prints: [
        "jailhouse: request_mem_region failed for hypervisor memory.",
        'jailhouse: Did you reserve the memory with "memmap=" or "mem="?',
      ],
      text: "There is no such memory.",
    },
    cleared: {
      step: "enable",
      outcome: "hang",
      text: "Linux maps what it is told to map. When the driver clears the memory, it comes to addresses where nothing is.",
    },
  },
  help: "correct the address or the size; a few megabytes are enough for most machines",
  sources: ["driver/main.c:470-480", "driver/main.c:500"],
  after: ["hv-mem-window"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); hypervisor at 0x10_0000_0000_0000 size 6M }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); hypervisor at 0x1_0000_0000 size 6M }`,
  },
  *find({ config }) {
    const memory = config.system!.hypervisorMemory;
    const limit = mappableByLinux(config);
    if (limit === null) return;
    const end = memory.physStart + memory.size;
    if (end > limit) {
      yield {
        at: config.spot(memory, "physStart"),
        message: `the hypervisor reaches to ${hex(end - 1n)}; addresses end at ${hex(limit - 1n)}`,
        as: "refused",
      };
    } else if (config.machine === "arm64" && memory.size > mostOfArm64) {
      yield {
        at: config.spot(memory, "size"),
        message: `the hypervisor has ${sizeText(memory.size)}, more than ${sizeText(mostOfArm64)}`,
        as: "cleared",
      };
    }
  },
});
