import { addByteTable, addTable, constants, define, profile } from "../changes.js";
import { embed, text, u8, u16, u32, u64 } from "../members.js";

export default profile({
  id: "r0.1",
  after: null,
  commit: "c690fb976081ac4b1f7f57fc2b64a757f963723b",
  date: "2013-10-20",
  summary: "The format of the first public release.",
  changes: [
    define(
      "jailhouse_cell_desc",
      [
        text("name", 32),
        u32("cpu_set_size"),
        u32("num_memory_regions"),
        u32("num_irq_lines"),
        u32("pio_bitmap_size"),
        u32("num_pci_devices"),
        u32("padding", 3),
      ],
      { packed: false },
    ),
    define("jailhouse_memory", [u64("phys_start"), u64("virt_start"), u64("size"), u64("access_flags")], {
      packed: false,
    }),
    define("jailhouse_irq_line", [u32("num"), u32("irqchip")], { packed: false }),
    define("jailhouse_pci_bridge", [u32("num_device")], { packed: false }),
    define("jailhouse_pci_device", [u32("type"), u16("domain"), u8("bus"), u8("devfn")]),
    define(
      "jailhouse_system",
      [
        embed("jailhouse_memory", "hypervisor_memory"),
        embed("jailhouse_memory", "config_memory"),
        embed("jailhouse_cell_desc", "system"),
      ],
      { packed: false },
    ),
    addByteTable("end", "cpus", "cpu_set_size", "u64"),
    addTable("end", "mem_regions", "num_memory_regions", "jailhouse_memory"),
    addTable("end", "irq_lines", "num_irq_lines", "jailhouse_irq_line"),
    addByteTable("end", "pio_bitmap", "pio_bitmap_size", "u8"),
    addTable("end", "pci_devices", "num_pci_devices", "jailhouse_pci_device"),
    constants({
      JAILHOUSE_CELL_NAME_MAXLEN: 0x1f,
      JAILHOUSE_MEM_READ: 0x1,
      JAILHOUSE_MEM_WRITE: 0x2,
      JAILHOUSE_MEM_EXECUTE: 0x4,
      JAILHOUSE_MEM_DMA: 0x8,
      JAILHOUSE_MEM_VALID_FLAGS: 0xf,
      JAILHOUSE_PCI_TYPE_DEVICE: 1,
      JAILHOUSE_PCI_TYPE_BRIDGE: 2,
    }),
  ],
});
