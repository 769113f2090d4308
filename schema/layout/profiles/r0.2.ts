import { drop, profile } from "../changes.js";

export default profile({
  id: "r0.2",
  after: "r0.1",
  commit: "1ad3c079598632ab383969ff49b79b7de8a631aa",
  date: "2013-09-02",
  summary: "The struct for PCI bridges, never used, is gone.",
  changes: [drop("jailhouse_pci_bridge")],
});
