import type { Explanations } from "../../diagnostics/explain.js";
import { deepestNesting, longestExpression } from "./limits.js";
import type { jailMessages } from "./messages.js";

const unread = "What the rest of the line means cannot be told, so no bytes are made of it.";

/** What there is to say of the findings about the text of a cell-language file. */
export const jailExplanations: Explanations<typeof jailMessages> = {
  "jail-expected": {
    why: unread,
    help: "write what is missing, or take out what is too much; a statement ends with its line, and goes on in the next one behind `,` or an operator where that is indented deeper",
    example: { wanted: "a value", found: "the end of the line" },
  },
  "jail-unclosed-brace": {
    why: "Where the block ends is taken from the indentation, which may not be what was meant.",
    help: "write `}` where the block ends, indented like the line that opens it",
    example: {},
  },
  "jail-missing-brace": {
    why: "Where the block begins is taken from the indentation, which may not be what was meant.",
    help: "write `{` at the end of the line that the block belongs to",
    example: { word: "cell" },
  },
  "jail-stray-brace": {
    why: "A block may have ended earlier than it was meant to: what follows would belong to another one.",
    help: "take it out, or write the `{` that it closes",
    example: {},
  },
  "jail-odd-character": {
    why: "A sign that is overlooked could have been meant as a digit or an operator.",
    help: "take it out; in texts and comments every character may stand",
    example: { text: "`€`" },
  },
  "jail-open-text": {
    why: 'Texts end in their line, so that a forgotten `"` does not swallow the file.',
    help: 'write the closing `"`; a quote within a text is `\\"`',
    example: {},
  },
  "jail-open-comment": {
    why: "Everything up to the end of the file is a part of the comment.",
    help: "write `*/` where it ends",
    example: {},
  },
  "jail-bad-escape": {
    why: "Which byte it stands for cannot be told, and it would be part of a name or a table.",
    help: '`\\"`, `\\\\`, `\\n`, `\\t` and `\\xNN` with two hexadecimal digits are escapes; a backslash itself is `\\\\`',
    example: { text: "\\q" },
  },
  "jail-number-without-digits": {
    why: "An address or a size would be 0 where another value was meant.",
    help: "write hexadecimal digits behind `0x`, 0 and 1 behind `0b`",
    example: { text: "0x" },
  },
  "jail-bad-number": {
    why: "Taken for a name, it would be an unknown one.",
    help: "units are K, M, G and T, behind decimal digits: `6M`; `_` may stand between digits",
    example: { text: "6MB" },
  },
  "jail-number-too-large": {
    why: "No field of the format holds it, and cutting it off would give another address or size.",
    help: "write a number below 2^64; K, M, G and T count",
    example: { text: "0x1_0000_0000_0000_0000" },
  },
  "jail-address-out-of-range": {
    why: "A device has five bits in the file and a function three; another one would be meant.",
    help: "write bus, device and function in hexadecimal, as `lspci` does: `00:1f.2`",
    example: { text: "00:20.0", what: "device 0x20, but a bus has only the devices 00 to 1f" },
  },
  "jail-too-deep": {
    why: "Deeper nesting would take more memory than the compiler has for it.",
    help: `use constants or fragments; ${deepestNesting} levels are the most`,
    example: {},
  },
  "jail-too-long": {
    why: "Longer expressions would take more memory than the compiler has for them.",
    help: `give parts of it names with \`const\`; ${longestExpression} operators are the most`,
    example: {},
  },
  "jail-statement-too-long": {
    why: "Longer statements would take more memory than the compiler has for them.",
    help: "write several statements; is a line end or a bracket missing?",
    example: {},
  },
  "jail-too-many-errors": {
    why: "So many are seldom mistakes of the text: it may be no source in the cell language.",
    help: "mend the first ones; others often vanish with them",
    example: {},
  },
  "jail-other-kind": {
    why: "The name of the file says that it is a source of the cell language; read as one, every word would be a mistake.",
    example: { what: "C", help: "give the file the ending `.c`" },
  },
  "jail-source-too-large": {
    why: "A file of that size is no source that anybody wrote, and reading it could take all memory.",
    help: "check that the file is the right one; whole machines have a few hundred lines",
    example: { length: "10,485,760", limit: "1,048,576" },
  },
};
