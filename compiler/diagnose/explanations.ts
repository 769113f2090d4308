import type { Explanations } from "../diagnostics/explain.js";
import type { diagnoseMessages } from "./messages.js";

const parked =
  "The hypervisor has stopped the CPU, which does nothing until its cell is started again; where no CPU of a cell is left, the cell has failed.";

export const diagnoseExplanations: Explanations<typeof diagnoseMessages> = {
  "log-memory-access": {
    why: parked,
    help: "if the cell is meant to have it, grant it: `--apply` makes the edit that is offered; else mend the program",
    example: {
      who: 'CPU 2 of cell "demo"',
      did: "wrote 4 bytes at 0x300000",
      but: 'cell "demo" has no memory there',
    },
  },
  "log-port-access": {
    why: parked,
    help: "if the cell is meant to use the device, list the ports: `--apply` makes the edit that is offered",
    example: {
      who: 'CPU 2 of cell "demo"',
      did: "read 1 byte of port 0x3fd",
      but: 'cell "demo" is not let through to it',
    },
  },
  "log-pci-access": {
    why: parked,
    help: "list the device and its capabilities, those that the driver has to write as writable",
    example: {
      who: 'CPU 2 of cell "demo"',
      did: "wrote 2 bytes of register 0x62 of device 00:1b.0",
      but: "the capability is not writable for the cell",
    },
  },
  "log-dma-access": {
    why: "The IOMMU has stopped the access. The device may not work, and nothing else is stopped.",
    help: "open the memory that the device is meant to reach to devices",
    example: {
      who: 'device 00:1b.0 of cell "demo"',
      did: "reached for 0x3ee01000",
      but: "memory ram is not open to devices",
    },
  },
  "log-violation": {
    why: parked,
    help: "no entry of the config grants it: mend the program",
    example: {
      who: 'CPU 2 of cell "demo"',
      did: "hit a triple fault",
      but: "an exception came, and its handlers failed as well",
    },
  },
  "log-warning": {
    why: "The CPU goes on; what it tried has not happened.",
    help: "see what the program takes for granted that the cell does not have",
    example: {
      who: 'CPU 2 of cell "demo"',
      did: "sent an interrupt to a CPU outside its cell, which was dropped",
      but: "the CPU belongs to another cell, or to none",
    },
  },
  "log-refused": {
    why: "The driver or the hypervisor has refused a config, or what was to be done with it.",
    help: "run `cellc check` on the system and its cells",
    example: { what: "JAILHOUSE_CELL_CREATE: Invalid argument", but: "no rule sees why in these configs" },
  },
  "log-unreadable": {
    why: "Something has failed, and nothing can be said of it.",
    example: { line: 12 },
  },
  "log-cell-unknown": {
    why: "What decided the access stands in the config of the cell, and only there.",
    help: "name the configs of all cells that were running, or the cell by `--cell`",
    example: { who: "CPU 2", did: "read 4 bytes at 0x300000", name: "demo" },
  },
  "log-nothing-found": {
    why: "A log that ends before the fault, or one of the Linux console alone, has none of the hypervisor's lines.",
    help: "`jailhouse console`, or the serial line that the system config names as its console, has them",
    example: { lines: 120 },
  },
  "log-too-many": {
    why: "Most of them are likely to have the same cause as those that are told.",
    example: { count: 250 },
  },
};
