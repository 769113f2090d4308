import { architecture, revision, signature } from "./cell.js";
import { type FieldDoc, padding, type StructDocs } from "./field-doc.js";

const mmconfigBase: FieldDoc = {
  text: "Start of the PCI configuration window (MMCONFIG, ECAM); zero: there is none.",
  unit: "physical address",
};
const mmconfigEndBus: FieldDoc = { text: "Last bus the configuration window covers." };
const iommuUnits: FieldDoc = { text: "The IOMMU units; the first unused entry ends the list." };

export const systemDocs: StructDocs = {
  jailhouse_system: {
    text: "Describes a machine for the hypervisor. The descriptor of the root cell comes last, so that its tables follow.",
    members: {
      signature,
      architecture,
      revision,
      flags: { text: "Properties of the system.", values: "system-flags" },
      hypervisor_memory: { text: "Memory that is set aside for the hypervisor." },
      config_memory: { text: "Memory that holds this configuration." },
      debug_uart: {
        text: "Registers of the UART that shows the hypervisor's messages; a size of zero: none to map.",
      },
      debug_console: { text: "The console that shows the hypervisor's messages." },
      platform_info: { text: "What the hypervisor must know of the platform." },
      device_limit: { text: "Most devices whose accesses are translated.", unit: "elements" },
      interrupt_limit: { text: "Most interrupts that can be remapped.", unit: "elements" },
      system: { text: "Descriptor of the root cell." },
      root_cell: { text: "Descriptor of the root cell." },
    },
  },
  "jailhouse_system.platform_info": {
    text: "What the hypervisor must know of the platform, some of it by architecture.",
    members: {
      pci_mmconfig_base: mmconfigBase,
      pci_mmconfig_end_bus: mmconfigEndBus,
      pci_is_virtual: { text: "The PCI host exists in the hypervisor only.", range: "0 or 1" },
      pci_domain: {
        text: "PCI domain of the root cell's virtual host.",
        range: "0 to 65534, or 65535: the driver picks a free one",
      },
      padding,
      iommu_units: iommuUnits,
      x86: { text: "Platform of x86." },
      arm: { text: "Platform of 32 and 64 bit ARM." },
      riscv: { text: "Platform of RISC-V (forks)." },
      no_spectre_mitigation: {
        text: "Leaves out mitigations of speculative execution (forks).",
        range: "0 or 1",
      },
      fpga_configuration_base: {
        text: "Where the image that configures the FPGA is (fork).",
        unit: "physical address",
      },
      fpga_options: { text: "How the FPGA is configured (fork).", values: "fpga-flags" },
      color: { text: "Cache colouring (forks)." },
      memguard: { text: "MemGuard, the limiter of memory bandwidth (forks)." },
      qos: { text: "Quality of service in the interconnect (forks)." },
      fpga: { text: "The FPGA (fork)." },
      llc_way_size: { text: "Size of one way of the last level cache (fork).", unit: "bytes" },
      max_cache_colors: { text: "Number of cache colours of the platform (fork).", unit: "elements" },
    },
  },
  "jailhouse_system.platform_info.x86": {
    text: "Platform of x86.",
    members: {
      mmconfig_base: mmconfigBase,
      mmconfig_end_bus: mmconfigEndBus,
      pm_timer_val_ext: { text: "The PM timer counts 32 bits instead of 24.", range: "0 or 1" },
      pm_timer_address: { text: "Port of the ACPI PM timer.", unit: "I/O port" },
      vtd_interrupt_limit: { text: "Most interrupts that VT-d can remap.", unit: "elements" },
      apic_mode: { text: "Mode of the local interrupt controllers.", values: "apic-modes" },
      padding,
      tsc_khz: { text: "Frequency of the time stamp counter; zero: the driver fills it in.", unit: "kHz" },
      apic_khz: { text: "Frequency of the APIC timer; zero: the driver fills it in.", unit: "kHz" },
      dmar_unit_base: {
        text: "Registers of the DMA remapping units; zero ends the list.",
        unit: "physical address",
      },
      iommu_base: { text: "Registers of the IOMMU units; zero ends the list.", unit: "physical address" },
      iommu_units: iommuUnits,
    },
  },
  "jailhouse_system.platform_info.arm": {
    text: "Platform of 32 and 64 bit ARM.",
    members: {
      maintenance_irq: { text: "Maintenance interrupt of the GIC.", unit: "interrupt number" },
      gic_version: { text: "Version of the GIC.", range: "2 or 3" },
      padding,
      gicd_base: { text: "Distributor of the GIC.", unit: "physical address" },
      gicc_base: { text: "CPU interface of the GIC (version 2).", unit: "physical address" },
      gich_base: { text: "Hypervisor interface of the GIC (version 2).", unit: "physical address" },
      gicv_base: { text: "Virtual CPU interface of the GIC (version 2).", unit: "physical address" },
      gicr_base: { text: "Redistributors of the GIC (version 3).", unit: "physical address" },
      gicr_size: {
        text: "Size of the redistributors; zero: one for each CPU, without gaps (fork).",
        unit: "bytes",
      },
      iommu_units: iommuUnits,
    },
  },
};
