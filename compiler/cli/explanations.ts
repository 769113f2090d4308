/** Examples of what the command reports, for `cellc explain`. */

import type { Explanations } from "../diagnostics/explain.js";
import type { cellMessages } from "./cell-messages.js";
import type { cliMessages } from "./messages.js";
import type { outputMessages } from "./output-messages.js";

export const cliExplanations: Explanations<typeof cliMessages> = {
  "option-unknown": { example: { name: "emcc", nearest: "emmc" } },
  "cli-usage": {
    why: "The command line asks for something that the command does not have or cannot do; nothing was done.",
    example: { message: "unknown option `--profil`" },
  },
  "cannot-read": {
    help: "check the spelling and who may read it; relative paths start at the working directory",
    example: { path: "inmate.c", problem: "not-found", detail: "" },
  },
  "cannot-write": {
    help: "make room, create the directory or choose another place with `-o`; nothing was changed",
    example: { path: "out/inmate.cell", problem: "no-permission", detail: "" },
  },
  "profile-unknown": {
    help: "`cellc profiles` lists all of them with their names",
    example: { name: "v0.13", suggestions: ["v0.12"] },
  },
  "profile-differs-from-headers": { example: { chosen: "r14.1", found: "r12.19" } },
  "include-directory-missing": { example: { directory: "inclde" } },
  "built-in-header-serves": { example: { profile: "r14.1", directories: ["board/include"] } },
  "other-profile-fits": {
    help: "build with `--profile` if the hypervisor is that one; else write the config as its revision wants it",
    example: { served: "r12.19", other: "r14" },
  },
  "no-config-object": { example: { file: "macros.c" } },
  "outputs-collide": { example: { path: "out/pc.cell", first: "old/pc.c", second: "new/pc.c" } },
  "output-is-input": { example: { path: "pc.c" } },
  "output-exists": {
    help: "name it with `-o` to replace it, or choose another place",
    example: { path: "pc.c" },
  },
  "output-too-large": {
    help: "leave it a .cell file, or write it as JSON: `--to json`",
    example: { format: "c", size: 1_048_576, limit: 131_072 },
  },
  "machine-of-several-revisions": { example: { profiles: ["r13.9", "r14.1"] } },
  "machine-of-several-systems": { example: { systems: ["qemu-x86", "f2a88xm-hd3"] } },
  "machine-of-several-architectures": { example: { architectures: ["x86", "arm64"] } },
  "output-not-a-directory": { example: { path: "out.cell", count: 2 } },
  "project-has-no-files": { example: { project: "cellc.yaml" } },
  "glob-matches-nothing": { example: { pattern: "config/*.c" } },
  "strict-warnings": { example: { count: 2 } },
  "diagnostic-unknown": {
    help: "`cellc explain` without an id lists all of them",
    example: { id: "output-collide", near: "outputs-collide" },
  },
  "kinds-differ": { example: { system: "board.cell", cell: "linux.cell" } },
  "conversion-loses": { example: { count: 2, profile: "r12.19" } },
  "architecture-unknown": { example: { file: "old.cell", profile: "r14.1" } },
  "architecture-contradicted": {
    example: { given: "arm64", because: "the config lists I/O ports, which only x86 has" },
  },
  "architecture-has-no-effect": { example: { profile: "r12.19" } },
  "conversion-lost": { example: { path: "pci_devices[0].shmem_peers", value: "3" } },
};

export const cellExplanations: Explanations<typeof cellMessages> = {
  "config-too-large": { example: { kind: "json", size: 40_000_000, limit: 33_554_432 } },
  "cell-not-recognised": { example: { file: "vmlinux", size: 4096 } },
  "cell-cut-off": { example: { file: "inmate.cell", size: 6 } },
  "cell-unknown-revision": { example: { signature: "JHCLL", revision: 99, profile: "r14.1" } },
  "cell-ambiguous-profile": { example: { profile: "r12.19", others: ["r12.5", "r12.9"] } },
  "cell-truncated-header": { example: { problem: "the header needs 132 bytes, the file has 96" } },
  "cell-count-exceeds-file": {
    example: {
      problem:
        "num_memory_regions is 200, so that mem_regions needs 6400 bytes, but the file has only 96 left",
    },
  },
  "cell-trailing-bytes": { example: { problem: "16 bytes follow the last table, from offset 404" } },
  "cell-other-profile": { example: { found: "r12.19", asked: "r14" } },
  "cell-wrong-signature": { example: { problem: 'the signature is "JHSYS" instead of "JHCLL"' } },
  "cell-wrong-revision": { example: { problem: "the revision is 13 instead of 14" } },
  "layout-unknown": { example: { file: "forked.c" } },
  "document-syntax": { example: { format: "JSON", problem: "a comma is missing" } },
  "document-duplicate-key": { example: { key: "flags" } },
  "document-revision": { example: { found: 13, profile: "r14.1", expected: 14 } },
  "document-contradicts": { example: { problem: "num_memory_regions is 5, but mem_regions has 3 elements" } },
  "document-value": { example: { pointer: "/header/name", problem: "the text has more than 31 bytes" } },
  "several-configs": { example: { file: "board.c", names: ["linux", "control"] } },
};

export const outputExplanations: Explanations<typeof outputMessages> = {
  "not-a-config": { example: { name: "pins" } },
  "config-unclear": { example: { file: "old.c", names: ["first", "second"] } },
  "configs-share-section": { example: { first: "linux", second: "control", section: null } },
  "output-wrong-kind": { example: { says: "system", is: "cell" } },
  "output-no-signature": { example: { wanted: "JHCLL" } },
  "output-wrong-revision": { example: { found: 13, expected: 14 } },
  "output-count-wrong": {
    help: "count by `ARRAY_SIZE(config.TABLE)`, `cpu_set_size` by `sizeof(config.cpus)`",
    example: {
      field: "num_memory_regions",
      count: 3,
      table: "mem_regions",
      elements: 6,
      unit: "element",
      right: "ARRAY_SIZE(config.mem_regions)",
    },
  },
  "output-not-packed": { example: { name: "config", bytes: 4, behind: "cpus" } },
  "output-array": { example: { name: "configs", count: 2 } },
  "output-count-too-large": {
    example: { field: "cpu_set_size", count: 4096, needed: 4096, there: 272 },
  },
  "output-bytes-uncounted": { example: { bytes: 64, offset: 196 } },
  "output-table-order": { example: { first: "mem_regions", second: "cpus" } },
};
