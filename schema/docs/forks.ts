import type { FieldDoc, StructDocs } from "./field-doc.js";
import { padding } from "./field-doc.js";

const riscvController: Readonly<Record<string, FieldDoc>> = {
  base_address: { text: "Start of the controller's registers.", unit: "physical address" },
  size: { text: "Size of the controller's registers.", unit: "bytes" },
  max_irq: { text: "Highest interrupt of the controller.", unit: "interrupt number" },
  max_priority: { text: "Highest priority of an interrupt." },
  hart_to_context: {
    text: "For each hart the controller's context that serves it in supervisor mode; -1: none.",
    unit: "index",
  },
};

/** Structs that exist in forks only. */
export const forkDocs: StructDocs = {
  "jailhouse_system.platform_info.riscv": {
    text: "Platform of RISC-V.",
    members: {
      timebase_frequency: { text: "Frequency of the time counter.", unit: "Hz" },
      plic: { text: "The platform-level interrupt controller." },
      irqchip: { text: "The interrupt controller." },
    },
  },
  "jailhouse_system.platform_info.riscv.plic": {
    text: "The platform-level interrupt controller.",
    members: riscvController,
  },
  "jailhouse_system.platform_info.riscv.irqchip": {
    text: "The interrupt controller.",
    members: {
      ...riscvController,
      type: { text: "Kind of controller.", values: "riscv-irqchips" },
      _res: padding,
      imsic_stride: { text: "Distance between the interrupt files of two harts.", unit: "bytes" },
      _res1: padding,
      imsic_base: { text: "Start of the interrupt files (IMSIC); zero: none.", unit: "physical address" },
      imsic_size: { text: "Size of the interrupt files.", unit: "bytes" },
    },
  },
  jailhouse_coloring: {
    text: "Cache colouring.",
    members: {
      way_size: { text: "Size of one way of the last level cache; zero: found out.", unit: "bytes" },
      root_map_offset: {
        text: "Where the root cell's memory is mapped once more while its pages move.",
        unit: "virtual address",
      },
    },
  },
  jailhouse_memguard_config: {
    text: "MemGuard, the limiter of memory bandwidth.",
    members: {
      num_irqs: { text: "Number of interrupts of the controller.", unit: "elements" },
      hv_timer: { text: "Interrupt of the hypervisor's timer.", unit: "interrupt number" },
      irq_prio_min: { text: "Lowest interrupt priority, as the controller counts." },
      irq_prio_max: { text: "Highest interrupt priority, as the controller counts." },
      irq_prio_step: { text: "Distance of two interrupt priorities." },
      irq_prio_threshold: { text: "Priority from which interrupts reach a throttled CPU." },
      num_pmu_irq: { text: "Used entries of the table of PMU interrupts.", unit: "elements" },
      pmu_cpu_irq: { text: "For each CPU the interrupt of its PMU.", unit: "interrupt number" },
    },
  },
  jailhouse_qos: {
    text: "The interconnect whose quality of service can be set.",
    members: {
      nic_base: { text: "Start of its registers.", unit: "physical address" },
      nic_size: { text: "Size of its registers.", unit: "bytes" },
    },
  },
  jailhouse_qos_device: {
    text: "A port of the interconnect.",
    members: {
      name: { text: "Name of the port, filled with NULs.", range: "at most 14 bytes" },
      flags: { text: "What can be set for the port; bits as the interconnect's driver defines them." },
      base: { text: "Offset of the port's registers.", unit: "bytes" },
    },
  },
  jailhouse_rcpu_device: {
    text: "A remote CPU, started through its firmware driver.",
    members: {
      rcpu_id: { text: "Number of the CPU in the set of remote CPUs.", unit: "index" },
      name: { text: "Name of the CPU, filled with NULs." },
      compatible: { text: "Device tree name of its driver, filled with NULs." },
    },
  },
  jailhouse_fpga: {
    text: "The FPGA of the platform.",
    members: {
      fpga_base_bitstream: { text: "File with the base configuration, filled with NULs." },
      fpga_base_addr: { text: "Where the base configuration is loaded.", unit: "physical address" },
      fpga_flags: { text: "How the FPGA is configured.", values: "fpga-flags" },
      fpga_max_regions: { text: "Number of regions.", unit: "elements" },
    },
  },
  jailhouse_fpga_device: {
    text: "A device in a region of the FPGA.",
    members: {
      fpga_dto: { text: "File with its device tree overlay, filled with NULs." },
      fpga_module: { text: "Kernel module of its driver, filled with NULs." },
      fpga_bitstream: { text: "File with its configuration, filled with NULs." },
      fpga_region_id: { text: "Region it goes into.", unit: "index" },
      fpga_conf_addr: { text: "Where its configuration is loaded.", unit: "physical address" },
      fpga_flags: { text: "How it is configured.", values: "fpga-flags" },
    },
  },
  jailhouse_regmap: {
    text: "Registers that cells share, handed out one by one.",
    members: {
      reg_base: { text: "Address of the first register.", unit: "physical address" },
      reg_count: { text: "Number of registers.", unit: "elements", range: "at most 256" },
      reg_size: { text: "Size of a register.", unit: "bytes" },
      flags: { text: "What the cell may do with its registers.", values: "memory-flags" },
      reg_bitmap: { text: "Registers of the cell: bit n of word k stands for register 32k + n." },
    },
  },
  jailhouse_vendor_resource: {
    text: "Bits of a register block that several cells share.",
    members: {
      type: { text: "Kind of block, as the platform's driver counts them." },
      address: { text: "Start of the block.", unit: "physical address" },
      base: { text: "What the first bit of the bitmap stands for.", unit: "index" },
      bitmap: { text: "What belongs to the cell: bit n of word k stands for 32k + n above the base." },
    },
  },
};
