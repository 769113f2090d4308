import { constants, profile, withoutConstants } from "../changes.js";

export default profile({
  id: "r10.3",
  after: "r10.2",
  commit: "d2aa16765e54eb95f503fb51dddf94bef2c4c7ed",
  date: "2018-07-10",
  aliases: ["v0.10"],
  summary: "Console type VGA is gone, and EFI framebuffer takes its number.",
  changes: [withoutConstants("JAILHOUSE_CON_TYPE_VGA"), constants({ JAILHOUSE_CON_TYPE_EFIFB: 1 })],
});
