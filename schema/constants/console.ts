import { type ConstantGroup, prefixed } from "./group.js";

/** Types that existed while a second console was foreseen, with the prefix CON1, and at other times. */
const lastingTypes = {
  NONE: "No console.",
  VGA: "VGA text screen.",
  UART_X86: "UART of a PC.",
  8250: "UART compatible with the 8250.",
  PL011: "ARM PL011 UART.",
  XUARTPS: "Cadence UART of Xilinx Zynq.",
  MVEBU: "UART of Marvell Armada.",
  HSCIF: "Renesas HSCIF UART.",
  SCIFA: "Renesas SCIFA UART.",
  IMX: "UART of NXP i.MX.",
  IMX_LPUART: "Low power UART of NXP i.MX.",
};

const otherTypes = {
  EFIFB: "Frame buffer set up by EFI.",
  UART_ARM: "UART of an ARM board; which one was fixed when the hypervisor was built.",
  SCIF: "Renesas SCIF UART.",
  LINFLEX: "LINFlexD UART of NXP S32 (forks).",
  LINFLEXUART: "LINFlexD UART of NXP S32G (fork).",
  S32: "UART of NXP S32 (forks).",
  RISCV_SBI: "Console of the RISC-V firmware (forks).",
};

const flags = {
  FLAG_PIO: "Registers are I/O ports.",
  FLAG_MMIO: "Registers are in memory.",
  ACCESS_PIO: "Registers are I/O ports.",
  ACCESS_MMIO: "Registers are in memory.",
  REGDIST_1: "Registers are 1 byte apart.",
  REGDIST_4: "Registers are 4 bytes apart.",
};

export const consoleTypes: ConstantGroup = {
  id: "console-types",
  kind: "enum",
  title: "Hardware of a console",
  names: [
    ...prefixed("JAILHOUSE_CON_TYPE_", { ...lastingTypes, ...otherTypes }),
    ...prefixed("JAILHOUSE_CON1_TYPE_", lastingTypes),
  ],
};

export const secondConsoleTypes: ConstantGroup = {
  id: "second-console-types",
  kind: "enum",
  title: "A second console, next to the hardware",
  names: prefixed("JAILHOUSE_CON2_TYPE_", { ROOTPAGE: "A page that the root cell reads." }),
};

export const consoleFlags: ConstantGroup = {
  id: "console-flags",
  kind: "flags",
  title: "How a console is reached",
  names: [
    ...prefixed("JAILHOUSE_CON_", {
      ...flags,
      FB_1024x768: "Frame buffer of 1024 by 768 points.",
      FB_1920x1080: "Frame buffer of 1920 by 1080 points.",
      INVERTED_GATE: "The clock runs while the gate's bit is zero.",
      MDR_QUIRK: "The UART needs its mode register (MDR) set.",
    }),
    ...prefixed("JAILHOUSE_CON1_", flags),
  ],
  parts: [
    { mask: "JAILHOUSE_CON_TYPE_MASK", group: "console-types" },
    { mask: "JAILHOUSE_CON1_TYPE_MASK", group: "console-types" },
    { mask: "JAILHOUSE_CON2_TYPE_MASK", group: "second-console-types" },
  ],
};
