import { type FieldDoc, padding, type StructDocs } from "./field-doc.js";

const members: Readonly<Record<string, FieldDoc>> = {
  address: {
    text: "Start of the registers: a physical address, or an I/O port, as the flags say.",
    unit: "physical address",
  },
  size: { text: "Size of the registers in memory; unused with I/O ports.", unit: "bytes" },
  flags: { text: "How the console is reached.", values: "console-flags" },
  divider: { text: "Divider of the UART's clock; zero: as the boot loader left it." },
  gate_nr: { text: "Bit of the clock register that lets the UART's clock run.", unit: "bits" },
  clock_reg: {
    text: "Register that gates the UART's clock; zero: none needs to be touched.",
    unit: "physical address",
  },
};

export const consoleDocs: StructDocs = {
  jailhouse_console: {
    text: "A console, and how to reach it.",
    members: { type: { text: "Hardware of the console.", values: "console-types" }, ...members },
  },
  jailhouse_debug_console: {
    text: "The hypervisor's console, and how to reach it.",
    members: { __reserved: padding, ...members },
  },
};
