// Generated from schema/ by `npm run generate`; changes made here are lost.
/** `jailhouse_cell_desc` */
export interface JailhouseCellDesc {
  /** Name of the cell, filled with NULs. */
  readonly name: string;
  /** Size of the bitmap of CPUs: bit n of byte k stands for CPU 8k + n. Unit: bytes. */
  readonly cpu_set_size?: number;
  /** Number of memory regions in the table behind the header. Unit: elements. */
  readonly num_memory_regions?: number;
  /** Number of interrupt lines in the table behind the header. Unit: elements. */
  readonly num_irq_lines?: number;
  /** Size of the bitmap of I/O ports: a cleared bit lets the port through. Without one all ports are blocked. Unit: bytes. */
  readonly pio_bitmap_size?: number;
  /** Number of PCI devices in the table behind the header. Unit: elements. */
  readonly num_pci_devices?: number;
  /** Filler; zero. */
  readonly padding?: readonly number[];
  /** Properties of the cell. */
  readonly flags?: number;
  /** Number of interrupt controllers in the table behind the header. Unit: elements. */
  readonly num_irqchips?: number;
  /** Number of PCI capabilities in the table behind the header. Unit: elements. */
  readonly num_pci_caps?: number;
  /** Says what kind of file this is; filled exactly, without a NUL at the end. */
  readonly signature?: string;
  /** Number of cache regions in the table behind the header. Unit: elements. */
  readonly num_cache_regions?: number;
  /** Number of the cell; the driver fills it in when the cell is created. */
  readonly id?: number;
  /** First interrupt of the cell's virtual PCI devices on ARM, counted from the first shared peripheral interrupt (32). Unit: interrupt number. */
  readonly vpci_irq_base?: number;
  /** Revision of the format; hypervisor and driver accept their own only. */
  readonly revision?: number;
  /** Where the CPUs of the cell start. The root cell does not use it. Unit: virtual address. */
  readonly cpu_reset_address?: bigint;
  /** How many times the hypervisor looks for the cell's reply to a message before it gives up; zero: without end. */
  readonly msg_reply_timeout?: bigint;
  /** The console that programs in the cell use. */
  readonly console?: JailhouseConsole;
  /** Number of I/O port ranges in the table behind the header. Unit: elements. */
  readonly num_pio_regions?: number;
  /** Number of stream ids in the table behind the header. Unit: elements. */
  readonly num_stream_ids?: number;
  /** Processor architecture the file is made for. */
  readonly architecture?: number;
  /** Size of the bitmap of remote CPUs. Unit: bytes. */
  readonly rcpu_set_size?: number;
  /** Size of the bitmap of FPGA regions. Unit: bytes. */
  readonly fpga_regions_size?: number;
  /** Number of devices with QoS settings in the table behind the header. Unit: elements. */
  readonly num_qos_devices?: number;
  /** Number of remote CPUs in the table behind the header. Unit: elements. */
  readonly num_rcpu_devices?: number;
  /** Number of devices in FPGA regions in the table behind the header. Unit: elements. */
  readonly num_fpga_devices?: number;
  /** Number of CPUs in the table behind the header. Unit: elements. */
  readonly num_cpus?: number;
  /** Number of SMC function ids in the table behind the header. Unit: elements. */
  readonly num_smc_ids?: number;
  /** Number of shared register blocks in the table behind the header. Unit: elements. */
  readonly num_vendor_resources?: number;
  /** Number of stream ids with masks in the table behind the header. Unit: elements. */
  readonly num_smmu_sids?: number;
  /** Start of the cell's own PCI configuration window. Unit: physical address. */
  readonly pci_cfg_base?: bigint;
  /** Size of the cell's own PCI configuration window. Unit: bytes. */
  readonly pci_cfg_size?: bigint;
  /** Interrupt of the cell's shared memory device. Unit: interrupt number. */
  readonly ivshmem_irq?: number;
  /** Number of memory regions with cache colours in the table behind the header. Unit: elements. */
  readonly num_memory_regions_colored?: number;
  /** Number of register maps in the table behind the header. Unit: elements. */
  readonly num_regmaps?: number;
}

/** `jailhouse_memory` */
export interface JailhouseMemory {
  /** Where the region is in the machine. Unit: physical address. */
  readonly phys_start: bigint;
  /** Where the cell sees it: its own physical address. Unit: virtual address. */
  readonly virt_start: bigint;
  /** Size of the region; a size of zero leaves the entry unused. Unit: bytes. */
  readonly size: bigint;
  /** What the cell may do with it. */
  readonly access_flags?: bigint;
  /** What the cell may do with it. */
  readonly flags?: bigint;
  /** Bitmap of the cache colours the region consists of; zero: not coloured (forks). */
  readonly colors?: bigint;
}

/** `jailhouse_irq_line` */
export interface JailhouseIrqLine {
  /** Number of the line at its controller. Unit: interrupt number. */
  readonly num: number;
  /** Number of the controller. Unit: index. */
  readonly irqchip: number;
}

/** `jailhouse_pci_bridge` */
export interface JailhousePciBridge {
  /** Number of devices behind the bridge. Unit: elements. */
  readonly num_device: number;
}

/** `jailhouse_pci_device` */
export interface JailhousePciDevice {
  /** What the device is. */
  readonly type: number;
  /** PCI domain (segment). */
  readonly domain: number;
  /** Bus number. */
  readonly bus?: number;
  /** Device number in bits 3 to 7, function in bits 0 to 2. */
  readonly devfn?: number;
  /** First capability of the device in the table of PCI capabilities. Unit: index. */
  readonly caps_start?: number;
  /** Number of capabilities of the device. Unit: elements. */
  readonly num_caps?: number;
  /** Bus in bits 8 to 15, device in bits 3 to 7, function in bits 0 to 2. */
  readonly bdf?: number;
  /** MSI vectors of the device; zero: no MSI. Unit: elements. */
  readonly num_msi_vectors?: number;
  /** MSI addresses are 64 bits wide. */
  readonly msi_64bits?: number;
  /** Filler; zero. */
  readonly padding?: number | readonly number[];
  /** MSI-X vectors of the device; zero: no MSI-X. Unit: elements. */
  readonly num_msix_vectors?: number;
  /** Size of the MSI-X table, in whole pages. Unit: bytes. */
  readonly msix_region_size?: number;
  /** Start of the MSI-X table. Unit: physical address. */
  readonly msix_address?: bigint;
  /** IOMMU unit behind which the device sits. Unit: index. */
  readonly iommu?: number;
  /** Shared memory device: its memory region. Unit: index. */
  readonly shmem_region?: number;
  /** For each BAR the bits that can be written; the cleared low bits give its size. */
  readonly bar_mask?: readonly number[];
  /** Shared memory device: protocol spoken over it. */
  readonly shmem_protocol?: number;
  /** MSI vectors can be masked one by one. */
  readonly msi_maskable?: number;
  /** Shared memory device: number of this peer. */
  readonly shmem_dev_id?: number;
  /** Shared memory device: the first of its memory regions (state table, common section, one output section for each peer). Unit: index. */
  readonly shmem_regions_start?: number;
  /** Shared memory device: most peers that can be connected. */
  readonly shmem_peers?: number;
}

/** `jailhouse_system` */
export interface JailhouseSystem {
  /** Memory that is set aside for the hypervisor. */
  readonly hypervisor_memory: JailhouseMemory;
  /** Memory that holds this configuration. */
  readonly config_memory?: JailhouseMemory;
  /** Descriptor of the root cell. */
  readonly system?: JailhouseCellDesc;
  /** Descriptor of the root cell. */
  readonly root_cell?: JailhouseCellDesc;
  /** What the hypervisor must know of the platform. */
  readonly platform_info?: JailhouseSystemPlatformInfo;
  /** Most devices whose accesses are translated. Unit: elements. */
  readonly device_limit?: number;
  /** Most interrupts that can be remapped. Unit: elements. */
  readonly interrupt_limit?: number;
  /** Registers of the UART that shows the hypervisor's messages; a size of zero: none to map. */
  readonly debug_uart?: JailhouseMemory;
  /** Says what kind of file this is; filled exactly, without a NUL at the end. */
  readonly signature?: string;
  /** The console that shows the hypervisor's messages. */
  readonly debug_console?: JailhouseMemory | JailhouseDebugConsole | JailhouseConsole;
  /** Revision of the format; hypervisor and driver accept their own only. */
  readonly revision?: number;
  /** Properties of the system. */
  readonly flags?: number;
  /** Processor architecture the file is made for. */
  readonly architecture?: number;
}

/** `jailhouse_irqchip` */
export interface JailhouseIrqchip {
  /** Start of the controller's registers, which names the controller. Unit: physical address. */
  readonly address: bigint;
  /** Id of an IOAPIC as the IOMMU sees it (the source id of its interrupts); zero on ARM. */
  readonly id: bigint | number;
  /** Bit n of word k stands for pin 32k + n above the base. */
  readonly pin_bitmap: bigint | readonly number[];
  /** Pin of the first bit of the bitmap. Unit: interrupt number. */
  readonly pin_base?: number;
}

/** `jailhouse_system.platform_info` */
export interface JailhouseSystemPlatformInfo {
  /** Platform of x86. */
  readonly x86?: JailhouseSystemPlatformInfoX86;
  /** Platform of 32 and 64 bit ARM. */
  readonly arm?: JailhouseSystemPlatformInfoArm;
  /** Start of the PCI configuration window (MMCONFIG, ECAM); zero: there is none. Unit: physical address. */
  readonly pci_mmconfig_base?: bigint;
  /** Last bus the configuration window covers. */
  readonly pci_mmconfig_end_bus?: number;
  /** Filler; zero. */
  readonly padding?: number;
  /** The PCI host exists in the hypervisor only. */
  readonly pci_is_virtual?: number;
  /** PCI domain of the root cell's virtual host. */
  readonly pci_domain?: number;
  /** The IOMMU units; the first unused entry ends the list. */
  readonly iommu_units?: readonly JailhouseIommu[];
  /** Leaves out mitigations of speculative execution (forks). */
  readonly no_spectre_mitigation?: number;
  /** Cache colouring (forks). */
  readonly color?: JailhouseColoring;
  /** MemGuard, the limiter of memory bandwidth (forks). */
  readonly memguard?: JailhouseMemguardConfig;
  /** Quality of service in the interconnect (forks). */
  readonly qos?: JailhouseQos;
  /** The FPGA (fork). */
  readonly fpga?: JailhouseFpga;
  /** Where the image that configures the FPGA is (fork). Unit: physical address. */
  readonly fpga_configuration_base?: bigint;
  /** How the FPGA is configured (fork). */
  readonly fpga_options?: number;
  /** Platform of RISC-V (forks). */
  readonly riscv?: JailhouseSystemPlatformInfoRiscv;
  /** Size of one way of the last level cache (fork). Unit: bytes. */
  readonly llc_way_size?: bigint;
  /** Number of cache colours of the platform (fork). Unit: elements. */
  readonly max_cache_colors?: number;
}

/** `jailhouse_system.platform_info.x86` */
export interface JailhouseSystemPlatformInfoX86 {
  /** Port of the ACPI PM timer. Unit: I/O port. */
  readonly pm_timer_address: number;
  /** Start of the PCI configuration window (MMCONFIG, ECAM); zero: there is none. Unit: physical address. */
  readonly mmconfig_base?: bigint;
  /** Last bus the configuration window covers. */
  readonly mmconfig_end_bus?: number;
  /** Filler; zero. */
  readonly padding?: readonly number[] | number;
  /** Registers of the DMA remapping units; zero ends the list. Unit: physical address. */
  readonly dmar_unit_base?: readonly bigint[];
  /** The PM timer counts 32 bits instead of 24. */
  readonly pm_timer_val_ext?: number;
  /** Registers of the IOMMU units; zero ends the list. Unit: physical address. */
  readonly iommu_base?: readonly bigint[];
  /** The IOMMU units; the first unused entry ends the list. */
  readonly iommu_units?: readonly JailhouseIommu[];
  /** Most interrupts that VT-d can remap. Unit: elements. */
  readonly vtd_interrupt_limit?: number;
  /** Mode of the local interrupt controllers. */
  readonly apic_mode?: number;
  /** Frequency of the time stamp counter; zero: the driver fills it in. Unit: kHz. */
  readonly tsc_khz?: number;
  /** Frequency of the APIC timer; zero: the driver fills it in. Unit: kHz. */
  readonly apic_khz?: number;
}

/** `jailhouse_pci_capability` */
export interface JailhousePciCapability {
  /** PCI capability id; an extended one carries the mark of bit 15. */
  readonly id: number;
  /** Offset in configuration space. Unit: bytes. */
  readonly start: number;
  /** Size of the capability. Unit: bytes. */
  readonly len: number;
  /** What the cell may do with it. */
  readonly flags: number;
}

/** `jailhouse_cache` */
export interface JailhouseCache {
  /** First bit of the part in the mask of the cache. Unit: bits. */
  readonly start: number;
  /** Number of bits. Unit: bits. */
  readonly size: number;
  /** Which cache. */
  readonly type: number;
  /** Filler; zero. */
  readonly padding: number;
  /** Properties of the part. */
  readonly flags: number;
}

/** `jailhouse_iommu` */
export interface JailhouseIommu {
  /** Start of the unit's registers; zero ends the list of units. Unit: physical address. */
  readonly base?: bigint;
  /** Size of the unit's registers. Unit: bytes. */
  readonly size?: number;
  /** AMD: PCI bus, device and function of the unit. */
  readonly amd_bdf?: number;
  /** AMD: offset of the unit's own PCI capability. Unit: bytes. */
  readonly amd_base_cap?: number;
  /** AMD: offset of the unit's MSI capability. Unit: bytes. */
  readonly amd_msi_cap?: number;
  /** AMD: features that the firmware reports for the unit; zero: those of the unit itself. */
  readonly amd_features?: number;
  /** Kind of unit; zero leaves the entry unused. */
  readonly type?: number;
  /** What only units of AMD need. */
  readonly amd?: JailhouseIommuAmd;
  /** What only TI's PVU needs. */
  readonly tipvu?: JailhouseIommuTipvu;
  /** What only an MMU-500 needs. */
  readonly arm_mmu500?: JailhouseIommuArmMmu500;
  /** SMMU: bits of stream ids that do not count (forks). */
  readonly arm_sid_mask?: number;
  /** SMMU: architecture of the unit (forks). */
  readonly arm_smmu_arch?: number;
  /** SMMU: implementation of the unit (forks). */
  readonly arm_smmu_impl?: number;
  /** A unit of Intel (fork). */
  readonly intel?: JailhouseIommuIntel;
  /** An SMMU of version 3 (fork). */
  readonly smmuv3?: JailhouseIommuSmmuv3;
  /** A PVU of TI (fork). */
  readonly pvu?: JailhouseIommuPvu;
}

/** `jailhouse_system.platform_info.arm` */
export interface JailhouseSystemPlatformInfoArm {
  /** Distributor of the GIC. Unit: physical address. */
  readonly gicd_base: bigint;
  /** CPU interface of the GIC (version 2). Unit: physical address. */
  readonly gicc_base: bigint;
  /** Hypervisor interface of the GIC (version 2). Unit: physical address. */
  readonly gich_base: bigint;
  /** Virtual CPU interface of the GIC (version 2). Unit: physical address. */
  readonly gicv_base: bigint;
  /** Redistributors of the GIC (version 3). Unit: physical address. */
  readonly gicr_base: bigint;
  /** Maintenance interrupt of the GIC. Unit: interrupt number. */
  readonly maintenance_irq: number;
  /** Filler; zero. */
  readonly padding?: readonly number[] | number;
  /** Version of the GIC. */
  readonly gic_version?: number;
  /** The IOMMU units; the first unused entry ends the list. */
  readonly iommu_units?: readonly JailhouseIommu[];
  /** Size of the redistributors; zero: one for each CPU, without gaps (fork). Unit: bytes. */
  readonly gicr_size?: number;
}

/** `jailhouse_debug_console` */
export interface JailhouseDebugConsole {
  /** Start of the registers: a physical address, or an I/O port, as the flags say. Unit: physical address. */
  readonly address: bigint;
  /** Size of the registers in memory; unused with I/O ports. Unit: bytes. */
  readonly size: number;
  /** How the console is reached. */
  readonly flags: number;
  /** Divider of the UART's clock; zero: as the boot loader left it. */
  readonly divider?: number;
  /** Filler; zero. */
  readonly __reserved?: number;
  /** Bit of the clock register that lets the UART's clock run. Unit: bits. */
  readonly gate_nr?: number;
  /** Register that gates the UART's clock; zero: none needs to be touched. Unit: physical address. */
  readonly clock_reg?: bigint;
}

/** `jailhouse_console` */
export interface JailhouseConsole {
  /** Start of the registers: a physical address, or an I/O port, as the flags say. Unit: physical address. */
  readonly address: bigint;
  /** Size of the registers in memory; unused with I/O ports. Unit: bytes. */
  readonly size: number;
  /** How the console is reached. */
  readonly flags: number;
  /** Divider of the UART's clock; zero: as the boot loader left it. */
  readonly divider: number;
  /** Bit of the clock register that lets the UART's clock run. Unit: bits. */
  readonly gate_nr: number;
  /** Register that gates the UART's clock; zero: none needs to be touched. Unit: physical address. */
  readonly clock_reg: bigint;
  /** Hardware of the console. */
  readonly type?: number;
}

/** `jailhouse_pio` */
export interface JailhousePio {
  /** First port. Unit: I/O port. */
  readonly base: number;
  /** Number of ports. Unit: elements. */
  readonly length: number;
}

/** `jailhouse_iommu.amd` */
export interface JailhouseIommuAmd {
  /** AMD: PCI bus, device and function of the unit. */
  readonly bdf: number;
  /** AMD: offset of the unit's own PCI capability. Unit: bytes. */
  readonly base_cap: number;
  /** AMD: offset of the unit's MSI capability. Unit: bytes. */
  readonly msi_cap: number;
  /** AMD: features that the firmware reports for the unit; zero: those of the unit itself. */
  readonly features: number;
}

/** `jailhouse_iommu.tipvu` */
export interface JailhouseIommuTipvu {
  /** TI PVU: start of the window of its TLB. Unit: physical address. */
  readonly tlb_base: bigint;
  /** TI PVU: size of the window of its TLB. Unit: bytes. */
  readonly tlb_size: number;
}

/** `jailhouse_iommu.arm_mmu500` */
export interface JailhouseIommuArmMmu500 {
  /** Bits of stream ids that do not count. */
  readonly sid_mask: number;
}

/** `jailhouse_stream_id` */
export interface JailhouseStreamId {
  /** The id, for an SMMU of version 3. */
  readonly id?: number;
  /** Id and mask, for an MMU-500. */
  readonly mmu500?: JailhouseStreamIdMmu500;
}

/** `jailhouse_stream_id.mmu500` */
export interface JailhouseStreamIdMmu500 {
  /** The id. */
  readonly id: number;
  /** Bits of the id that do not count. */
  readonly mask_out: number;
}

/** `jailhouse_coloring` */
export interface JailhouseColoring {
  /** Size of one way of the last level cache; zero: found out. Unit: bytes. */
  readonly way_size: bigint;
  /** Where the root cell's memory is mapped once more while its pages move. Unit: virtual address. */
  readonly root_map_offset: bigint;
}

/** `jailhouse_memguard_config` */
export interface JailhouseMemguardConfig {
  /** Number of interrupts of the controller. Unit: elements. */
  readonly num_irqs: number;
  /** Interrupt of the hypervisor's timer. Unit: interrupt number. */
  readonly hv_timer: number;
  /** Lowest interrupt priority, as the controller counts. */
  readonly irq_prio_min: number;
  /** Highest interrupt priority, as the controller counts. */
  readonly irq_prio_max: number;
  /** Distance of two interrupt priorities. */
  readonly irq_prio_step: number;
  /** Priority from which interrupts reach a throttled CPU. */
  readonly irq_prio_threshold: number;
  /** Used entries of the table of PMU interrupts. Unit: elements. */
  readonly num_pmu_irq: number;
  /** For each CPU the interrupt of its PMU. Unit: interrupt number. */
  readonly pmu_cpu_irq: readonly number[];
}

/** `jailhouse_qos` */
export interface JailhouseQos {
  /** Start of its registers. Unit: physical address. */
  readonly nic_base: bigint;
  /** Size of its registers. Unit: bytes. */
  readonly nic_size: bigint;
}

/** `jailhouse_qos_device` */
export interface JailhouseQosDevice {
  /** Name of the port, filled with NULs. */
  readonly name: string;
  /** What can be set for the port; bits as the interconnect's driver defines them. */
  readonly flags: number;
  /** Offset of the port's registers. Unit: bytes. */
  readonly base: number;
}

/** `jailhouse_rcpu_device` */
export interface JailhouseRcpuDevice {
  /** Number of the CPU in the set of remote CPUs. Unit: index. */
  readonly rcpu_id: number;
  /** Name of the CPU, filled with NULs. */
  readonly name: string;
  /** Device tree name of its driver, filled with NULs. */
  readonly compatible: string;
}

/** `jailhouse_fpga` */
export interface JailhouseFpga {
  /** File with the base configuration, filled with NULs. */
  readonly fpga_base_bitstream: string;
  /** Where the base configuration is loaded. Unit: physical address. */
  readonly fpga_base_addr: bigint;
  /** How the FPGA is configured. */
  readonly fpga_flags: number;
  /** Number of regions. Unit: elements. */
  readonly fpga_max_regions: number;
}

/** `jailhouse_fpga_device` */
export interface JailhouseFpgaDevice {
  /** File with its device tree overlay, filled with NULs. */
  readonly fpga_dto: string;
  /** Kernel module of its driver, filled with NULs. */
  readonly fpga_module: string;
  /** File with its configuration, filled with NULs. */
  readonly fpga_bitstream: string;
  /** Region it goes into. Unit: index. */
  readonly fpga_region_id: number;
  /** Where its configuration is loaded. Unit: physical address. */
  readonly fpga_conf_addr: bigint;
  /** How it is configured. */
  readonly fpga_flags: number;
}

/** `jailhouse_cpu` */
export interface JailhouseCpu {
  /** Number by which the hardware knows the CPU: hart id, APIC id or MPIDR. */
  readonly phys_id: bigint;
  /** Filler; zero. */
  readonly padding: readonly number[];
}

/** `jailhouse_system.platform_info.riscv` */
export interface JailhouseSystemPlatformInfoRiscv {
  /** The platform-level interrupt controller. */
  readonly plic?: JailhouseSystemPlatformInfoRiscvPlic;
  /** The interrupt controller. */
  readonly irqchip?: JailhouseSystemPlatformInfoRiscvIrqchip;
  /** Frequency of the time counter. Unit: Hz. */
  readonly timebase_frequency?: bigint;
}

/** `jailhouse_system.platform_info.riscv.plic` */
export interface JailhouseSystemPlatformInfoRiscvPlic {
  /** Start of the controller's registers. Unit: physical address. */
  readonly base_address: bigint;
  /** Size of the controller's registers. Unit: bytes. */
  readonly size: number;
  /** Highest interrupt of the controller. Unit: interrupt number. */
  readonly max_irq: number;
  /** Highest priority of an interrupt. */
  readonly max_priority: number;
  /** For each hart the controller's context that serves it in supervisor mode; -1: none. Unit: index. */
  readonly hart_to_context: readonly number[];
}

/** `jailhouse_system.platform_info.riscv.irqchip` */
export interface JailhouseSystemPlatformInfoRiscvIrqchip {
  /** Highest interrupt of the controller. Unit: interrupt number. */
  readonly max_irq: number;
  /** Kind of controller. */
  readonly type: number;
  /** Filler; zero. */
  readonly _res: number;
  /** Start of the controller's registers. Unit: physical address. */
  readonly base_address: bigint;
  /** Size of the controller's registers. Unit: bytes. */
  readonly size: number;
  /** Highest priority of an interrupt. */
  readonly max_priority: number;
  /** For each hart the controller's context that serves it in supervisor mode; -1: none. Unit: index. */
  readonly hart_to_context: readonly number[];
  /** Distance between the interrupt files of two harts. Unit: bytes. */
  readonly imsic_stride?: number;
  /** Filler; zero. */
  readonly _res1?: readonly number[];
  /** Start of the interrupt files (IMSIC); zero: none. Unit: physical address. */
  readonly imsic_base?: bigint;
  /** Size of the interrupt files. Unit: bytes. */
  readonly imsic_size?: bigint;
}

/** `jailhouse_vendor_resource` */
export interface JailhouseVendorResource {
  /** Kind of block, as the platform's driver counts them. */
  readonly type: number;
  /** Start of the block. Unit: physical address. */
  readonly address: bigint;
  /** What the first bit of the bitmap stands for. Unit: index. */
  readonly base: number;
  /** What belongs to the cell: bit n of word k stands for 32k + n above the base. */
  readonly bitmap: readonly number[];
}

/** `jailhouse_smmu_sid` */
export interface JailhouseSmmuSid {
  /** The stream id. */
  readonly sid: number;
  /** Bits of the id that do not count. */
  readonly sid_mask: number;
}

/** `jailhouse_memory_colored` */
export interface JailhouseMemoryColored {
  /** The region; its size counts the pages of its colours only. */
  readonly memory: JailhouseMemory;
  /** Bitmap of the cache colours. */
  readonly colors: bigint;
  /** Distance at which the same memory appears once more. Unit: bytes. */
  readonly rebase_offset?: bigint;
}

/** `jailhouse_regmap` */
export interface JailhouseRegmap {
  /** Address of the first register. Unit: physical address. */
  readonly reg_base: bigint;
  /** Number of registers. Unit: elements. */
  readonly reg_count: number;
  /** Size of a register. Unit: bytes. */
  readonly reg_size: number;
  /** What the cell may do with its registers. */
  readonly flags: number;
  /** Registers of the cell: bit n of word k stands for register 32k + n. */
  readonly reg_bitmap: readonly number[];
}

/** `jailhouse_iommu_amd` */
export interface JailhouseIommuAmd {
  /** Start of the unit's registers; zero ends the list of units. Unit: physical address. */
  readonly base: bigint;
  /** Size of the unit's registers. Unit: bytes. */
  readonly size: number;
  /** AMD: PCI bus, device and function of the unit. */
  readonly bdf: number;
  /** AMD: offset of the unit's own PCI capability. Unit: bytes. */
  readonly base_cap: number;
  /** AMD: offset of the unit's MSI capability. Unit: bytes. */
  readonly msi_cap: number;
  /** AMD: features that the firmware reports for the unit; zero: those of the unit itself. */
  readonly features: number;
}

/** `jailhouse_iommu_intel` */
export interface JailhouseIommuIntel {
  /** Start of the unit's registers; zero ends the list of units. Unit: physical address. */
  readonly base: bigint;
  /** Size of the unit's registers. Unit: bytes. */
  readonly size: number;
}

/** `jailhouse_iommu_smmuv3` */
export interface JailhouseIommuSmmuv3 {
  /** Start of the unit's registers; zero ends the list of units. Unit: physical address. */
  readonly smmu_base: bigint;
  /** Size of the unit's registers. Unit: bytes. */
  readonly smmu_size: number;
}

/** `jailhouse_iommu_pvu` */
export interface JailhouseIommuPvu {
  /** Start of the unit's registers; zero ends the list of units. Unit: physical address. */
  readonly cfg_base: bigint;
  /** Size of the unit's registers. Unit: bytes. */
  readonly cfg_size: number;
  /** TI PVU: start of the window of its TLB. Unit: physical address. */
  readonly tlb_base: bigint;
  /** TI PVU: size of the window of its TLB. Unit: bytes. */
  readonly tlb_size: number;
}

/** From the C tag (or the path of an inline struct) to its type. */
export interface WireStructs {
  readonly "jailhouse_cell_desc": JailhouseCellDesc;
  readonly "jailhouse_memory": JailhouseMemory;
  readonly "jailhouse_irq_line": JailhouseIrqLine;
  readonly "jailhouse_pci_bridge": JailhousePciBridge;
  readonly "jailhouse_pci_device": JailhousePciDevice;
  readonly "jailhouse_system": JailhouseSystem;
  readonly "jailhouse_irqchip": JailhouseIrqchip;
  readonly "jailhouse_system.platform_info": JailhouseSystemPlatformInfo;
  readonly "jailhouse_system.platform_info.x86": JailhouseSystemPlatformInfoX86;
  readonly "jailhouse_pci_capability": JailhousePciCapability;
  readonly "jailhouse_cache": JailhouseCache;
  readonly "jailhouse_iommu": JailhouseIommu;
  readonly "jailhouse_system.platform_info.arm": JailhouseSystemPlatformInfoArm;
  readonly "jailhouse_debug_console": JailhouseDebugConsole;
  readonly "jailhouse_console": JailhouseConsole;
  readonly "jailhouse_pio": JailhousePio;
  readonly "jailhouse_iommu.amd": JailhouseIommuAmd;
  readonly "jailhouse_iommu.tipvu": JailhouseIommuTipvu;
  readonly "jailhouse_iommu.arm_mmu500": JailhouseIommuArmMmu500;
  readonly "jailhouse_stream_id": JailhouseStreamId;
  readonly "jailhouse_stream_id.mmu500": JailhouseStreamIdMmu500;
  readonly "jailhouse_coloring": JailhouseColoring;
  readonly "jailhouse_memguard_config": JailhouseMemguardConfig;
  readonly "jailhouse_qos": JailhouseQos;
  readonly "jailhouse_qos_device": JailhouseQosDevice;
  readonly "jailhouse_rcpu_device": JailhouseRcpuDevice;
  readonly "jailhouse_fpga": JailhouseFpga;
  readonly "jailhouse_fpga_device": JailhouseFpgaDevice;
  readonly "jailhouse_cpu": JailhouseCpu;
  readonly "jailhouse_system.platform_info.riscv": JailhouseSystemPlatformInfoRiscv;
  readonly "jailhouse_system.platform_info.riscv.plic": JailhouseSystemPlatformInfoRiscvPlic;
  readonly "jailhouse_system.platform_info.riscv.irqchip": JailhouseSystemPlatformInfoRiscvIrqchip;
  readonly "jailhouse_vendor_resource": JailhouseVendorResource;
  readonly "jailhouse_smmu_sid": JailhouseSmmuSid;
  readonly "jailhouse_memory_colored": JailhouseMemoryColored;
  readonly "jailhouse_regmap": JailhouseRegmap;
  readonly "jailhouse_iommu_amd": JailhouseIommuAmd;
  readonly "jailhouse_iommu_intel": JailhouseIommuIntel;
  readonly "jailhouse_iommu_smmuv3": JailhouseIommuSmmuv3;
  readonly "jailhouse_iommu_pvu": JailhouseIommuPvu;
}

/** The C name of any member of any struct. */
export type FieldName = { [Struct in keyof WireStructs]: keyof WireStructs[Struct] }[keyof WireStructs];
