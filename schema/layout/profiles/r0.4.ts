import { constants, profile } from "../changes.js";

export default profile({
  id: "r0.4",
  after: "r0.3",
  commit: "7b2c5607d9abebc082a88e0a7d9952d2f128db07",
  date: "2014-01-12",
  summary: "A memory region can be marked as the communication region of its cell.",
  changes: [constants({ JAILHOUSE_MEM_COMM_REGION: 0x10, JAILHOUSE_MEM_VALID_FLAGS: 0x1f })],
});
