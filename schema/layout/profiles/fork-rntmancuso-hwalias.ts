import { add, profile } from "../changes.js";
import { u64 } from "../members.js";

export default profile({
  id: "fork-rntmancuso-hwalias",
  after: "fork-rntmancuso",
  fork: "rntmancuso/jailhouse-rt@wip-HWalias",
  commit: "b718a238e9249e38209dde83414c48ca057031aa",
  date: "2021-02-28",
  summary: "Coloured memory regions with an offset for aliases.",
  changes: [add("jailhouse_memory_colored", "end", u64("rebase_offset"))],
});
