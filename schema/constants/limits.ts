import { type ConstantGroup, prefixed } from "./group.js";

export const limits: ConstantGroup = {
  id: "limits",
  kind: "number",
  title: "Limits and other numbers of the format",
  names: prefixed("JAILHOUSE_", {
    CONFIG_REVISION: "Revision of the format, as files carry it.",
    CELL_NAME_MAXLEN: "Longest name of a cell, in bytes.",
    MAX_DMAR_UNITS: "Entries of the table of DMA remapping units.",
    MAX_IOMMU_UNITS: "Entries of the table of IOMMU units.",
    MAX_PMU2CPU_IRQ: "Entries of the table of PMU interrupts (forks).",
    RCPU_IMAGE_NAMELEN: "Size of the texts of a remote CPU, in bytes (fork).",
    MEM_IO_WIDTH_SHIFT: "First bit of the access widths among the memory flags.",
    INVALID_STREAMID: "A stream id that no device has.",
  }).concat([
    {
      name: "ROOT_MAP_OFFSET",
      short: "root-map-offset",
      text: "Address at which the root cell's memory is mapped once more while colours are set up (forks).",
    },
  ]),
};

export const masks: ConstantGroup = {
  id: "masks",
  kind: "mask",
  title: "Masks",
  names: prefixed("JAILHOUSE_", {
    MEM_VALID_FLAGS: "All memory flags that are known.",
    MEM_RPU: "Memory flags for regions of a real-time core (forks).",
    CON_TYPE_MASK: "The console type within the console flags.",
    CON1_TYPE_MASK: "The type of the first console within the console flags.",
    CON2_TYPE_MASK: "The type of the second console within the console flags.",
  }),
};
