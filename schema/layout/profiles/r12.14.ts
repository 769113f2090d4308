import { constants, profile } from "../changes.js";

export default profile({
  id: "r12.14",
  after: "r12.13",
  commit: "71b9ef1653ccc8fb483900a37c7f69e6bf9a1c46",
  date: "2019-07-07",
  summary: "Shared memory protocol numbers without the revision bits of the former device.",
  changes: [constants({ JAILHOUSE_SHMEM_PROTO_VETH: 0x1, JAILHOUSE_SHMEM_PROTO_CUSTOM: 0x4000 })],
});
