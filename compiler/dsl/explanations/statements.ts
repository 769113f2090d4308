import type { Explanations } from "../../diagnostics/explain.js";
import type { languageMessages } from "../messages.js";

/** Findings about the parts of a statement, and about statements that need each other. */
export const statementExplanations: Pick<
  Explanations<typeof languageMessages>,
  | "jail-unknown-word"
  | "jail-unknown-clause"
  | "jail-not-expected"
  | "jail-clause-without-value"
  | "jail-clause-twice"
  | "jail-missing"
  | "jail-only-once"
  | "jail-not-in-scenario"
  | "jail-not-both"
  | "jail-no-block"
  | "jail-needs-block"
  | "jail-capability-place"
  | "jail-capability-hole"
  | "jail-link"
> = {
  "jail-unknown-word": {
    why: "A statement that nobody understands would be missing from the cell.",
    help: "check the spelling, and whether the statement belongs into this block; fields are set by `name = value`",
    example: { word: "memry", where: "`cell`" },
    jail: {
      wrong: "architecture x86\ncell demo { memry at 0 size 1M rwx }",
      right: "architecture x86\ncell demo { memory at 0 size 1M rwx }",
    },
  },
  "jail-unknown-clause": {
    why: "A flag or a clause that is not understood would be missing from the file.",
    help: "check the spelling; flags have the names of their constants, in small letters and with hyphens",
    example: { word: "rootshard", statement: "memory" },
    jail: {
      wrong: "architecture x86\ncell demo { memory at 0 size 1M rw rootshard }",
      right: "architecture x86\ncell demo { memory at 0 size 1M rw rootshared }",
    },
  },
  "jail-not-expected": {
    why: "What it was meant to say cannot be told, so it would be lost.",
    help: "take it out, or put the word before it that says what it is; lists have commas",
    example: { what: "`8`", statement: "ioports" },
    jail: {
      wrong: "architecture x86\ncell demo { ioports 0x3f8 8 }",
      right: "architecture x86\ncell demo { ioports 0x3f8-0x3ff }",
    },
  },
  "jail-clause-without-value": {
    why: "The field that the word is for would be 0.",
    help: "write the value behind the word",
    example: { word: "size", wanted: "a number" },
    jail: {
      wrong: "architecture x86\ncell demo { memory at 0 size rwx }",
      right: "architecture x86\ncell demo { memory at 0 size 1M rwx }",
    },
  },
  "jail-clause-twice": {
    why: "Only one of the two can have an effect, and both seem to be meant.",
    help: "take one of them out",
    example: { word: "size" },
    jail: {
      wrong: "architecture x86\ncell demo { memory at 0 size 4K rw size 8K }",
      right: "architecture x86\ncell demo { memory at 0 size 8K rw }",
    },
  },
  "jail-missing": {
    why: "The statement does not say enough to make the fields that it stands for.",
    help: "write what is missing; `docs/language.md` has an example of each statement",
    example: { statement: "memory", what: "`size`" },
    jail: {
      wrong: "architecture x86\ncell demo { memory at 0 rwx }",
      right: "architecture x86\ncell demo { memory at 0 size 1M rwx }",
    },
  },
  "jail-only-once": {
    why: "There is only one of it in the file: the second would undo the first.",
    help: "join them, or take one of them out; what a block says itself replaces what its fragments say",
    example: { statement: "cpus" },
    jail: {
      wrong: "architecture x86\ncell demo {\n  cpus 1\n  cpus 2\n}",
      right: "architecture x86\ncell demo {\n  cpus 1, 2\n}",
    },
  },
  "jail-not-in-scenario": {
    why: "In a scenario there are its cells and the root cell: another one is not there to do anything.",
    example: { cell: "demo", scenario: "bench" },
    jail: {
      wrong:
        "architecture x86\ncell demo { cpus 1 }\ncell other { cpus 2 }\nscenario bench {\n  other\n  expect demo cannot read memory 0x1000\n}",
      right:
        "architecture x86\ncell demo { cpus 1 }\ncell other { cpus 2 }\nscenario bench {\n  other\n  demo\n  expect demo cannot read memory 0x1000\n}",
    },
  },
  "jail-not-both": {
    why: "The two contradict each other, and neither can be preferred.",
    help: "take one of them out",
    example: { one: "at", other: "first" },
    jail: {
      wrong:
        "architecture x86\nmemory inmates at 16M size 16M rwx\ncell demo { memory at 1M first 1M of inmates }",
      right:
        "architecture x86\nmemory inmates at 16M size 16M rwx\ncell demo { memory first 1M of inmates mapped at 1M }",
    },
  },
  "jail-no-block": {
    why: "What the block says would be lost.",
    help: "put its statements into the block around it, or take the braces out",
    example: { statement: "cpus" },
    jail: {
      wrong: "architecture x86\ncell demo { cpus 1 { comm } }",
      right: "architecture x86\ncell demo { cpus 1; comm }",
    },
  },
  "jail-needs-block": {
    why: "Without its block the statement says nothing.",
    help: "write `{`, its statements and `}` behind it; a cell without statements is `{ }`",
    example: { statement: "cell" },
    jail: {
      wrong: "architecture x86\ncell demo",
      right: "architecture x86\ncell demo { cpus 1 }",
    },
  },
  "jail-capability-place": {
    why: "A place of the table holds one capability; the device would get that of another one.",
    help: "give the lists places that do not overlap, or leave `capabilities from` out",
    example: { place: 0 },
    jail: {
      wrong:
        "architecture x86\ncell demo {\n  device 00:01.0 { capabilities from 0; capabilities pm 0x50 }\n  device 00:02.0 { capabilities from 0; capabilities msi 0x60 }\n}",
      right:
        "architecture x86\ncell demo {\n  device 00:01.0 { capabilities pm 0x50 }\n  device 00:02.0 { capabilities msi 0x60 }\n}",
    },
  },
  "jail-capability-hole": {
    why: "The table has no gaps: the place would be a capability with the id 0.",
    help: "let the list begin earlier, or leave `capabilities from` out",
    example: { place: 0 },
    jail: {
      wrong:
        "architecture x86\ncell demo {\n  device 00:01.0 { capabilities from 3; capabilities pm 0x50 }\n}",
      right: "architecture x86\ncell demo {\n  device 00:01.0 { capabilities pm 0x50 }\n}",
    },
  },
  "jail-link": {
    why: "Regions and devices of all peers are made of the link; a part of them would be wrong.",
    help: "a link has two peers or more, an address for its device, and a side for each peer where its protocol has sides",
    example: { name: "disk", what: "does not say which side a peer is" },
    jail: {
      wrong:
        "architecture x86\ncell a { cpus 1 }\ncell b { cpus 2 }\nlink disk at 0x3f00_0000 {\n  device 01:0c.0\n  peers a as front, b\n  vectors 2\n  protocol virtio block\n}",
      right:
        "architecture x86\ncell a { cpus 1 }\ncell b { cpus 2 }\nlink disk at 0x3f00_0000 {\n  device 01:0c.0\n  peers a as front, b as back\n  vectors 2\n  protocol virtio block\n}",
    },
  },
};
