import { constants, macro, profile } from "../changes.js";

export default profile({
  id: "r10.2",
  after: "r10.1",
  commit: "790ac72a3ee5df69a3b686bf4dd8ab950e9e3931",
  date: "2018-07-09",
  summary: "Console type EFI framebuffer, with its two sizes.",
  changes: [
    constants({ JAILHOUSE_CON_TYPE_EFIFB: 9, JAILHOUSE_CON_FB_1024x768: 0, JAILHOUSE_CON_FB_1920x1080: 4 }),
    macro("FB_IS_1920x1080", ["flags"], "!!((flags) & JAILHOUSE_CON_FB_1920x1080)"),
  ],
});
