import { constants, profile } from "../changes.js";

export default profile({
  id: "r2.1",
  after: "r1.6",
  commit: "c3c645d0fbc0ea4b8c1e237aaddf4ef54a209949",
  date: "2016-11-30",
  summary: "Revision 2: a bump without a change of layout.",
  changes: [constants({ JAILHOUSE_CONFIG_REVISION: 2 })],
});
