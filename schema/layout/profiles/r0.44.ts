import { constants, profile } from "../changes.js";

export default profile({
  id: "r0.44",
  after: "r0.43",
  commit: "e1bda8b1d47da1efe9acdac9875ee51e85b05d05",
  date: "2016-09-10",
  summary: "A cell flag lets the cell write to the hypervisor's console.",
  changes: [constants({ JAILHOUSE_CELL_DEBUG_CONSOLE: 0x2 })],
});
