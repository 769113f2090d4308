import { constants, profile } from "../changes.js";

export default profile({
  id: "r0.23",
  after: "r0.22",
  commit: "7b5473ea2deac05e5019039cd1e42680a64f6d11",
  date: "2014-11-24",
  summary: "Virtual shared memory devices (ivshmem) become a type of PCI device.",
  changes: [constants({ JAILHOUSE_PCI_TYPE_IVSHMEM: 3 })],
});
