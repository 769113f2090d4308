import { constants, profile } from "../changes.js";

export default profile({
  id: "r0.22",
  after: "r0.21",
  commit: "96ebee2394e024bd9e7314d0a1bc966c0a798aaf",
  date: "2014-11-24",
  summary: "A memory region can be shared with the root cell.",
  changes: [constants({ JAILHOUSE_MEM_ROOTSHARED: 0x40, JAILHOUSE_MEM_VALID_FLAGS: 0x7f })],
});
