import { defineRule } from "../define-rule.js";
import { pageSize } from "../facts/region.js";
import { hex, regionText } from "../words.js";

export const memSubpageVirtPhysOffset = defineRule({
  id: "mem-subpage-virt-phys-offset",
  family: "memory",
  title: "Trapped region at another place in the page",
  severity: "warning",
  scope: "config",
  statement: "A trapped region lies at the same place in its page for the cell as in physical memory.",
  explanation:
    "The hypervisor checks the alignment of an access by its offset in the region, whereas a driver aligns it by the address that it sees. With different places in the page the two need not agree, and a region that is later made of whole pages would show other bytes.",
  consequences: {
    shifted: {
      step: "run",
      outcome: "ineffective",
      text: "Accesses reach the right registers, as their offset in the region is what counts; but whether one is aligned is decided by that offset, too, and an access that the driver thinks aligned may be refused.",
    },
  },
  help: "map the region at an address with the same last three hexadecimal digits",
  sources: ["hypervisor/mmio.c:325"],
  after: ["mem-addr-range", "mem-subpage-crosses-page"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0000 size 4K rw
}
cell demo {
  use inmate()
  memory at 0xfea0_0400 size 256 mapped at 0xfea0_0800 rw io-32 rootshared
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  memory at 0xfea0_0000 size 4K rw
}
cell demo {
  use inmate()
  memory at 0xfea0_0400 size 256 mapped at 0xfea1_0400 rw io-32 rootshared
}`,
  },
  *find({ config }) {
    for (const region of config.regions) {
      const physical = region.phys.start % pageSize;
      const seen = region.virt.start % pageSize;
      if (!region.isSubPage || !region.hasPhysical || physical === seen) continue;
      yield {
        at: region.spot("virtStart"),
        message: `${regionText(region)} is ${hex(seen)} bytes into a page for the cell and ${hex(physical)} bytes on the machine`,
        label: `is seen at ${hex(region.virt.start)}`,
        also: [{ at: region.spot("physStart"), text: `is ${hex(region.phys.start)} on the machine` }],
      };
    }
  },
});
