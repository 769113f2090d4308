import type { Explanations } from "../../diagnostics/explain.js";
import type { languageMessages } from "../messages.js";
import { longestChain, mostRounds, mostStatements } from "../names/limits.js";

const noValue = "Without the value there is nothing that could be written into the file.";

/** Findings about names and values. */
export const nameExplanations: Pick<
  Explanations<typeof languageMessages>,
  | "jail-unknown-name"
  | "jail-no-member"
  | "jail-no-value"
  | "jail-wrong-type"
  | "jail-wrong-operand"
  | "jail-wrong-kind"
  | "jail-depends-on-itself"
  | "jail-chain-too-long"
  | "jail-arithmetic"
  | "jail-out-of-range"
  | "jail-range-backwards"
  | "jail-number-twice"
  | "jail-range-too-long"
  | "jail-name-twice"
  | "jail-fragment-endless"
  | "jail-fragment-arguments"
  | "jail-too-many-rounds"
  | "jail-too-many-statements"
> = {
  "jail-unknown-name": {
    why: "What the name stands for is not known, so the cell would lack it.",
    help: "check the spelling; what a cell names is `CELL.NAME` in other cells, and the word in quotes is a text",
    example: { name: "inmate", owner: null },
    jail: {
      wrong:
        "architecture x86\nmemory inmates at 0x3a60_0000 size 74M rwx\ncell demo { memory first 1M of inmate mapped at 0 }",
      right:
        "architecture x86\nmemory inmates at 0x3a60_0000 size 74M rwx\ncell demo { memory first 1M of inmates mapped at 0 }",
    },
  },
  "jail-no-member": {
    why: noValue,
    help: "memory has `start`, `size`, `last` and `end`; of a cell, what it names can be had",
    example: { name: "ram", is: "memory", member: "length" },
    jail: {
      wrong:
        "architecture x86\ncell demo {\n  memory ram at 0 size 1M rwx\n  memory at 1M size ram.length rw\n}",
      right:
        "architecture x86\ncell demo {\n  memory ram at 0 size 1M rwx\n  memory at 1M size ram.size rw\n}",
    },
  },
  "jail-no-value": {
    why: noValue,
    help: "lists stand where several values are wanted, without brackets; a fragment is put in by `use`",
    example: { what: "a list" },
    jail: {
      wrong: "architecture x86\ncell demo { cpus [1, 2] }",
      right: "architecture x86\ncell demo { cpus 1, 2 }",
    },
  },
  "jail-wrong-type": {
    why: "The field holds something of another kind, and a conversion would be a guess.",
    help: "write a value of the kind that is wanted there; numbers have no quotes, and conditions are true or false",
    example: { wanted: "a number", found: 'the text "3"' },
    jail: {
      wrong: 'architecture x86\ncell demo { cpus "3" }',
      right: "architecture x86\ncell demo { cpus 3 }",
    },
  },
  "jail-wrong-operand": {
    why: noValue,
    help: "calculate with numbers, combine conditions with `&&`, `||` and `!`",
    example: { operator: "+", found: "`true`" },
    jail: {
      wrong: "architecture x86\ncell demo { cpus 1 + true }",
      right: "architecture x86\ncell demo { cpus 1 + 1 }",
    },
  },
  "jail-wrong-kind": {
    why: "The statement can only use what is of its own kind.",
    help: "name a thing of the kind that is wanted, or use the statement that the named one was declared with",
    example: { name: "com1", is: "a range of ports", wanted: "memory" },
    jail: {
      wrong: "architecture x86\nioports com1 0x3f8-0x3ff\ncell demo { memory com1 }",
      right: "architecture x86\nioports com1 0x3f8-0x3ff\ncell demo { ioports com1 }",
    },
  },
  "jail-depends-on-itself": {
    why: "To know it, one would have to know it already: it could have any value or none.",
    help: "give one of them a value that needs none of the others",
    example: { name: "low" },
    jail: {
      wrong:
        "architecture x86\ncell demo {\n  memory low at high.end size 1M rw\n  memory high at low.end size 1M rw\n}",
      right:
        "architecture x86\ncell demo {\n  memory low at 0 size 1M rw\n  memory high at low.end size 1M rw\n}",
    },
  },
  "jail-chain-too-long": {
    why: "Every link of the chain takes memory while it is followed.",
    help: `refer to the first of them; ${longestChain} steps are the most, and fragments go less deep`,
    example: { what: "names that stand for each other", limit: longestChain },
  },
  "jail-arithmetic": {
    why: "Cut off to 64 bits, the result would be another address or size.",
    help: "write the expression so that every part of it lies within -2^63 and 2^64 - 1",
    example: { left: 1n, operator: "<<", right: 64n, what: "shifts by more than 63 bits" },
    jail: {
      wrong: "architecture x86\ncell demo { memory at 1 << 64 size 4K rw }",
      right: "architecture x86\ncell demo { memory at 1 << 32 size 4K rw }",
    },
  },
  "jail-out-of-range": {
    why: "The field cannot hold it; what is left of it would be another value.",
    help: "write a value within the bounds",
    example: { what: "a port", value: "0x1_0000", least: "0x0", most: "0xffff" },
    jail: {
      wrong: "architecture x86\ncell demo { ioports 0x10000 }",
      right: "architecture x86\ncell demo { ioports 0xffff }",
    },
  },
  "jail-range-backwards": {
    why: "A range that ends before it begins has no values; one of the two is not what was meant.",
    help: "write the smaller number first; for a difference, put blanks around the sign",
    example: { from: "3", to: "1" },
    jail: {
      wrong: "architecture x86\ncell demo { cpus 3-1 }",
      right: "architecture x86\ncell demo { cpus 1-3 }",
    },
  },
  "jail-number-twice": {
    why: "A second time changes nothing: perhaps another number was meant.",
    help: "write the number that was meant, or take it out",
    example: { what: "CPU", number: 1n },
    jail: {
      wrong: "architecture x86\ncell demo { cpus 1, 1 }",
      right: "architecture x86\ncell demo { cpus 1, 2 }",
    },
  },
  "jail-range-too-long": {
    why: "Each value becomes an element of a table, and a table of that length would fill all memory.",
    help: "check both ends of the range",
    example: { count: 0x1_0000_0000n, limit: 0x1_0000n },
    jail: {
      wrong: "architecture arm64\ncell demo { streams 0-0xffff_ffff }",
      right: "architecture arm64\ncell demo { streams 0-0xff }",
    },
  },
  "jail-name-twice": {
    why: "Those who use the name could mean the one or the other.",
    help: "rename one of them; a block may name anew what is known outside of it",
    example: { name: "ram" },
    jail: {
      wrong: "architecture x86\ncell demo {\n  memory ram at 0 size 1M rwx\n  memory ram at 1M size 1M rw\n}",
      right:
        "architecture x86\ncell demo {\n  memory ram at 0 size 1M rwx\n  memory heap at 1M size 1M rw\n}",
    },
  },
  "jail-fragment-endless": {
    why: "Putting it in would never end.",
    help: "take the `use` out of the fragment, or write a loop with `for`",
    example: { name: "bare" },
    jail: {
      wrong: "architecture x86\nfragment bare { comm; use bare }\ncell demo { use bare }",
      right: "architecture x86\nfragment bare { comm }\ncell demo { use bare }",
    },
  },
  "jail-fragment-arguments": {
    why: "The statements of the fragment need a value for each of its parameters.",
    help: "give each parameter one value, in order or by name: `use ram(1M, size = 4K)`; those with a default may be left out",
    example: { name: "ram", what: "needs a value for `size`" },
    jail: {
      wrong:
        "architecture x86\nfragment ram(start, size) { memory at start size size rw }\ncell demo { use ram(1M) }",
      right:
        "architecture x86\nfragment ram(start, size = 4K) { memory at start size size rw }\ncell demo { use ram(1M) }",
    },
  },
  "jail-too-many-rounds": {
    why: "A loop over that many values would take all memory and time.",
    help: `check both ends of the range; ${mostRounds.toLocaleString("en")} rounds are the most`,
    example: { rounds: 0x10_0000_0000n, limit: mostRounds },
    jail: {
      wrong: "architecture x86\ncell demo {\n  for n in 0 .. 64G - 1 { memory at n * 4K size 4K rw }\n}",
      right: "architecture x86\ncell demo {\n  for n in 0-3 { memory at n * 4K size 4K rw }\n}",
    },
  },
  "jail-too-many-statements": {
    why: "A build of that size would take all memory and time; no table of a cell is that long.",
    help: "check the bounds of loops that stand within each other",
    example: { limit: mostStatements },
    jail: {
      wrong: "architecture x86\ncell demo {\n  for n in 0-9999 { for m in 0-999 { memory empty } }\n}",
      right: "architecture x86\ncell demo {\n  for n in 0-9 { for m in 0-9 { memory empty } }\n}",
    },
  },
};
