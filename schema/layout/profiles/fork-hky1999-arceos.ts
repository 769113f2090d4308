import { macro, profile } from "../changes.js";

export default profile({
  id: "fork-hky1999-arceos",
  after: "r10.3",
  fork: "hky1999/jailhouse-arceos@HEAD",
  commit: "1fc58511fc97f4fd57ae3253ba593a6c7d4e4cf8",
  date: "2024-05-23",
  summary: "Revision 10 with the signatures of the ArceOS hypervisor.",
  changes: [
    macro("JAILHOUSE_CELL_DESC_SIGNATURE", null, '"AOSCEL"'),
    macro("JAILHOUSE_SYSTEM_SIGNATURE", null, '"ACESYS"'),
  ],
});
