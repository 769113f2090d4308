import { commonSections } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { sectionedEndsOf } from "../facts/ivshmem-links.js";
import { linkText, sectionText, sizeText } from "../words.js";

export const ivshmOutputSize = defineRule({
  id: "ivshm-output-size",
  family: "ivshmem",
  title: "Output sections of a link differ in size",
  severity: "warning",
  scope: "config",
  statement: "All output sections of a link have the same size.",
  explanation:
    "The device tells its software the size of the first output section, and the software takes it for that of all: it finds the others by it.",
  consequences: {
    elsewhere: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The cell's software looks for the sections behind at other addresses than where they are.",
    },
  },
  help: "give all output sections the same size at all ends, or none any",
  sources: ["hypervisor/ivshmem.c:506"],
  after: ["ivshm-regions-start", "ivshm-regions-range", "ivshm-shmem-mismatch", "ivshm-peers-mismatch"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   empty
  memory   at 0x7e80_1000 size 8K r rootshared
  memory   at 0x7e80_3000 size 4K rw rootshared
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
      const outputs = sections.slice(commonSections);
      const [first] = outputs;
      const index = outputs.findIndex(({ size }) => size !== first?.size);
      const other = outputs[index];
      if (first === undefined || other === undefined) continue;
      yield {
        at: other.spot("size"),
        message: `${sectionText(commonSections + index, device)} of ${linkText(device)} has ${sizeText(other.size)}, ${sectionText(commonSections, device)} has ${sizeText(first.size)}`,
        also: [
          { at: first.spot("size"), text: `${sizeText(first.size)} here` },
          { at: config.spot(device), text: "the device that uses them" },
        ],
      };
    }
  },
});
