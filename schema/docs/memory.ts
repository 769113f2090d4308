import { padding, type StructDocs } from "./field-doc.js";

export const memoryDocs: StructDocs = {
  jailhouse_memory: {
    text: "A range of memory or device registers that the cell can reach.",
    members: {
      phys_start: { text: "Where the region is in the machine.", unit: "physical address" },
      virt_start: {
        text: "Where the cell sees it: its own physical address.",
        unit: "virtual address",
      },
      size: {
        text: "Size of the region; a size of zero leaves the entry unused.",
        unit: "bytes",
        range: "whole pages of 4096, but for registers of devices since sub-page regions",
      },
      access_flags: { text: "What the cell may do with it.", values: "memory-flags" },
      flags: { text: "What the cell may do with it.", values: "memory-flags" },
      colors: { text: "Bitmap of the cache colours the region consists of; zero: not coloured (forks)." },
    },
  },
  jailhouse_memory_colored: {
    text: "A region made of the pages of certain cache colours (forks).",
    members: {
      memory: { text: "The region; its size counts the pages of its colours only." },
      colors: { text: "Bitmap of the cache colours." },
      rebase_offset: { text: "Distance at which the same memory appears once more.", unit: "bytes" },
    },
  },
  jailhouse_cache: {
    text: "A part of a partitioned cache that belongs to the cell (x86, Cache Allocation Technology).",
    members: {
      start: { text: "First bit of the part in the mask of the cache.", unit: "bits" },
      size: { text: "Number of bits.", unit: "bits", range: "at least 1" },
      type: { text: "Which cache.", values: "cache-types" },
      padding,
      flags: { text: "Properties of the part.", values: "cache-flags" },
    },
  },
};
