import { constants, profile, withoutConstants } from "../changes.js";

export default profile({
  id: "fork-siemens-new-cpu-config-rev15",
  after: "fork-lfd-v4",
  fork: "siemens/jailhouse@wip/new-cpu-config (mirror of Minerva)",
  commit: "2ed537730d88a379742896f90f78adc5ae1fa6c8",
  date: "2020-02-16",
  summary: "One entry per CPU instead of a set of CPUs, as revision 15.",
  changes: [withoutConstants("JAILHOUSE_RISCV64"), constants({ JAILHOUSE_CONFIG_REVISION: 15 })],
});
