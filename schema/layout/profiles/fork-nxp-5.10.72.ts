import { constants, profile } from "../changes.js";

export default profile({
  id: "fork-nxp-5.10.72",
  after: "fork-nxp-5.4.24",
  fork: "nxp-imx/imx-jailhouse@lf-5.10.72_2.2.0",
  commit: "7eb1243fac2bd0344ed89c6626d16b876e66fc8b",
  date: "2020-12-17",
  summary: "NXP i.MX: as 5.4.24, with cells in AArch32 mode.",
  changes: [constants({ JAILHOUSE_CELL_AARCH32: 0x4 })],
});
