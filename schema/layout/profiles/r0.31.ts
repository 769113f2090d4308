import { constants, profile } from "../changes.js";

export default profile({
  id: "r0.31",
  after: "r0.30",
  commit: "4daba1a959ada479a152c0326d57b64a2ef8fa13",
  date: "2015-09-24",
  summary: "Extended PCI capabilities are marked by the highest bit of their id.",
  changes: [constants({ JAILHOUSE_PCI_EXT_CAP: 0x8000 })],
});
