import { type ConstantGroup, prefixed } from "./group.js";

export const memoryFlags: ConstantGroup = {
  id: "memory-flags",
  kind: "flags",
  title: "What a cell may do with a memory region",
  names: prefixed("JAILHOUSE_MEM_", {
    READ: "The cell may read.",
    WRITE: "The cell may write.",
    EXECUTE: "The cell may run code from here.",
    DMA: "Devices of the cell may reach the region through the IOMMU.",
    IO: "Device registers: mapped without caching.",
    COMM_REGION:
      "The page through which cell and hypervisor exchange messages; its physical address is not used.",
    LOADABLE: "The root cell may fill the region while the cell is not running.",
    ROOTSHARED: "The root cell keeps its access.",
    NO_HUGEPAGES: "Mapped by small pages only.",
    IO_UNALIGNED: "Region smaller than a page: unaligned accesses are let through.",
    IO_8: "Region smaller than a page: accesses of 1 byte are let through.",
    IO_16: "Region smaller than a page: accesses of 2 bytes are let through.",
    IO_32: "Region smaller than a page: accesses of 4 bytes are let through.",
    IO_64: "Region smaller than a page: accesses of 8 bytes are let through.",
    COLORED: "The region consists of the pages of certain cache colours (forks).",
    COLORED_NO_COPY: "Cache colours: the contents are not copied when colouring starts (forks).",
    COLORED_CELL: "Cache colours: the region belongs to a coloured cell (fork).",
    COLORED_LOAD: "Cache colours: the region is only there for loading (fork).",
    TMP_ROOT_REMAP: "Cache colours: mapped for the root cell for a time only (forks).",
    TCM_A: "Tightly coupled memory A of a real-time core (forks).",
    TCM_B: "Tightly coupled memory B of a real-time core (forks).",
  }),
};

export const cacheTypes: ConstantGroup = {
  id: "cache-types",
  kind: "enum",
  title: "Which cache a cache region partitions",
  names: prefixed("JAILHOUSE_CACHE_", {
    L3_CODE: "The part of the level 3 cache for code.",
    L3_DATA: "The part of the level 3 cache for data.",
    L3: "The level 3 cache, code and data alike.",
  }),
};

export const cacheFlags: ConstantGroup = {
  id: "cache-flags",
  kind: "flags",
  title: "Flags of a cache region",
  names: prefixed("JAILHOUSE_CACHE_", { ROOTSHARED: "The root cell keeps its share of the region." }),
};
