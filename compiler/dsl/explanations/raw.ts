import type { Explanations } from "../../diagnostics/explain.js";
import type { languageMessages } from "../messages.js";

/** Findings about fields that are set by their names in C. */
export const rawExplanations: Pick<
  Explanations<typeof languageMessages>,
  | "jail-raw-field"
  | "jail-raw-value"
  | "jail-raw-not-here"
  | "jail-hex"
  | "jail-padding"
  | "jail-too-many-bytes"
> = {
  "jail-raw-field": {
    why: "The struct of that revision has no such field, so the value would be lost.",
    help: "check the name as it stands in the header of the revision: `cellc header` prints it",
    example: { struct: "jailhouse_memory", field: "virt" },
    jail: {
      wrong: "architecture x86\ncell demo { memory at 0 size 1M rwx { virt = 1M } }",
      right: "architecture x86\ncell demo { memory at 0 size 1M rwx { virt_start = 1M } }",
    },
  },
  "jail-raw-value": {
    why: "The field holds something else, and a conversion would be a guess.",
    help: "write a number, a text, or as many numbers as the field has elements",
    example: { field: "flags", wanted: "one number" },
    jail: {
      wrong: "architecture x86\ncell demo { memory at 0 size 1M { flags = 1, 2 } }",
      right: "architecture x86\ncell demo { memory at 0 size 1M { flags = 3 } }",
    },
  },
  "jail-raw-not-here": {
    why: "Which struct the field is one of cannot be told.",
    help: "set the field in the block of a statement that makes one struct; a constant is declared by `const`",
    example: { statement: "file" },
    jail: {
      wrong: "architecture x86\ncom1 = 0x3f8\ncell demo { cpus 1 }",
      right: "architecture x86\nconst com1 = 0x3f8\ncell demo { ioports com1 }",
    },
  },
  "jail-hex": {
    why: "Which bytes are meant cannot be told.",
    help: 'write two hexadecimal digits for each byte, without `0x`: `"0f00"`',
    example: { text: "0x0f" },
    jail: {
      wrong: 'architecture x86\ncell demo { cpus = "0x0f" }',
      right: 'architecture x86\ncell demo { cpus = "0f" }',
    },
  },
  "jail-padding": {
    why: "Two lines would write the same byte, and only one of them could win.",
    help: "set the field itself; padding is what no field covers",
    example: { offset: "0" },
    jail: {
      wrong: 'architecture x86\ncell demo { memory at 0 size 1M rw { padding 0 = "ff" } }',
      right: "architecture x86\ncell demo { memory at 0xff size 1M rw }",
    },
  },
  "jail-too-many-bytes": {
    why: "No loader takes a file of that size, and building it could take all memory.",
    help: "check lengths, and the bounds of loops",
    example: { what: "the table of `memory`", limit: "131,072 elements" },
    jail: {
      wrong: "architecture x86\ncell demo {\n  for n in 0-2 { memory empty times 65535 }\n}",
      right: "architecture x86\ncell demo {\n  for n in 0-2 { memory empty times 3 }\n}",
    },
  },
};
