import { add, constants, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "fork-siemens-coloring",
  after: "r13.3",
  fork: "siemens/jailhouse@wip/cache-coloring (mirror of NXP)",
  commit: "403ec70f3c53915ad3411b2ead5801ac5d1fa325",
  date: "2020-06-10",
  summary: "The number of cache colours of the platform.",
  changes: [
    add("jailhouse_system.platform_info", { after: "pci_domain" }, u32("max_cache_colors")),
    constants({ JAILHOUSE_MEM_COLORED: 0x200 }),
  ],
});
