import { padding, type StructDocs } from "./field-doc.js";

export const pciDocs: StructDocs = {
  jailhouse_pci_device: {
    text: "A PCI device of the cell, physical or virtual.",
    members: {
      type: { text: "What the device is.", values: "pci-types" },
      iommu: { text: "IOMMU unit behind which the device sits.", unit: "index" },
      domain: { text: "PCI domain (segment).", range: "0 to 65535" },
      bus: { text: "Bus number." },
      devfn: { text: "Device number in bits 3 to 7, function in bits 0 to 2." },
      bdf: { text: "Bus in bits 8 to 15, device in bits 3 to 7, function in bits 0 to 2." },
      bar_mask: { text: "For each BAR the bits that can be written; the cleared low bits give its size." },
      caps_start: { text: "First capability of the device in the table of PCI capabilities.", unit: "index" },
      num_caps: { text: "Number of capabilities of the device.", unit: "elements" },
      num_msi_vectors: {
        text: "MSI vectors of the device; zero: no MSI.",
        unit: "elements",
        range: "0 to 32",
      },
      msi_64bits: { text: "MSI addresses are 64 bits wide.", range: "0 or 1" },
      msi_maskable: { text: "MSI vectors can be masked one by one.", range: "0 or 1" },
      padding,
      num_msix_vectors: {
        text: "MSI-X vectors of the device; zero: no MSI-X.",
        unit: "elements",
        range: "0 to 2048",
      },
      msix_region_size: { text: "Size of the MSI-X table, in whole pages.", unit: "bytes" },
      msix_address: { text: "Start of the MSI-X table.", unit: "physical address" },
      shmem_region: {
        text: "Shared memory device: its memory region.",
        unit: "index",
      },
      shmem_regions_start: {
        text: "Shared memory device: the first of its memory regions (state table, common section, one output section for each peer).",
        unit: "index",
      },
      shmem_dev_id: { text: "Shared memory device: number of this peer.", range: "below shmem_peers" },
      shmem_peers: { text: "Shared memory device: most peers that can be connected." },
      shmem_protocol: { text: "Shared memory device: protocol spoken over it.", values: "shmem-protocols" },
    },
  },
  jailhouse_pci_bridge: {
    text: "A PCI bridge; no table of them was ever defined.",
    members: { num_device: { text: "Number of devices behind the bridge.", unit: "elements" } },
  },
  jailhouse_pci_capability: {
    text: "A capability in the configuration space of PCI devices; several devices can share an entry.",
    members: {
      id: { text: "PCI capability id; an extended one carries the mark of bit 15.", values: "pci-cap-ids" },
      start: { text: "Offset in configuration space.", unit: "bytes", range: "0 to 4095" },
      len: { text: "Size of the capability.", unit: "bytes" },
      flags: { text: "What the cell may do with it.", values: "pci-cap-flags" },
    },
  },
};
