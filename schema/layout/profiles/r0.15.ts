import { add, constants, profile } from "../changes.js";
import { u64 } from "../members.js";

export default profile({
  id: "r0.15",
  after: "r0.14",
  commit: "0699386bdb05006b5cb8fa97b2d689e6e37ca6c3",
  date: "2014-07-30",
  summary: "The system lists the register bases of up to eight DMA remapping units.",
  changes: [
    add("jailhouse_system.platform_info.x86", "end", u64("dmar_unit_base", 8)),
    constants({ JAILHOUSE_MAX_DMAR_UNITS: 8 }),
  ],
});
