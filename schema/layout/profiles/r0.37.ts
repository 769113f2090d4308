import { add, profile } from "../changes.js";
import { u32 } from "../members.js";

export default profile({
  id: "r0.37",
  after: "r0.36",
  commit: "d43445fabc7bf43facad2c89d9565e834a2ce12a",
  date: "2016-02-20",
  summary: "IOMMU units state the size of their register set.",
  changes: [add("jailhouse_iommu", "end", u32("size"))],
});
