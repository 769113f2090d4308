import { count, type FieldDoc, padding, type StructDocs } from "./field-doc.js";

export const signature: FieldDoc = {
  text: "Says what kind of file this is; filled exactly, without a NUL at the end.",
  range: "the text of the profile: JHSYS or JHCLL since revision 14, JHSYST or JHCELL before",
};

export const architecture: FieldDoc = {
  text: "Processor architecture the file is made for.",
  values: "architectures",
};

export const revision: FieldDoc = {
  text: "Revision of the format; hypervisor and driver accept their own only.",
  range: "JAILHOUSE_CONFIG_REVISION of the profile",
};

/** The descriptor of a cell, the CPUs it lists, and its console. */
export const cellDocs: StructDocs = {
  jailhouse_cell_desc: {
    text: "Describes a cell. The tables whose counts it holds follow it, in the order of the profile.",
    members: {
      signature,
      architecture,
      revision,
      name: {
        text: "Name of the cell, filled with NULs.",
        range: "1 to 31 bytes; unique among the cells of a system",
      },
      padding,
      id: {
        text: "Number of the cell; the driver fills it in when the cell is created.",
        range: "0 in a file",
      },
      flags: { text: "Properties of the cell.", values: "cell-flags" },
      cpu_set_size: {
        text: "Size of the bitmap of CPUs: bit n of byte k stands for CPU 8k + n.",
        unit: "bytes",
        range: "a multiple of 8, at least 8",
      },
      num_cpus: count("CPUs"),
      num_memory_regions: count("memory regions"),
      num_cache_regions: count("cache regions"),
      num_irq_lines: count("interrupt lines"),
      num_irqchips: count("interrupt controllers"),
      pio_bitmap_size: {
        text: "Size of the bitmap of I/O ports: a cleared bit lets the port through. Without one all ports are blocked.",
        unit: "bytes",
        range: "0 to 8192",
      },
      num_pio_regions: count("I/O port ranges"),
      num_pci_devices: count("PCI devices"),
      num_pci_caps: count("PCI capabilities"),
      num_stream_ids: count("stream ids"),
      vpci_irq_base: {
        text: "First interrupt of the cell's virtual PCI devices on ARM, counted from the first shared peripheral interrupt (32).",
        unit: "interrupt number",
      },
      cpu_reset_address: {
        text: "Where the CPUs of the cell start. The root cell does not use it.",
        unit: "virtual address",
      },
      msg_reply_timeout: {
        text: "How many times the hypervisor looks for the cell's reply to a message before it gives up; zero: without end.",
      },
      console: { text: "The console that programs in the cell use." },

      rcpu_set_size: { text: "Size of the bitmap of remote CPUs.", unit: "bytes", range: "a multiple of 8" },
      fpga_regions_size: {
        text: "Size of the bitmap of FPGA regions.",
        unit: "bytes",
        range: "a multiple of 8",
      },
      num_qos_devices: count("devices with QoS settings"),
      num_rcpu_devices: count("remote CPUs"),
      num_fpga_devices: count("devices in FPGA regions"),
      num_smmu_sids: count("stream ids with masks"),
      num_memory_regions_colored: count("memory regions with cache colours"),
      num_regmaps: count("register maps"),
      num_smc_ids: count("SMC function ids"),
      num_vendor_resources: count("shared register blocks"),
      pci_cfg_base: { text: "Start of the cell's own PCI configuration window.", unit: "physical address" },
      pci_cfg_size: { text: "Size of the cell's own PCI configuration window.", unit: "bytes" },
      ivshmem_irq: { text: "Interrupt of the cell's shared memory device.", unit: "interrupt number" },
    },
  },
  jailhouse_cpu: {
    text: "A CPU of the cell.",
    members: {
      phys_id: { text: "Number by which the hardware knows the CPU: hart id, APIC id or MPIDR." },
      padding,
    },
  },
  jailhouse_irqchip: {
    text: "Pins of one interrupt controller that belong to the cell.",
    members: {
      address: {
        text: "Start of the controller's registers, which names the controller.",
        unit: "physical address",
      },
      id: { text: "Id of an IOAPIC as the IOMMU sees it (the source id of its interrupts); zero on ARM." },
      pin_base: {
        text: "Pin of the first bit of the bitmap.",
        unit: "interrupt number",
        range: "on ARM a multiple of 32, at least 32",
      },
      pin_bitmap: { text: "Bit n of word k stands for pin 32k + n above the base." },
    },
  },
  jailhouse_irq_line: {
    text: "An interrupt line of the cell.",
    members: {
      num: { text: "Number of the line at its controller.", unit: "interrupt number" },
      irqchip: { text: "Number of the controller.", unit: "index" },
    },
  },
  jailhouse_pio: {
    text: "A range of I/O ports the cell may use (x86).",
    members: {
      base: { text: "First port.", unit: "I/O port" },
      length: {
        text: "Number of ports.",
        unit: "elements",
        range: "at least 1; base + length at most 65536",
      },
    },
  },
  jailhouse_stream_id: {
    text: "A stream id by which an ARM SMMU knows transactions of the cell's devices.",
    members: {
      id: { text: "The id, for an SMMU of version 3." },
      mmu500: { text: "Id and mask, for an MMU-500." },
    },
  },
  "jailhouse_stream_id.mmu500": {
    text: "Stream ids of an MMU-500 that agree with an id in all bits but some.",
    members: {
      id: { text: "The id.", range: "15 bits" },
      mask_out: { text: "Bits of the id that do not count.", range: "15 bits" },
    },
  },
};
