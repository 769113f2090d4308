import { constants, profile } from "../changes.js";

export default profile({
  id: "r6.2",
  after: "r6.1",
  commit: "3e23175c106d8fa12a7f1b1904b0495d9290a91d",
  date: "2017-07-23",
  summary: "Console type Marvell EBU (mvebu).",
  changes: [constants({ JAILHOUSE_CON1_TYPE_MVEBU: 5 })],
});
