import { profile, remove } from "../changes.js";

export default profile({
  id: "fork-lfd-v17",
  after: "fork-lfd-v18",
  fork: "lfd/jailhouse@V17",
  commit: "432d925b0b5c564de1411aa1cc4d265118a53404",
  date: "2024-06-19",
  summary: "RISC-V: APLIC with IMSIC.",
  changes: [remove("jailhouse_system.platform_info.riscv", "timebase_frequency")],
});
