import { commonSections } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { sectionedEndsOf } from "../facts/ivshmem-links.js";
import { linkText, sectionText } from "../words.js";

export const ivshmOutputPerm = defineRule({
  id: "ivshm-output-perm",
  family: "ivshmem",
  title: "Rights to the common and output sections of a link",
  severity: "warning",
  scope: "config",
  statement:
    "A cell can write the common section and its own output section of a link, and no other output section.",
  explanation:
    "All peers write the common section. Each has an output section, by its number, that it alone writes and all others read. The hypervisor does not look at these rights: they are those of the memory regions.",
  consequences: {
    foreign: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell can overwrite what another peer sends.",
    },
    mute: {
      step: "run",
      outcome: "parked",
      text: "The device is accepted. As soon as the cell sends something, it writes to memory that it can only read, and its CPU is stopped.",
    },
  },
  help: "grant the common section and the output section with the number of this end for reading and writing, all other output sections for reading",
  sources: ["Documentation/ivshmem-v2-specification.md:60"],
  after: [
    "ivshm-dup-id",
    "ivshm-peers-mismatch",
    "ivshm-regions-start",
    "ivshm-regions-range",
    "ivshm-shmem-mismatch",
  ],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   empty
  memory   at 0x7e80_1000 size 8K r rootshared
  memory   at 0x7e80_3000 size 8K r rootshared
  ivshmem  00:00.0 { regions from shm; id 1; peers 2 }
  interrupts 140
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; output 8K }`,
  },
  *find({ config }) {
    for (const { device, sections } of sectionedEndsOf(config)) {
      const own = commonSections + device.shmemDevId;
      for (const [index, section] of sections.entries()) {
        if (index === 0 || section.size === 0n || section.write === (index === own || index === 1)) continue;
        const name = `${sectionText(index, device)} of ${linkText(device)}`;
        if (index === 1) {
          yield {
            at: section.spot("flags"),
            message: `${config.title} cannot write ${name}, which all ends write`,
            also: [{ at: config.spot(device), text: "the device that uses it" }],
            as: "mute",
          };
          continue;
        }
        yield {
          at: section.spot("flags"),
          message:
            index === own
              ? `${config.title} cannot write ${name}, which is its own`
              : `${config.title} can write ${name}, which is that of end ${index - commonSections}`,
          also: [{ at: config.spot(device, "shmemDevId"), text: `this is end ${device.shmemDevId}` }],
          as: index === own ? "mute" : "foreign",
        };
      }
    }
  },
});
