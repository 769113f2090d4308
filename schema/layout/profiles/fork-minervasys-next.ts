import { add, addTable, constants, define, profile } from "../changes.js";
import { embed, text, u8, u32, u64 } from "../members.js";

export default profile({
  id: "fork-minervasys-next",
  after: "r14.1",
  fork: "Minervasys/jailhouse@next",
  commit: "a713febe0771c2412008e053494d5cf611c9b03e",
  date: "2024-09-03",
  summary: "Cache colours, QoS and MemGuard.",
  changes: [
    define("jailhouse_coloring", [u64("way_size"), u64("root_map_offset")], {
      position: { before: "jailhouse_cache" },
    }),
    define("jailhouse_memguard_config", [
      u32("num_irqs"),
      u32("hv_timer"),
      u8("irq_prio_min"),
      u8("irq_prio_max"),
      u8("irq_prio_step"),
      u8("irq_prio_threshold"),
      u32("num_pmu_irq"),
      u32("pmu_cpu_irq", 8),
    ]),
    define("jailhouse_qos", [u64("nic_base"), u64("nic_size")]),
    define("jailhouse_qos_device", [text("name", 15), u8("flags"), u32("base")]),
    add("jailhouse_cell_desc", { after: "num_stream_ids" }, u32("num_qos_devices")),
    add("jailhouse_memory", "end", u64("colors")),
    add("jailhouse_system.platform_info", { after: "pci_domain" }, u32("no_spectre_mitigation")),
    add(
      "jailhouse_system.platform_info",
      { after: "iommu_units" },
      embed("jailhouse_coloring", "color"),
      embed("jailhouse_memguard_config", "memguard"),
      embed("jailhouse_qos", "qos"),
    ),
    addTable("end", "qos_devices", "num_qos_devices", "jailhouse_qos_device"),
    constants({
      JAILHOUSE_CON_TYPE_LINFLEX: 11,
      JAILHOUSE_MEM_COLORED: 0x200,
      JAILHOUSE_MEM_COLORED_NO_COPY: 0x400,
      JAILHOUSE_MEM_TMP_ROOT_REMAP: 0x800,
      JAILHOUSE_MAX_PMU2CPU_IRQ: 8,
    }),
  ],
});
