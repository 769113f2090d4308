import { profile, rename } from "../changes.js";

export default profile({
  id: "r0.3",
  after: "r0.2",
  commit: "3f5295e8154c36f0af375c95b51528c7a66db2cb",
  date: "2014-01-12",
  summary: "Memory regions carry `flags` instead of `access_flags`.",
  changes: [rename("jailhouse_memory", "access_flags", "flags")],
});
