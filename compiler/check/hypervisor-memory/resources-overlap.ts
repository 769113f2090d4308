import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { hasConsole, isScreen, registersOf } from "../facts/console-registers.js";
import {
  configurationSpace,
  interruptControllers,
  iommuRegisters,
  type Resource,
} from "../facts/intercepted.js";
import { overlappingPairs } from "../facts/intervals.js";
import { rangeText } from "../words.js";

const memoryName = "the hypervisor's memory";

export const resourcesOverlap = defineRule({
  id: "resources-overlap",
  family: "hypervisor-memory",
  title: "Two things of the machine at the same address",
  severity: "error",
  scope: "config",
  only: "system",
  statement:
    "The memory of the hypervisor, interrupt controllers, IOMMUs, PCI configuration space and the console have addresses of their own.",
  explanation:
    "A machine has one thing at an address. The hypervisor takes each address from the config, maps it for itself and traps what cells do there, and does not compare one with the other.",
  consequences: {
    memory: {
      step: "enable",
      outcome: "crash",
      text: "Where the hypervisor has its code and data, there are registers; or else it takes its own memory for registers and writes commands into it.",
    },
    registers: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. One of the two addresses is wrong. Accesses that are meant for one of the two are handled as those to the other, and what really lies at the missing address is not protected.",
    },
  },
  help: "correct the address or the size that is wrong: /proc/iomem and the firmware's tables have the right ones",
  sources: ["hypervisor/pci.c:677", "hypervisor/arch/x86/ioapic.c:363", "hypervisor/arch/x86/vtd.c:1005"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(iommu-base = 0x3a10_0000) }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(iommu-base = 0xfed9_0000) }`,
  },
  *find({ config, set }) {
    for (const pair of overlappingPairs(resourcesOf(config, set))) {
      // What all machines have at one place, and the memory that was chosen, are not what is to be corrected first.
      const [at, partner] = weight(pair[0]) > weight(pair[1]) ? pair : [pair[1], pair[0]];
      yield {
        at: at.spot ?? config.cellSpot(),
        message: `${at.name} at ${rangeText(at)} and ${partner.name} at ${rangeText(partner)} overlap`,
        also: partner.spot === undefined ? [] : [{ at: partner.spot, text: `from here on: ${partner.name}` }],
        as: partner.name === memoryName ? "memory" : "registers",
      };
    }
  },
});

function weight({ name, spot }: Resource): number {
  if (spot === undefined) return 0;
  return name === memoryName ? 1 : 2;
}

function resourcesOf(system: CheckedConfig, set: CheckedSet): readonly Resource[] {
  const memory = system.system?.hypervisorMemory;
  const console = system.system?.debugConsole ?? null;
  const found: Resource[] = [...interruptControllers(system, set), ...iommuRegisters(system)];
  const space = configurationSpace(system);
  if (space !== undefined) found.push(space);
  if (memory !== undefined) {
    const start = memory.physStart;
    found.push({ name: memoryName, start, end: start + memory.size, spot: system.spot(memory) });
  }
  if (hasConsole(console) && !isScreen(console)) {
    const registers = registersOf(console);
    const spot = system.spot(console, "address");
    if (registers.kind === "memory") found.push({ name: "the console", ...registers.range, spot });
  }
  return found;
}
