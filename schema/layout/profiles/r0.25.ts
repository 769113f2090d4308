import { constants, profile } from "../changes.js";

export default profile({
  id: "r0.25",
  after: "r0.24",
  commit: "ee37221dc8198805fd48fc43e567af3718a63028",
  date: "2014-10-11",
  summary: "Memory regions for device registers get a flag of their own.",
  changes: [
    constants({
      JAILHOUSE_MEM_IO: 0x10,
      JAILHOUSE_MEM_COMM_REGION: 0x20,
      JAILHOUSE_MEM_LOADABLE: 0x40,
      JAILHOUSE_MEM_ROOTSHARED: 0x80,
      JAILHOUSE_MEM_VALID_FLAGS: 0xff,
    }),
  ],
});
