import { add, addTable, constants, define, profile, remove, withoutConstants } from "../changes.js";
import { embed, text, u8, u32, u64 } from "../members.js";

export default profile({
  id: "fork-danieleottaviano",
  after: "fork-danieleottaviano-zynqmp",
  fork: "DanieleOttaviano/jailhouse@HEAD",
  commit: "628a02d8cbba8a288793e09238e33b40cf4910b0",
  date: "2025-10-10",
  summary: "Omnivisor: remote CPUs, FPGA regions, cache colours, QoS and MemGuard.",
  changes: [
    define("jailhouse_rcpu_device", [u32("rcpu_id"), text("name", 31), text("compatible", 31)]),
    define("jailhouse_fpga", [
      text("fpga_base_bitstream", 32),
      u64("fpga_base_addr"),
      u8("fpga_flags"),
      u32("fpga_max_regions"),
    ]),
    define("jailhouse_fpga_device", [
      text("fpga_dto", 32),
      text("fpga_module", 32),
      text("fpga_bitstream", 32),
      u32("fpga_region_id"),
      u64("fpga_conf_addr"),
      u8("fpga_flags"),
    ]),
    add(
      "jailhouse_cell_desc",
      { after: "num_qos_devices" },
      u32("num_rcpu_devices"),
      u32("num_fpga_devices"),
    ),
    remove("jailhouse_system.platform_info", "fpga_configuration_base", "fpga_options"),
    add("jailhouse_system.platform_info", { after: "qos" }, embed("jailhouse_fpga", "fpga")),
    addTable("end", "rcpu_devices", "num_rcpu_devices", "jailhouse_rcpu_device"),
    addTable("end", "fpga_devices", "num_fpga_devices", "jailhouse_fpga_device"),
    withoutConstants("JAILHOUSE_MEM_RPU", "JAILHOUSE_MEM_TCM_A", "JAILHOUSE_MEM_TCM_B"),
    constants({ JAILHOUSE_RCPU_IMAGE_NAMELEN: 0x1f }),
  ],
});
