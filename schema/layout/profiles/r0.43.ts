import { add, constants, profile } from "../changes.js";
import { u8, u16 } from "../members.js";

export default profile({
  id: "r0.43",
  after: "r0.42",
  commit: "d829d152b65fcaea4891fea2469ce48f6a589d67",
  date: "2016-11-10",
  summary: "Shared memory devices state the protocol spoken over them.",
  changes: [
    add("jailhouse_pci_device", "end", u16("shmem_protocol"), u8("padding", 2)),
    constants({
      JAILHOUSE_SHMEM_PROTO_UNDEFINED: 0x0,
      JAILHOUSE_SHMEM_PROTO_VETH: 0x100,
      JAILHOUSE_SHMEM_PROTO_CUSTOM: 0x8000,
    }),
  ],
});
