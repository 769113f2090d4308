import { macro, profile } from "../changes.js";

export default profile({
  id: "r12.4",
  after: "r12.3",
  commit: "fd53ad43967498d818069c55b08cac7c405a1517",
  date: "2020-01-06",
  summary: "The test for regions smaller than a page uses the offset mask.",
  changes: [
    macro(
      "JAILHOUSE_MEMORY_IS_SUBPAGE",
      ["region"],
      "((((region)->virt_start | (region)->size) & PAGE_OFFS_MASK) != 0)",
    ),
  ],
});
