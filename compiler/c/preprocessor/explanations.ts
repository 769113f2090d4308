import type { Explanations } from "../../diagnostics/explain.js";
import type { messages } from "./messages.js";

/** What there is to say of the findings of the C lexer and preprocessor, and a source that gives each. */
export const explanations: Explanations<typeof messages> = {
  "c-utf-16": {
    why: "Every second byte would be taken for a NUL character.",
    example: {},
  },
  "c-binary-config": {
    why: "It is what a build makes, not what it reads.",
    example: {},
  },
  "c-cell-language": {
    why: "Read as C, nearly every word of it would be a mistake.",
    example: {},
    code: "architecture x86\ncell demo { cpus 1 }",
  },
  "c-merge-conflict": {
    why: "Both versions of the lines would be read, one after the other.",
    example: {},
    code: "int config[] = {\n<<<<<<< HEAD\n\t1,\n=======\n\t2,\n>>>>>>> theirs\n};",
  },
  "c-unterminated-comment": {
    why: "All of the file behind it would be missing in the config.",
    example: {},
    code: "int config = 1; /* the count",
  },
  "c-nested-comment": {
    why: "What was meant to be commented out may be read, or the other way round.",
    help: "close the first comment before, or use `//` or `#if 0`",
    example: {},
    code: "/* off: /* the base */\nint config = 1;",
  },
  "c-null-character": {
    why: "A file with such bytes is cut, damaged or no text.",
    example: {},
    code: "int config = 1;\u0000",
  },
  "c-backslash-space": {
    why: "Other compilers and editors may take the line as ended here.",
    help: "take the white space out",
    example: {},
    code: "#define BASE \\ \n\t1\nint config = BASE;",
  },
  "c-too-many-continuations": {
    why: "Reading without a limit would take all memory of the machine that builds.",
    help: "is this C, written by a person or by a correct generator?",
    example: { limit: 1000000 },
  },
  "c-source-too-large": {
    why: "Reading without a limit would take all memory of the machine that builds.",
    help: "is this the right file? A config has a few thousand tokens",
    example: { path: "big.c", limit: 2000000 },
  },
  "c-unknown-directive": {
    why: "What it should do is not known, so what follows might be wrong.",
    help: "correct the spelling",
    example: { name: "defin" },
    code: "#defin BASE 1\nint config = 1;",
  },
  "c-unsupported-directive": {
    why: "It would change what is compiled, and leaving it out would give other bytes.",
    help: "write what it stands for into the file",
    example: { name: "embed" },
    code: '#embed "blob.bin"\nint config = 1;',
  },
  "c-directive-in-arguments": {
    why: "C does not say what comes of it.",
    help: "move the directive before or behind the call of the macro",
    example: { name: "include", macro: "FIRST" },
    code: '#define FIRST(a, b) a\nint config = FIRST(1,\n#include "base.h"\n);',
  },
  "c-extra-tokens": {
    why: "It looks as if it had an effect, but it has none.",
    help: "take it out or make it a comment",
    example: { name: "ifdef" },
    code: "#ifdef BASE && SIZE\n#endif\nint config = 1;",
  },
  "c-error-directive": {
    why: "Whoever wrote the file or header wants no build to go on from here.",
    help: "do what its text says: often a macro must be defined with `-D`, or another header included first",
    example: { text: "define BASE first" },
    code: "#error define BASE first\nint config = 1;",
  },
  "c-warning-directive": {
    why: "Whoever wrote the file or header wants this to be read.",
    help: "do what its text says",
    example: { text: "this board is untested" },
    code: "#warning this board is untested\nint config = 1;",
  },
  "c-line-directive": {
    why: "Places in messages would be wrong.",
    help: 'correct it, `#line NUMBER "FILE"`, or take it out',
    example: { problem: "a line number is needed" },
    code: "#line here\nint config = 1;",
  },
  "c-unsupported-pragma": {
    example: { name: "scalar_storage_order" },
    code: "#pragma scalar_storage_order big-endian\nint config = 1;",
  },
  "c-malformed-pragma": {
    why: "What it should do to a macro cannot be told, and the bytes may depend on it.",
    help: 'correct it, `#pragma push_macro("NAME")`, or take it out',
    example: { problem: "push_macro needs a macro name in quotes" },
    code: "#pragma push_macro(BASE)\nint config = 1;",
  },
  "c-else-without-if": {
    why: "Which lines are meant to be left out cannot be told.",
    help: "write the `#if` that it belongs to, or take it out",
    example: { name: "endif" },
    code: "int config = 1;\n#endif",
  },
  "c-after-else": {
    why: "Which lines are meant to be left out cannot be told.",
    help: "an `#if` has one `#else`, as its last branch; is an `#endif` missing before?",
    example: { name: "else" },
    code: "#if 1\n#else\n#else\n#endif\nint config = 1;",
  },
  "c-unterminated-conditional": {
    why: "All of the file behind it would belong to the condition.",
    help: "write the `#endif` where the condition ends",
    example: { name: "if" },
    code: "#if 1\nint config = 1;",
  },
  "c-condition": {
    why: "Whether the lines behind it belong to the config cannot be told.",
    help: "conditions take integers, `defined NAME` and operators",
    example: { name: "if", problem: '"+" has no right operand' },
    code: "#if 1 +\n#endif\nint config = 1;",
  },
  "c-condition-warning": {
    why: "The condition may be decided otherwise than it looks.",
    help: "write the number in a form that 64 bits hold, and the operands with one sign",
    example: {
      name: "if",
      problem:
        'integer constant "0x99999999999999999" does not fit in 64 bits; 0x9999999999999999 remains of it',
    },
    code: "#if 0x99999999999999999\n#endif\nint config = 1;",
  },
  "c-macro-name-expected": {
    why: "Which macro is meant cannot be told.",
    help: "write a name of letters, digits and `_` behind it",
    example: { directive: "define", found: "3" },
    code: "#define 3 1\nint config = 1;",
  },
  "c-include-syntax": {
    why: "Which file is meant cannot be told.",
    help: 'write `#include <jailhouse/cell-config.h>` or `#include "board.h"`',
    example: { name: "include" },
    code: "#include jailhouse/types.h\nint config = 1;",
  },
  "c-include-not-found": {
    why: "Without the header, hardly a line of the rest would make sense.",
    help: "name its directory with `-I` or in cellc.yaml, or correct the spelling",
    example: { name: "board.h" },
    code: "#include <board.h>\nint config = 1;",
  },
  "c-include-unreadable": {
    why: "Without the header, hardly a line of the rest would make sense.",
    help: "see who may read it, and that it is a file",
    example: { name: "board.h", problem: "permission denied" },
  },
  "c-include-depth": {
    why: "Reading without a limit would never end.",
    example: { limit: 200 },
  },
  "c-include-count": {
    why: "Reading without a limit would take all memory of the machine that builds.",
    example: { limit: 20000 },
  },
  "c-source-limit": {
    why: "Reading without a limit would take all memory of the machine that builds.",
    example: { limit: 4000000 },
  },
  "c-macro-definition": {
    why: "The macro would not be defined, or as something else.",
    help: "correct the definition: `#define NAME TEXT` or `#define NAME(A, B) TEXT`",
    example: { problem: 'the macro parameter "a" is named twice' },
    code: "#define PAIR(a, a) a\nint config = 1;",
  },
  "c-macro-definition-warning": {
    why: "The macro's name or text may end elsewhere than it looks.",
    help: "put a blank between the name and the text",
    example: { problem: 'white space is missing after the macro name "BASE"' },
    code: '#define BASE"x"\nint config = 1;',
  },
  "c-command-line-macro": {
    why: "The config would be built without what was asked for.",
    example: { name: "3F" },
  },
  "c-macro-redefined": {
    why: "Lines before and behind it mean different things by one name; which one a value was made with is easily overlooked.",
    help: "use another name, or `#undef` it first if it is meant",
    example: { name: "BASE" },
    code: "#define BASE 1\n#define BASE 2\nint config = BASE;",
  },
  "c-builtin-macro-changed": {
    why: "The compiler gives it its meaning; headers that rely on it would read something else.",
    help: "use another name",
    example: { name: "__LINE__", what: "redefined" },
    code: "#define __LINE__ 1\nint config = 1;",
  },
  "c-macro-arguments": {
    why: "What the call should expand to cannot be told.",
    help: "give it as many as its definition names; a comma in `{ }` separates too, one in `( )` does not",
    example: { name: "REGION", required: 2, atLeast: false, given: 1 },
    code: "#define REGION(base, size) base, size\nint config[] = { 1, REGION(2) };",
  },
  "c-unterminated-arguments": {
    why: "Everything up to the end of the file would belong to the call.",
    example: { name: "TWICE" },
    code: "#define TWICE(x) ((x) * 2)\nint config = TWICE(1;",
  },
  "c-invalid-paste": {
    why: "What comes out is no name, number or operator.",
    help: "take `##` out where it joins nothing, or have it join parts of one name",
    example: { left: "-", right: "1" },
    code: "#define JOIN(a, b) a ## b\nint config = JOIN(-, 1);",
  },
  "c-invalid-stringification": {
    why: "The text is not quite what the argument says.",
    help: "double the backslash",
    example: {},
    code: "#define TEXT(x) #x\nchar config[] = TEXT(a\\);",
  },
  "c-not-reproducible": {
    example: { name: "__DATE__" },
    code: 'char config[] = "built on " __DATE__;',
  },
  "c-expansion-limit": {
    why: "Expanding without a limit would take all memory of the machine that builds.",
    example: { what: "tokens", limit: 2000000 },
  },
  "c-expansion-depth": {
    why: "Expanding without a limit would take all memory of the machine that builds.",
    help: "write some of the calls as macros of their own",
    example: { limit: 400 },
  },
};
