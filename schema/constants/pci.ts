import { type ConstantGroup, prefixed } from "./group.js";

export const pciTypes: ConstantGroup = {
  id: "pci-types",
  kind: "enum",
  title: "Type of a PCI device",
  names: prefixed("JAILHOUSE_PCI_TYPE_", {
    DEVICE: "A physical device.",
    BRIDGE: "A bridge; the cell may read its configuration only.",
    IVSHMEM: "A virtual device for memory shared between cells.",
  }),
};

export const shmemProtocols: ConstantGroup = {
  id: "shmem-protocols",
  kind: "enum",
  title: "Protocol spoken over shared memory",
  names: prefixed("JAILHOUSE_SHMEM_PROTO_", {
    UNDEFINED: "None that is known to others.",
    VETH: "Virtual Ethernet.",
    CUSTOM: "First number for own protocols.",
    VIRTIO_FRONT: "Virtio driver side; the type of virtio device is added.",
    VIRTIO_BACK: "Virtio device side; the type of virtio device is added.",
  }),
  sums: {
    marks: ["JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK", "JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT"],
    group: "virtio-devices",
  },
};

export const virtioDevices: ConstantGroup = {
  id: "virtio-devices",
  kind: "enum",
  title: "Type of virtio device, added to a virtio protocol",
  names: prefixed("VIRTIO_DEV_", { NET: "Network.", BLOCK: "Block device.", CONSOLE: "Console." }),
};

export const pciCapFlags: ConstantGroup = {
  id: "pci-cap-flags",
  kind: "flags",
  title: "Flags of a PCI capability",
  names: prefixed("JAILHOUSE_PCICAPS_", { WRITE: "The cell may write to the capability." }),
};

const extendedMark = "JAILHOUSE_PCI_EXT_CAP";

export const pciCapMark: ConstantGroup = {
  id: "pci-cap-mark",
  kind: "flags",
  title: "Mark in the id of a PCI capability",
  names: [{ name: extendedMark, short: "extended", text: "The id is one of an extended capability." }],
};

export const pciCapIds: ConstantGroup = {
  id: "pci-cap-ids",
  kind: "enum",
  title: "PCI capability ids",
  names: prefixed("PCI_CAP_ID_", {
    PM: "Power management.",
    VPD: "Vital product data.",
    MSI: "Message signalled interrupts.",
    HT: "HyperTransport.",
    VNDR: "Vendor specific.",
    DBG: "Debug port.",
    SSVID: "Subsystem vendor and device of a bridge.",
    SECDEV: "Secure device (AMD IOMMU).",
    EXP: "PCI Express.",
    MSIX: "Message signalled interrupts with a table (MSI-X).",
    SATA: "SATA index and data registers.",
    AF: "Advanced features.",
  }),
  sums: { marks: [extendedMark], group: "pci-ext-cap-ids" },
};

export const pciExtCapIds: ConstantGroup = {
  id: "pci-ext-cap-ids",
  kind: "enum",
  title: "PCI Express extended capability ids",
  names: prefixed("PCI_EXT_CAP_ID_", {
    ERR: "Advanced error reporting.",
    VC: "Virtual channel.",
    DSN: "Device serial number.",
    PWR: "Power budgeting.",
    RCLD: "Root complex link declaration.",
    RCILC: "Root complex internal link control.",
    RCEC: "Root complex event collector.",
    MFVC: "Virtual channel of a device with many functions.",
    VC9: "Virtual channel, with the former present.",
    RCRB: "Root complex register block.",
    VNDR: "Vendor specific.",
    CAC: "Configuration access correlation.",
    ACS: "Access control services.",
    ARI: "Alternative routing id.",
    ATS: "Address translation services.",
    SRIOV: "Single root I/O virtualization.",
    MRIOV: "Multi root I/O virtualization.",
    MCAST: "Multicast.",
    PRI: "Page requests.",
    AMD_XXX: "Kept for AMD.",
    REBAR: "BARs of variable size.",
    DPA: "Dynamic power allocation.",
    TPH: "Processing hints for requests.",
    LTR: "Latency tolerance reporting.",
    SECPCI: "Secondary PCI Express.",
    PMUX: "Protocol multiplexing.",
    PASID: "Process address space id.",
    DPC: "Downstream port containment.",
    L1SS: "Substates of link state L1.",
    PTM: "Precision time measurement.",
  }),
};
