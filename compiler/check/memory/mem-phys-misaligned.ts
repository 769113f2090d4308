import { defineRule } from "../define-rule.js";
import { pageSize } from "../facts/region.js";
import { setField } from "../facts/region-fixes.js";
import { hex } from "../words.js";

export const memPhysMisaligned = defineRule({
  id: "mem-phys-misaligned",
  family: "memory",
  title: "Physical start within a page",
  severity: "error",
  scope: "config",
  statement: "A region that is mapped as whole pages starts at the start of a physical page.",
  explanation:
    "Whether a region is mapped or trapped depends on `virt_start` and `size` alone. Where both are multiples of 4K, the hypervisor writes the page of `phys_start` into the page tables and drops the bits below the page without a word.",
  consequences: {
    shifted: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The cell gets the whole page in which the address lies: its first byte is not the one that the config names, and the bytes before it are exposed.",
    },
  },
  help: "start the region at a multiple of 4K; if the device shares its page with others, give the region the exact size and widths of access, so that it is trapped",
  sources: ["hypervisor/paging.c:289"],
  after: ["mem-addr-range"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0800 size 4K mapped at 2M rw
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 4K mapped at 2M rw
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      const { physStart } = region.node;
      const misplaced = physStart % pageSize;
      if (!region.isMapped || region.comm || misplaced === 0n) continue;
      const down = physStart - misplaced;
      yield {
        at: region.spot("physStart"),
        message: `a region of whole pages starts at ${hex(physStart)}, ${hex(misplaced)} bytes into a page`,
        label: `is mapped from ${hex(down)}`,
        fixes: [
          {
            title: `start at the page, ${hex(down)}`,
            changes: [setField(region, "physStart", down)],
          },
        ],
      };
    }
  },
});
