import { constants, profile, withoutConstants } from "../changes.js";

export default profile({
  id: "r0.6",
  after: "r0.5",
  commit: "b15e26d93fd67fcaaa3e0de1d2b9597be5f5f1be",
  date: "2014-03-28",
  summary: "The first cell flag gets its lasting name, passive communication region.",
  changes: [
    withoutConstants("JAILHOUSE_CELL_UNMANAGED_EXIT"),
    constants({ JAILHOUSE_CELL_PASSIVE_COMMREG: 0x1 }),
  ],
});
