import { defineDiagnostics } from "../../diagnostics/define.js";
import { deepestNesting, longestExpression, longestStatement, mostFindings } from "./limits.js";

/** What can be wrong with the text of a cell-language file, before any word has a meaning. */
export const jailMessages = defineDiagnostics({
  "jail-expected": {
    severity: "error",
    message: ({ wanted, found }: { wanted: string; found: string }) => `expected ${wanted}, found ${found}`,
  },
  "jail-unclosed-brace": {
    severity: "error",
    message: () => "this `{` is never closed",
  },
  "jail-missing-brace": {
    severity: "error",
    message: ({ word }: { word: string }) => `the block of \`${word}\` has no \`{\``,
  },
  "jail-stray-brace": {
    severity: "error",
    message: () => "this `}` has no `{`",
  },
  "jail-odd-character": {
    severity: "error",
    message: ({ text }: { text: string }) => `${text} has no meaning here`,
  },
  "jail-open-text": {
    severity: "error",
    message: () => 'this text has no closing `"`',
  },
  "jail-open-comment": {
    severity: "error",
    message: () => "this comment has no `*/`",
  },
  "jail-bad-escape": {
    severity: "error",
    message: ({ text }: { text: string }) => `\`${text}\` is no escape`,
  },
  "jail-number-without-digits": {
    severity: "error",
    message: ({ text }: { text: string }) => `\`${text}\` has no digits`,
  },
  "jail-bad-number": {
    severity: "error",
    message: ({ text }: { text: string }) => `\`${text}\` is no number`,
  },
  "jail-number-too-large": {
    severity: "error",
    message: ({ text }: { text: string }) => `\`${text}\` is more than 64 bits hold`,
  },
  "jail-address-out-of-range": {
    severity: "error",
    message: ({ text, what }: { text: string; what: string }) => `\`${text}\` names ${what}`,
  },
  "jail-too-deep": {
    severity: "error",
    message: () => `nested more than ${deepestNesting} levels deep`,
  },
  "jail-too-long": {
    severity: "error",
    message: () => `an expression of more than ${longestExpression} operators`,
  },
  "jail-statement-too-long": {
    severity: "error",
    message: () => `a statement of more than ${longestStatement.toLocaleString("en")} words and signs`,
  },
  "jail-too-many-errors": {
    severity: "error",
    message: () => `more than ${mostFindings.toLocaleString("en")} mistakes; the others are not listed`,
  },
  "jail-other-kind": {
    severity: "error",
    message: ({ what }: { what: string; help: string }) => `this is ${what}, not the cell language`,
    help: ({ help }: { what: string; help: string }) => help,
  },
  "jail-source-too-large": {
    severity: "error",
    message: ({ length, limit }: { length: string; limit: string }) =>
      `the file has ${length} characters; ${limit} is the most that is read`,
  },
});
