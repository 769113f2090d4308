import { constants, profile } from "../changes.js";

export default profile({
  id: "r13.5",
  after: "r13.4",
  commit: "723bbf3842387bd826bf21fa35782102352ce1f1",
  date: "2020-08-19",
  summary: "A cell flag starts the cell in AArch32 mode.",
  changes: [constants({ JAILHOUSE_CELL_AARCH32: 0x4 })],
});
