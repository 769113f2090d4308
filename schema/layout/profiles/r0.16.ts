import { profile, remove } from "../changes.js";

export default profile({
  id: "r0.16",
  after: "r0.15",
  commit: "a9afd74e4626ffa896c8aa8d543f1eb0103fc872",
  date: "2014-07-30",
  summary: "ACPI tables are no longer part of the system.",
  changes: [remove("jailhouse_system", "config_memory")],
});
