import { add, addByteTable, constants, profile } from "../changes.js";
import { u32, u64 } from "../members.js";

export default profile({
  id: "fork-danieleottaviano-zynqmp",
  after: "fork-minervasys-omnivisor",
  fork: "DanieleOttaviano/jailhouse@zynqmp_version",
  commit: "f49921374e79c8a40dacdecc3abe6e0ee901ff3f",
  date: "2024-11-25",
  summary: "Omnivisor for ZynqMP: remote CPUs, FPGA configuration, cache colours, QoS and MemGuard.",
  changes: [
    add("jailhouse_cell_desc", { after: "rcpu_set_size" }, u32("fpga_regions_size")),
    add(
      "jailhouse_system.platform_info",
      { after: "no_spectre_mitigation" },
      u64("fpga_configuration_base"),
      u32("fpga_options"),
    ),
    addByteTable({ after: "rcpus" }, "fpga_regions", "fpga_regions_size", "u64"),
    constants({ JAILHOUSE_FPGA_FULL: 0, JAILHOUSE_FPGA_PARTIAL: 1 }),
  ],
});
