import { portCount } from "../../ir/port-io.js";
import { defineRule } from "../define-rule.js";
import { count, hex } from "../words.js";

/** One page of the three that AMD machines have for the bitmap. */
const spareBits = 8 * 4096;

export const pioOverflow = defineRule({
  id: "pio-overflow",
  family: "port-io",
  title: "Ports beyond the last one",
  severity: "error",
  otherwise: "warning where AMD has spare bits for them, and the processor is not known as Intel's",
  scope: "config",
  machines: ["x86"],
  statement: "A range of ports ends at port 0xffff.",
  explanation:
    "The hypervisor clears a bit for each port of a range and checks neither base nor length. The bits behind those of port 0xffff belong to another page on Intel machines; on AMD machines the bitmap has a spare page of 32768 bits.",
  consequences: {
    overwritten: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. The hypervisor clears bits in a page that belongs to something else of its own, such as the page tables of a cell.",
    },
    spare: {
      step: "create",
      outcome: "harmless",
      text: "The bits lie in the spare page of the bitmap: the part beyond port 0xffff has no effect.",
    },
    depends: {
      step: "create",
      outcome: "isolation",
      text: "Nothing complains. On an Intel machine the hypervisor clears bits in a page that belongs to something else of its own; on AMD they lie in the spare page of the bitmap and have no effect.",
    },
  },
  help: "shorten the range",
  sources: ["hypervisor/arch/x86/vcpu.c:84-93"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  pio_regions { base = 0xfff0; length = 0x20 }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  pio_regions { base = 0xfff0; length = 0x10 }
}`,
  },
  *find({ config, set }) {
    const { portIo } = config.cell;
    if (portIo.kind === "bitmap") return;
    for (const range of portIo.ranges) {
      const end = range.base + range.length;
      if (end <= portCount) continue;
      const isOverwritten = set.vendor === "intel" || end > portCount + spareBits;
      yield {
        at: config.spot(range, "length"),
        message: `${count(range.length, "port")} from ${hex(range.base)} on reach to ${hex(end - 1)}; the last port is 0xffff`,
        as: isOverwritten ? "overwritten" : set.vendor === "amd" ? "spare" : "depends",
        severity: isOverwritten ? "error" : "warning",
      };
    }
  },
});
