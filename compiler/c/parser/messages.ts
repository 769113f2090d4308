import { defineDiagnostics } from "../../diagnostics/define.js";
import { at, type SourcePlace } from "../../diagnostics/diagnostic.js";
import { spanOf, type Token, TokenKind } from "../token.js";

interface ShiftTooFar {
  readonly type: string;
  /** Numbers as C writes them. */
  readonly count: string;
  readonly result: string;
  readonly isRight: boolean;
}

/** Every finding of the semantic half of the C reader. Messages name values and types as the user wrote them. */
export const cMessages = defineDiagnostics({
  // ---- syntax ---------------------------------------------------------------------------------------------------
  "c-expected": {
    severity: "error",
    message: ({ wanted, found }: { wanted: string; found: string }) => `expected ${wanted}, found ${found}`,
  },
  "c-expected-between": {
    severity: "error",
    message: ({ wanted, found }: { wanted: string; found: string }) => `expected ${wanted} before ${found}`,
  },
  "c-unclosed": {
    severity: "error",
    message: ({ open }: { open: string }) => `\`${open}\` is never closed`,
  },
  "c-probably-unclosed": {
    severity: "error",
    message: ({ found }: { found: string | null }) =>
      `this \`{\` is probably not closed${found === null ? "" : `: ${found} belongs to what is around it`}`,
  },
  "c-stray-brace": {
    severity: "error",
    message: ({ close, open }: { close: string; open: string }) => `this \`${close}\` has no \`${open}\``,
  },
  "c-list-ends-early": {
    severity: "error",
    message: ({ name, found }: { name: string; found: string }) =>
      `this \`}\` ends the initialiser of \`${name}\`, but it goes on with ${found}`,
    help: "there is a `}` too many here or before, or a `{` is missing",
  },
  "c-missing-dot": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name} =\` names no member: the dot is missing`,
  },
  "c-missing-braces": {
    severity: "error",
    message: ({ type, name }: { type: string; name: string }) =>
      `expected \`{\`: \`${type}\` is an array, and \`.${name}\` belongs to one element of it`,
    help: "each element has braces of its own: `{ { .a = 1 }, { .a = 2 } }`",
  },
  "c-odd-character": {
    severity: "error",
    message: ({ text, code, looks }: { text: string; code: string; looks: string }) =>
      `${text} contains the character ${code}, ${looks}`,
    help: "type it anew; such characters come with text copied from documents and web pages",
  },
  "c-unterminated-literal": {
    severity: "error",
    message: ({ what }: { what: string }) => `unterminated ${what}: it does not end on its line`,
  },
  "c-too-deep": {
    severity: "error",
    message: ({ limit }: { limit: number }) => `nested more than ${limit} levels deep`,
    help: "no config needs this; look for a macro that expands into itself by way of others",
  },
  "c-too-many-errors": {
    severity: "error",
    message: ({ limit }: { limit: number }) => `more than ${limit} errors; the rest of the file is not read`,
  },
  "c-unsupported": {
    severity: "error",
    message: ({ what }: { what: string }) => `${what} is not supported`,
    help: "a config is data of integer and character types",
  },
  "c-literal": {
    severity: "error",
    message: ({ problem }: { problem: string }) => problem,
  },
  "c-literal-warning": {
    severity: "warning",
    message: ({ problem }: { problem: string }) => problem,
  },

  // ---- names ----------------------------------------------------------------------------------------------------
  "c-unknown-name": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name}\` is not defined`,
    help: "a constant of a newer or forked header? check the include path and the profile",
  },
  "c-unknown-type": {
    severity: "error",
    message: ({ name }: { name: string }) => `unknown type name \`${name}\``,
  },
  "c-unknown-member": {
    severity: "error",
    message: ({ type, name }: { type: string; name: string }) => `\`${type}\` has no member \`${name}\``,
  },
  "c-not-a-value": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name}\` names a type, not a value`,
  },
  "c-redefinition": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name}\` is defined twice`,
  },
  "c-conflicting-types": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name}\` was declared before with another type`,
  },
  "c-conflicting-declarations": {
    severity: "error",
    message: ({ name, how }: { name: string; how: string }) => `\`${name}\` was declared before ${how}`,
  },
  "c-section-conflict": {
    severity: "error",
    message: ({ name, problem }: { name: string; problem: string }) =>
      `\`${name}\` cannot be put into its section: ${problem}`,
  },
  "c-wrong-tag": {
    severity: "error",
    message: ({ tag, was }: { tag: string; was: string }) => `\`${tag}\` is the tag of a ${was}`,
  },

  // ---- types ----------------------------------------------------------------------------------------------------
  "c-incomplete-type": {
    severity: "error",
    message: ({ type }: { type: string }) => `\`${type}\` is incomplete: its size is not known here`,
  },
  "c-bad-type": {
    severity: "error",
    message: ({ problem }: { problem: string }) => problem,
  },
  "c-type-too-large": {
    severity: "error",
    message: ({ type }: { type: string }) => `\`${type}\` is too large for a type`,
  },
  "c-array-length": {
    severity: "error",
    message: ({ problem }: { problem: string }) => `array length ${problem}`,
  },
  "c-bit-field": {
    severity: "error",
    message: ({ name, problem }: { name: string | null; problem: string }) =>
      `bit-field ${name === null ? "without a name" : `\`${name}\``} ${problem}`,
  },
  "c-enum-overflow": {
    severity: "error",
    message: ({ name }: { name: string }) => `the value of enumerator \`${name}\` would overflow its type`,
  },
  "c-enum-range": {
    severity: "warning",
    message: () => "no integer type holds all values of this enum; they are taken as `long`",
  },
  "c-static-assert": {
    severity: "error",
    message: ({ text }: { text: string | null }) =>
      text === null ? "static assertion failed" : `static assertion failed: ${text}`,
  },
  "c-attribute-refused": {
    severity: "error",
    message: ({ name }: { name: string }) => `attribute \`${name}\` changes bytes and is not supported`,
  },
  "c-attribute-argument": {
    severity: "error",
    message: ({ name, problem }: { name: string; problem: string }) => `attribute \`${name}\`: ${problem}`,
  },
  "c-unknown-attribute": {
    severity: "warning",
    message: ({ name }: { name: string }) => `unknown attribute \`${name}\` is ignored`,
    why: "A misspelt `packed` or `aligned` gives another layout without a word.",
  },
  "c-attribute-ignored": {
    severity: "warning",
    message: ({ name, place }: { name: string; place: string }) =>
      `attribute \`${name}\` has no effect on ${place}`,
    help: ({ name }) =>
      name === "packed"
        ? "to change the layout of a struct it must stand right behind `struct` or behind the closing brace"
        : name === "section"
          ? "it must stand behind the name of the object"
          : undefined,
  },

  // ---- constant expressions -------------------------------------------------------------------------------------
  "c-not-constant": {
    severity: "error",
    message: ({ what }: { what: string }) => `${what} is not a constant`,
  },
  "c-not-integer": {
    severity: "error",
    message: ({ type }: { type: string }) => `an integer is needed here, not \`${type}\``,
  },
  "c-address": {
    severity: "error",
    message: ({ what }: { what: string }) => `${what} has no value at compile time`,
    why: "A .cell file is plain bytes and holds no relocations, so no address can be stored in it.",
  },
  "c-division-by-zero": {
    severity: "error",
    message: ({ operator }: { operator: string }) => `division by zero in \`${operator}\``,
  },
  "c-shift-count": {
    severity: "error",
    message: ({ count }: { count: string }) => `shift by the negative count ${count} has no defined value`,
  },
  "c-shift-too-far": {
    severity: "warning",
    message: ({ type, count, result }: ShiftTooFar) =>
      `shift by ${BigInt(count)} is at least the width of \`${type}\`; the result is ${result}`,
    help: ({ type, count, result, isRight }: ShiftTooFar) => {
      if (isRight || BigInt(result) !== 0n) return undefined;
      if (BigInt(count) >= 64n)
        return "no integer has that bit; in a bitmap of 64-bit words it belongs to another word";
      const isInt = type.startsWith("int") || type.startsWith("unsigned int");
      return isInt ? "make the left operand 64 bits wide: `1ULL << n`" : undefined;
    },
  },
  "c-integer-overflow": {
    severity: "warning",
    message: ({ type, exact, kept }: { type: string; exact: string; kept: string }) =>
      `the result ${exact} does not fit in \`${type}\`; ${kept} remains`,
  },
  "c-operands": {
    severity: "error",
    message: ({ operator, left, right }: { operator: string; left: string; right: string | null }) =>
      right === null
        ? `\`${operator}\` cannot be applied to \`${left}\``
        : `\`${operator}\` cannot be applied to \`${left}\` and \`${right}\``,
  },

  // ---- initialisers ---------------------------------------------------------------------------------------------
  "c-truncated": {
    severity: "warning",
    message: ({ value, kept, type }: { value: string; kept: string; type: string }) =>
      `${value} does not fit in \`${type}\`; ${kept} is stored`,
    why: "The bits beyond the width of the field are lost.",
  },
  "c-override": {
    severity: "warning",
    message: ({ member, values }: { member: string; values: readonly [string, string] | null }) =>
      values === null
        ? `${member} is given twice; only the second value counts`
        : `${member} is given twice: first ${values[0]}, then ${values[1]}, which counts`,
  },
  "c-pointer-conversion": {
    severity: "warning",
    message: ({ from, to }: { from: string; to: string }) =>
      `\`${from}\` is converted to \`${to}\` without a cast`,
  },
  "c-wrong-initializer": {
    severity: "error",
    message: ({ type, value }: { type: string; value: string }) =>
      `\`${type}\` cannot be initialised from ${value}`,
  },
  "c-excess-elements": {
    severity: "warning",
    message: ({ type }: { type: string }) =>
      `excess element: \`${type}\` has no room for it, and it is dropped`,
  },
  "c-excess-braces": {
    severity: "error",
    message: ({ type }: { type: string }) => `excess element: \`${type}\` has no more members`,
  },
  "c-scalar-braces": {
    severity: "warning",
    message: ({ type }: { type: string }) => `braces around a value of type \`${type}\``,
  },
  "c-empty-scalar": {
    severity: "error",
    message: ({ type }: { type: string }) => `empty braces for a value of type \`${type}\``,
    help: "write `0`",
  },
  "c-string-too-long": {
    severity: "warning",
    message: ({ length, room }: { length: number; room: number }) =>
      `string of ${length} bytes is too long for ${room}; the rest is dropped`,
  },
  "c-designator": {
    severity: "error",
    message: ({ problem }: { problem: string }) => problem,
  },
  "c-flexible-nested": {
    severity: "error",
    message: () => "a flexible array member can be initialised only in the outermost struct of an object",
  },
  "c-initializer-too-complex": {
    severity: "error",
    message: () => "the initialiser does too much: ranges are filled over and over",
  },
  "c-object-too-large": {
    severity: "error",
    message: ({ name, limit }: { name: string; limit: string }) => `\`${name}\` is larger than ${limit}`,
    help: "a .cell is some KiB; look for a wrong array length",
  },

  // ---- what lands in the file -----------------------------------------------------------------------------------
  "c-all-zero": {
    severity: "warning",
    message: ({ name }: { name: string }) => `\`${name}\` is all zero and so takes no room in the output`,
    why: "gcc puts a zero object into .bss, of which objcopy writes nothing.",
  },
  "c-extern-initialized": {
    severity: "warning",
    message: ({ name }: { name: string }) => `\`${name}\` is initialised, so \`extern\` has no effect`,
  },
  "c-code": {
    severity: "error",
    message: ({ what }: { what: string }) => `${what} would put machine code into the output`,
    help: "cellc writes data only; a function in a header must be `static inline`",
  },
});

export function placeOf(token: Token): SourcePlace {
  return at(spanOf(token), token.expansion);
}

/** A token as messages quote it. */
export function showToken(token: Token): string {
  if (token.kind === TokenKind.endOfFile) return "the end of the file";
  return quote(token.text);
}

/** A text of the source in a message, cut where it is long. */
export function quote(text: string): string {
  return `\`${text.length > 60 ? `${text.slice(0, 60)}...` : text}\``;
}
