import { defineDiagnostics } from "../../diagnostics/define.js";

const longestQuotation = 80;
const longestText = 1000;

/** A text of the source as it may stand in a message: whatever its length there, it is short here. */
function clip(text: string): string {
  return text.length <= longestQuotation ? text : `${text.slice(0, longestQuotation)}...`;
}

const notReproducible = "A build must give the same bytes every time it runs.";

/** The findings of the C lexer and preprocessor. */
export const messages = defineDiagnostics({
  "c-utf-16": {
    severity: "error",
    message: () => "this file is UTF-16, and C is read as UTF-8",
    help: "save it as UTF-8",
  },
  "c-binary-config": {
    severity: "error",
    message: () => "this is a .cell file, not C",
    help: "use `cellc decode`",
  },
  "c-cell-language": {
    severity: "error",
    message: () => "this is a source of the cell language, not C",
    help: "give the file the ending `.jail`",
  },
  "c-merge-conflict": {
    severity: "error",
    message: () => "a merge conflict was left in the file",
    help: "choose one of the two sides and remove the marks",
  },
  "c-unterminated-comment": {
    severity: "error",
    message: () => "this comment never ends",
    help: "close it with */",
  },
  "c-nested-comment": {
    severity: "warning",
    message: () => '"/*" within a comment: comments do not nest, so the first "*/" ends it',
  },
  "c-null-character": {
    severity: "warning",
    message: () => "the file contains NUL characters, which are ignored",
    help: "is this a text file, and is it UTF-8?",
  },
  "c-backslash-space": {
    severity: "warning",
    message: () =>
      "white space between the backslash and the end of the line; the line is continued all the same",
  },
  "c-too-many-continuations": {
    severity: "error",
    message: (args: { limit: number }) => `more than ${args.limit} lines are continued with a backslash`,
  },
  "c-source-too-large": {
    severity: "error",
    message: (args: { path: string; limit: number }) =>
      `${args.path} has more than ${args.limit} tokens; the rest of it is not read`,
  },

  "c-unknown-directive": {
    severity: "error",
    message: (args: { name: string }) => `unknown directive "#${clip(args.name)}"`,
  },
  "c-unsupported-directive": {
    severity: "error",
    message: (args: { name: string }) => `"#${clip(args.name)}" is not supported`,
  },
  "c-directive-in-arguments": {
    severity: "error",
    message: (args: { name: string; macro: string }) =>
      `"#${clip(args.name)}" within the arguments of the macro "${clip(args.macro)}"`,
  },
  "c-extra-tokens": {
    severity: "warning",
    message: (args: { name: string }) => `extra text after "#${clip(args.name)}" is ignored`,
  },
  "c-error-directive": {
    severity: "error",
    message: (args: { text: string }) =>
      `#error${args.text === "" ? "" : ` ${args.text.slice(0, longestText)}`}`,
  },
  "c-warning-directive": {
    severity: "warning",
    message: (args: { text: string }) =>
      `#warning${args.text === "" ? "" : ` ${args.text.slice(0, longestText)}`}`,
  },
  "c-line-directive": {
    severity: "error",
    message: (args: { problem: string }) => `#line: ${args.problem}`,
  },
  "c-unsupported-pragma": {
    severity: "error",
    message: (args: { name: string }) => `"#pragma ${clip(args.name)}" is not supported`,
    why: "It changes how structs are laid out, so leaving it out would give wrong bytes.",
    help: "use __attribute__((packed)) or __attribute__((aligned(N))) on the struct",
  },
  "c-malformed-pragma": {
    severity: "error",
    message: (args: { problem: string }) => args.problem,
  },

  "c-else-without-if": {
    severity: "error",
    message: (args: { name: string }) => `"#${clip(args.name)}" without "#if"`,
  },
  "c-after-else": {
    severity: "error",
    message: (args: { name: string }) => `"#${clip(args.name)}" after "#else"`,
  },
  "c-unterminated-conditional": {
    severity: "error",
    message: (args: { name: string }) => `"#${clip(args.name)}" without "#endif"`,
  },
  "c-condition": {
    severity: "error",
    message: (args: { name: string; problem: string }) => `#${clip(args.name)}: ${args.problem}`,
  },
  "c-condition-warning": {
    severity: "warning",
    message: (args: { name: string; problem: string }) => `#${clip(args.name)}: ${args.problem}`,
  },
  "c-macro-name-expected": {
    severity: "error",
    message: (args: { directive: string; found: string }) =>
      args.found === ""
        ? `"#${args.directive}" needs a macro name`
        : `"#${args.directive}" needs a macro name, but "${clip(args.found)}" is none`,
  },

  "c-include-syntax": {
    severity: "error",
    message: (args: { name: string }) => `"#${clip(args.name)}" needs "FILE" or <FILE>`,
  },
  "c-include-not-found": {
    severity: "error",
    message: (args: { name: string }) => `cannot find the header "${clip(args.name)}"`,
  },
  "c-include-unreadable": {
    severity: "error",
    message: (args: { name: string; problem: string }) => `cannot read "${clip(args.name)}": ${args.problem}`,
  },
  "c-include-depth": {
    severity: "error",
    message: (args: { limit: number }) => `headers include each other more than ${args.limit} levels deep`,
    help: "does a header include itself? Then put `#ifndef NAME`, `#define NAME` and `#endif` around its text",
  },
  "c-include-count": {
    severity: "error",
    message: (args: { limit: number }) => `more than ${args.limit} headers are included`,
    help: "do headers include each other several times? Then put `#ifndef NAME`, `#define NAME` and `#endif` around their texts",
  },

  "c-source-limit": {
    severity: "error",
    message: (args: { limit: number }) => `the file and its headers have more than ${args.limit} tokens`,
    help: "is a large header included many times?",
  },

  "c-macro-definition": {
    severity: "error",
    message: (args: { problem: string }) => args.problem,
  },
  "c-macro-definition-warning": {
    severity: "warning",
    message: (args: { problem: string }) => args.problem,
  },
  "c-command-line-macro": {
    severity: "error",
    message: (args: { name: string }) => `"${clip(args.name)}" is no macro name`,
    help: "write -D NAME, -D NAME=VALUE or -U NAME",
  },
  "c-macro-redefined": {
    severity: "warning",
    message: (args: { name: string }) => `the macro "${clip(args.name)}" is defined again with another text`,
  },
  "c-builtin-macro-changed": {
    severity: "warning",
    message: (args: { name: string; what: "redefined" | "undefined" }) =>
      `the built-in macro "${clip(args.name)}" is ${args.what}`,
  },
  "c-macro-arguments": {
    severity: "error",
    message: (args: { name: string; required: number; atLeast: boolean; given: number }) =>
      `the macro "${clip(args.name)}" takes ${args.atLeast ? "at least " : ""}${count(args.required)}, but ${args.given} ${
        args.given === 1 ? "is" : "are"
      } given`,
  },
  "c-unterminated-arguments": {
    severity: "error",
    message: (args: { name: string }) => `the argument list of the macro "${clip(args.name)}" never ends`,
    help: "a closing parenthesis is missing",
  },
  "c-invalid-paste": {
    severity: "error",
    message: (args: { left: string; right: string }) =>
      `"##" of "${clip(args.left)}" and "${clip(args.right)}" does not give a token`,
  },
  "c-invalid-stringification": {
    severity: "warning",
    message: () => "the last backslash of a string made by # is dropped",
  },
  "c-not-reproducible": {
    severity: "error",
    message: (args: { name: string }) =>
      `"${clip(args.name)}" is refused: its value changes from build to build`,
    why: notReproducible,
    help: "pass the text with -D instead",
  },
  "c-expansion-limit": {
    severity: "error",
    message: (args: { what: string; limit: number }) =>
      `macros expand to more than ${args.limit} ${args.what}; nothing after this is read`,
    help: "does a macro multiply itself?",
  },
  "c-expansion-depth": {
    severity: "error",
    message: (args: { limit: number }) =>
      `macro calls are nested in each other's arguments more than ${args.limit} levels deep`,
  },
});

function count(n: number): string {
  return n === 1 ? "1 argument" : `${n} arguments`;
}
