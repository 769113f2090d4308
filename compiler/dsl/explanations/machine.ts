import type { Explanations } from "../../diagnostics/explain.js";
import type { languageMessages } from "../messages.js";
import { mostFiles, mostSources } from "../names/limits.js";

/** Findings about a machine as a whole: its settings, its files, and what must hold of it. */
export const machineExplanations: Pick<
  Explanations<typeof languageMessages>,
  | "jail-no-architecture"
  | "jail-unknown-architecture"
  | "jail-unknown-profile"
  | "jail-not-in-profile"
  | "jail-import-cycle"
  | "jail-import-outside"
  | "jail-import-unreadable"
  | "jail-too-many-imports"
  | "jail-two-systems"
  | "jail-nothing-to-build"
  | "jail-assertion"
  | "jail-depends-on-choice"
  | "jail-pool-full"
  | "jail-pin-lost"
  | "jail-too-many-pools"
> = {
  "jail-no-architecture": {
    why: "The architecture stands in the file, and decides what much of the rest means.",
    help: "write `architecture x86`, `arm`, `arm64` or `riscv64` in the system, or at the top of a file without one",
    example: {},
    jail: { wrong: "cell demo { cpus 1 }", right: "architecture x86\ncell demo { cpus 1 }" },
  },
  "jail-unknown-architecture": {
    why: "The hypervisor refuses a file for another architecture than its own.",
    help: "there are x86, arm, arm64 and riscv64",
    example: { name: "amd64" },
    jail: {
      wrong: "architecture amd64\ncell demo { cpus 1 }",
      right: "architecture x86\ncell demo { cpus 1 }",
    },
  },
  "jail-unknown-profile": {
    why: "Which fields the file has, and where, depends on the revision.",
    help: "`cellc profiles` lists the names of all revisions, forks included",
    example: { name: "v9" },
    jail: {
      wrong: "architecture x86\nprofile v9\ncell demo { cpus 1 }",
      right: "architecture x86\nrevision 13\ncell demo { cpus 1 }",
    },
  },
  "jail-not-in-profile": {
    why: "The format of that revision has no place for it, so the file would not say it.",
    help: "choose another revision, or put it into `if revision >= ... { }`",
    example: {
      what: "1 elements",
      why: "r14.1 has no table irq_lines",
    },
    jail: {
      wrong: "architecture x86\ncell demo { irq-line 4 }",
      right: "architecture x86\ncell demo { irqchip at 0xfec0_0000 pins 4 }",
    },
  },
  "jail-import-cycle": {
    why: "Files that import each other have no first one, and what they share would be declared twice.",
    help: "move what both need into a third file that imports neither",
    example: { files: ["a.jail", "b.jail", "a.jail"] },
  },
  "jail-import-outside": {
    why: "A build must depend on nothing but its project: elsewhere the file may be another one, or none.",
    help: "copy the file into the project, or put a `cellc.yaml` into the directory that holds both",
    example: { path: "../../common.jail" },
  },
  "jail-import-unreadable": {
    why: "What the file declares would be missing.",
    help: "check the path, which is relative to the file with the `import`",
    example: { path: "common.jail", why: "it does not exist" },
  },
  "jail-too-many-imports": {
    why: "Every file takes time and memory; no machine needs that many.",
    help: "join files",
    example: { limit: mostFiles },
  },
  "jail-two-systems": {
    why: "One hypervisor runs on a machine, with one root cell.",
    help: "move the second system into a file of its own; what both need can be imported",
    example: {},
    jail: {
      wrong: "system one { architecture x86 }\nsystem two { architecture x86 }",
      right: "system one { architecture x86 }",
    },
  },
  "jail-nothing-to-build": {
    why: "A file that only declares things for others makes no `.cell` file.",
    help: "build the file that imports this one, or write a system or a cell",
    example: {},
    jail: {
      wrong: "architecture x86\nconst com1 = 0x3f8",
      right: "architecture x86\nconst com1 = 0x3f8\ncell demo { ioports com1 }",
    },
  },
  "jail-assertion": {
    why: "Somebody wrote down what must hold, and it does not.",
    help: "mend what it speaks of; change the assertion only if it asks for the wrong thing",
    example: { text: "size >= 64K" },
    jail: {
      wrong: "architecture x86\nconst size = 4K\ncell demo { memory at 0 size size rw }\nassert size >= 64K",
      right: "architecture x86\nconst size = 64K\ncell demo { memory at 0 size size rw }\nassert size >= 64K",
    },
  },
  "jail-depends-on-choice": {
    why: "The compiler chooses the place when all else is known: nothing that it chooses by may depend on it.",
    help: "give the region an address, or do not use its place there",
    example: { name: "heap" },
    jail: {
      wrong:
        "architecture x86\npool inmates at 0x3000_0000 size 64M\ncell demo {\n  memory heap from inmates size 4K rw\n  memory from inmates size heap.end rw\n}",
      right:
        "architecture x86\npool inmates at 0x3000_0000 size 64M\ncell demo {\n  memory heap from inmates size 4K rw\n  memory from inmates size 2 * heap.size rw\n}",
    },
  },
  "jail-pool-full": {
    why: "Two cells would have the same memory, interrupt or address.",
    help: "make the pool larger, or take less out of it; `cellc expand` prints what it gives to whom where it has room",
    example: { pool: "inmates", wanted: "64M", what: "of memory at a multiple of 4K" },
    jail: {
      wrong:
        "architecture x86\npool inmates at 0x3000_0000 size 32M\ncell demo { memory from inmates size 64M rw }",
      right:
        "architecture x86\npool inmates at 0x3000_0000 size 96M\ncell demo { memory from inmates size 64M rw }",
    },
  },
  "jail-pin-lost": {
    why: "What was pinned in the lock file does not fit any more, so another place was chosen: whoever relies on the old one, a device tree or a running system, has to follow.",
    help: "where it should stay, take back what stands in its way; else build, and put the new lock file into version control",
    example: {
      key: "linux.ram",
      from: "0x3a600000",
      to: "0x3b000000",
      why: "other memory lies there",
    },
  },
  "jail-too-many-pools": {
    why: "Every choice is compared with all of them, and builds have to end.",
    help: "take several parts from one pool",
    example: { limit: mostSources },
  },
};
