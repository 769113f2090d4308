import { constants, profile } from "../changes.js";

export default profile({
  id: "fork-lfd-s32g",
  after: "r14.1",
  fork: "lfd/jailhouse@s32g",
  commit: "3a88b0b371aeb649bc496d8c272b5d3ab5de3982",
  date: "2023-05-15",
  summary: "Console type of the NXP S32G.",
  changes: [constants({ JAILHOUSE_CON_TYPE_LINFLEXUART: 11 })],
});
