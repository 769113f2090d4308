import { pack, profile, remove } from "../changes.js";

export default profile({
  id: "r0.8",
  after: "r0.7",
  commit: "27cf6fe02dda415d1385a5534cfee29dd455825a",
  date: "2014-06-05",
  summary: "All structs are packed, and padding that only served alignment goes.",
  changes: [pack(), remove("jailhouse_cell_desc", "padding")],
});
