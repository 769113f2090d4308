import { defineRule, type Hit } from "../define-rule.js";
import {
  type EndPair,
  endPairsOf,
  hasOneRegion,
  isComparedByHypervisor,
  oldEndPairsOf,
  placeText,
} from "../facts/ivshmem-links.js";
import type { Region } from "../facts/region.js";
import { refusedAtSetup, setupOf } from "../setup.js";
import { count, linkText, sectionText } from "../words.js";

export const ivshmShmemMismatch = defineRule({
  id: "ivshm-shmem-mismatch",
  family: "ivshmem",
  title: "Ends of a link have different memory",
  severity: "warning",
  otherwise: "error before mid 2019, and info where only the numbers of sections differ",
  scope: "set",
  statement: "All ends of a link have the same sections of physical memory.",
  explanation:
    "What makes two devices a link is their address on the PCI bus alone. Each end brings regions of its own cell, and since mid 2019 the hypervisor does not compare them; before, it refused an end whose region was another one.",
  consequences: {
    apart: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The ends find different things in their sections: what one writes the other one does not see, and each hears of the other's changes of state by interrupts alone if their state tables differ.",
    },
    ...refusedAtSetup("EINVAL", "The end that is added second is refused.", [
      'Adding virtual PCI device %02x:%02x.%x to cell "%s"',
    ]),
  },
  help: "give all ends regions with the same physical addresses and sizes, in the same order",
  sources: ["hypervisor/ivshmem.c:447", "hypervisor/ivshmem.c:112"],
  after: ["ivshm-regions-start", "ivshm-regions-range"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo, nobody; shared 8K }
cell other {
  use inmate(0x7100_0000, cpu = 2)
  vpci-irq 144
  memory   shm at 0x7e80_1000 size 4K r rootshared
  memory   at 0x7e80_2000 size 4K rw rootshared
  for n in 0-2 { memory empty }
  ivshmem  00:00.0 { regions from shm; id 2; peers 3 }
  interrupts 144
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
cell other { use inmate(0x7100_0000, cpu = 2); vpci-irq 144 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo, other; shared 4K }`,
  },
  *find({ set }) {
    for (const pair of endPairsOf(set)) yield* differing(pair);
    for (const pair of oldEndPairsOf(set)) yield* differing(pair);
  },
});

/** The first section that differs, or how many there are. */
function* differing({ end, reference }: EndPair): Generator<Hit<"apart" | "create" | "enable">, void> {
  const { sections, config, device } = end;
  const others = reference.sections;
  const index = sections.findIndex((section, at) => others[at] !== undefined && !isSame(section, others[at]));
  const section = sections[index];
  const other = others[index];
  if (section !== undefined && other !== undefined) {
    const name = hasOneRegion(config) ? "the memory" : sectionText(index, section.node);
    yield {
      at: section.spot(section.phys.start === other.phys.start ? "size" : "physStart"),
      message: `${name} of ${linkText(device)} is ${placeText(section)} here, but ${placeText(other)} in ${reference.config.title}`,
      also: [
        { at: other.spot(), text: `${placeText(other)} here` },
        { at: config.spot(device), text: "the device that uses it" },
      ],
      ...(isComparedByHypervisor(config)
        ? { as: setupOf(config), severity: "error", between: [reference.config, config] }
        : {}),
    };
  } else if (sections.length !== others.length) {
    yield {
      at: config.spot(device, "shmemRegionsStart"),
      message: `${linkText(device)} has ${count(sections.length, "section")} here, but ${others.length} in ${reference.config.title}`,
      also: [
        { at: reference.config.spot(reference.device), text: `${count(others.length, "section")} here` },
      ],
      // That the ends count different numbers of peers has a rule of its own.
      severity: "info",
    };
  }
}

/** Empty sections have no place. */
function isSame(one: Region, other: Region): boolean {
  return one.size === other.size && (one.size === 0n || one.phys.start === other.phys.start);
}
