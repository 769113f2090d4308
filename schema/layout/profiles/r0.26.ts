import { add, profile } from "../changes.js";
import { embed } from "../members.js";

export default profile({
  id: "r0.26",
  after: "r0.25",
  commit: "da2e3fec9d672dfb4e47e855700605d1efa3e012",
  date: "2014-10-12",
  summary: "The system describes the debug UART as a memory region.",
  changes: [add("jailhouse_system", { after: "hypervisor_memory" }, embed("jailhouse_memory", "debug_uart"))],
});
