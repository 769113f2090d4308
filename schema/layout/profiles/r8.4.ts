import { constants, profile } from "../changes.js";

export default profile({
  id: "r8.4",
  after: "r8.3",
  commit: "53653d76496cac8696c08610d672f93323087999",
  date: "2018-04-15",
  summary: "A cell flag asks for the MMIO test device.",
  changes: [constants({ JAILHOUSE_CELL_TEST_DEVICE: 0x4 })],
});
