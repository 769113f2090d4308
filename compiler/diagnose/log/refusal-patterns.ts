/** What the driver leaves in the kernel log, and the tool on its standard error. */

import type { Pattern } from "./patterns.js";

function driver(topic: string, words: string, form: RegExp): Pattern {
  return { words, form, read: ({ detail }) => ({ kind: "driver", topic, detail: detail ?? "" }) };
}

/** driver/main.c, driver/cell.c. */
export const driverPatterns: readonly Pattern[] = [
  driver("kind", "configuration", /[Nn]ot a (?<detail>system|cell) configuration/),
  driver("revision", "onfiguration revision", /[Cc]onfiguration (?<detail>revision) mismatch/),
  driver("architecture", "onfiguration architecture", /[Cc]onfiguration (?<detail>architecture) mismatch/),
  driver(
    "hypervisor-memory",
    "request_mem_region",
    /request_mem_region failed for (?<detail>hypervisor memory)/,
  ),
  driver("mmio", "request_mem_region", /request_mem_region failed for (?<detail>.{0,60})/),
  driver("cpu-zero", "Cannot assign CPU", /Cannot assign (?<detail>CPU \d+) to other cells/),
  driver("hyp-mode", "HYP mode", /(?<detail>HYP mode) not available/),
  driver("vt-x", "disabled by Firmware", /(?<detail>VT-x|SVM) disabled by Firmware/),
  driver("image", "Missing hypervisor image", /Missing hypervisor image (?<detail>[^\s]{1,80})/),
];

export const errnoPattern: Pattern = {
  words: "JAILHOUSE_",
  form: /JAILHOUSE_(?<command>ENABLE|DISABLE|CELL_CREATE|CELL_LOAD|CELL_START|CELL_DESTROY): (?<text>[A-Z][A-Za-z/ ]{4,40})/,
  read: ({ command, text }) => ({ kind: "errno", command: command!, text: text!.trim() }),
};
