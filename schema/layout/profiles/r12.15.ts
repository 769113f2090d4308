import { constants, profile } from "../changes.js";

export default profile({
  id: "r12.15",
  after: "r12.14",
  commit: "045c612237ecd050fd853137adda5e395be79e89",
  date: "2019-10-14",
  summary: "Shared memory protocols for virtio front and back ends.",
  changes: [
    constants({
      JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT: 0x8000,
      JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK: 0xc000,
      VIRTIO_DEV_NET: 1,
      VIRTIO_DEV_BLOCK: 2,
      VIRTIO_DEV_CONSOLE: 3,
    }),
  ],
});
