import { type ConstantGroup, prefixed } from "./group.js";

export const cellFlags: ConstantGroup = {
  id: "cell-flags",
  kind: "flags",
  title: "Flags of a cell",
  names: prefixed("JAILHOUSE_CELL_", {
    UNMANAGED_EXIT: "The cell is not asked before it is shut down; older name of passive-commreg.",
    PASSIVE_COMMREG: "The cell does not answer messages in its communication region, so it is not asked.",
    DEBUG_CONSOLE: "The cell may write to the hypervisor's console.",
    TEST_DEVICE: "The hypervisor offers the cell a device that tests MMIO access.",
    AARCH32: "The CPUs of the cell start in AArch32 mode.",
    VIRTUAL_CONSOLE_PERMITTED: "The cell may write to the hypervisor's console.",
    VIRTUAL_CONSOLE_ACTIVE: "Programs in the cell should write to the hypervisor's console.",
  }),
};

export const systemFlags: ConstantGroup = {
  id: "system-flags",
  kind: "flags",
  title: "Flags of the system",
  names: prefixed("JAILHOUSE_SYS_", {
    VIRTUAL_DEBUG_CONSOLE: "The root cell may read what the hypervisor and the cells print.",
  }),
};

export const architectures: ConstantGroup = {
  id: "architectures",
  kind: "enum",
  title: "Processor architecture a file is made for",
  names: prefixed("JAILHOUSE_", {
    X86: "64 bit x86.",
    ARM: "32 bit ARM.",
    ARM64: "64 bit ARM.",
    RISCV64: "64 bit RISC-V (forks).",
  }),
};

export const apicModes: ConstantGroup = {
  id: "apic-modes",
  kind: "enum",
  title: "Mode of the local interrupt controllers of x86",
  names: prefixed("JAILHOUSE_APIC_MODE_", {
    AUTO: "As the hypervisor finds it.",
    XAPIC: "Through memory; expected, or enabling fails.",
    X2APIC: "Through model specific registers; expected, or enabling fails.",
  }),
};

export const riscvIrqchips: ConstantGroup = {
  id: "riscv-irqchips",
  kind: "enum",
  title: "Interrupt controller of a RISC-V platform (forks)",
  names: prefixed("JAILHOUSE_RISCV_", {
    PLIC: "Platform-level interrupt controller.",
    APLIC: "Advanced platform-level interrupt controller.",
  }),
};

export const fpgaFlags: ConstantGroup = {
  id: "fpga-flags",
  kind: "enum",
  title: "How an FPGA is configured (forks)",
  names: prefixed("JAILHOUSE_FPGA_", {
    FULL: "As a whole.",
    PARTIAL: "Region by region.",
  }),
};
