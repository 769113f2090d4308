import { profile, rename } from "../changes.js";

export default profile({
  id: "r0.10",
  after: "r0.9",
  commit: "fe241bab47ba309794c5a7ec1e106b68525bebd0",
  date: "2014-06-13",
  summary: "The descriptor of the root cell in the system is called `root_cell`.",
  changes: [rename("jailhouse_system", "system", "root_cell")],
});
