import { constants, profile } from "../changes.js";

export default profile({
  id: "r10.5",
  after: "r10.4",
  commit: "710d89499782657538b4e270ad1175ff799dd65b",
  date: "2019-05-09",
  summary: "PCI capability ids have names.",
  changes: [
    constants({
      PCI_CAP_ID_PM: 1,
      PCI_CAP_ID_VPD: 3,
      PCI_CAP_ID_MSI: 5,
      PCI_CAP_ID_HT: 8,
      PCI_CAP_ID_VNDR: 9,
      PCI_CAP_ID_DBG: 10,
      PCI_CAP_ID_SSVID: 13,
      PCI_CAP_ID_SECDEV: 15,
      PCI_CAP_ID_EXP: 0x10,
      PCI_CAP_ID_MSIX: 0x11,
      PCI_CAP_ID_SATA: 0x12,
      PCI_CAP_ID_AF: 0x13,
      PCI_EXT_CAP_ID_ERR: 0x1,
      PCI_EXT_CAP_ID_DSN: 0x3,
    }),
  ],
});
