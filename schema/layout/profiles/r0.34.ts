import { constants, macro, profile } from "../changes.js";

export default profile({
  id: "r0.34",
  after: "r0.33",
  commit: "1bd483532cfd3a50d81bc4cd8697d79591c7ea83",
  date: "2016-01-08",
  summary: "Memory regions smaller than a page, with the access widths that are let through.",
  changes: [
    constants({
      JAILHOUSE_MEM_IO_UNALIGNED: 0x100,
      JAILHOUSE_MEM_IO_WIDTH_SHIFT: 0x10,
      JAILHOUSE_MEM_IO_8: 0x10000,
      JAILHOUSE_MEM_IO_16: 0x20000,
      JAILHOUSE_MEM_IO_32: 0x40000,
      JAILHOUSE_MEM_IO_64: 0x80000,
    }),
    macro(
      "JAILHOUSE_MEMORY_IS_SUBPAGE",
      ["region"],
      "((((region)->virt_start | (region)->size) & ~PAGE_MASK) != 0)",
    ),
  ],
});
