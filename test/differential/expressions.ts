import type { Choices } from "./choices.js";
import type { Scope } from "./scope.js";

/**
 * Random integer constant expressions: free ones, whose value nobody knows before both compilers say it, and known
 * ones, which spell a given small number in a roundabout way.
 */

/** Text with the binding strength of its outermost operator (C 6.5, larger binds tighter). */
interface Piece {
  readonly text: string;
  readonly level: number;
}

const primary = 16;
const unary = 14;
const ternary = 2;

const binaryOperators: readonly (readonly [level: number, text: string])[] = [
  [11, "+"],
  [11, "-"],
  [5, "|"],
  [7, "&"],
  [6, "^"],
  [12, "*"],
  [9, "<"],
  [9, ">"],
  [9, "<="],
  [9, ">="],
  [8, "=="],
  [8, "!="],
  [4, "&&"],
  [3, "||"],
];

export const integerTypeNames: readonly string[] = [
  "int",
  "unsigned",
  "unsigned int",
  "char",
  "signed char",
  "unsigned char",
  "short",
  "unsigned short int",
  "long",
  "long unsigned int",
  "unsigned long",
  "long long",
  "unsigned long long int",
  "__u8",
  "__u16",
  "__u32",
  "__u64",
  "__s8",
  "__s16",
  "__s32",
  "__s64",
];

/** In the argument of a macro `defined` would name what the argument has become. */
type Where = "C" | "#if" | "#if argument";

/** An expression for an initialiser. */
export function freeExpression(scope: Scope, depth = 3): string {
  return piece(scope, depth, "C").text;
}

/** As {@link freeExpression}, fit to stand as one argument or operand anywhere. */
export function freeOperand(scope: Scope, depth = 2): string {
  return atLeast(piece(scope, depth, "C"), primary);
}

/** The controlling expression of an `#if`. */
export function directiveExpression(scope: Scope, depth = 3): string {
  scope.use("#if expression");
  return scope.withoutDirectives(() => piece(scope, depth, "#if").text);
}

function piece(scope: Scope, depth: number, where: Where): Piece {
  const { choices } = scope;
  if (depth <= 0) return atom(scope, where);
  const kind = choices.weighted([
    [35, "atom"],
    [30, "binary"],
    [8, "shift"],
    [6, "division"],
    [9, "unary"],
    [5, "ternary"],
    [where === "C" ? 6 : 0, "cast"],
    [scope.calls.length > 0 ? 12 : 0, "call"],
    [3, "parentheses"],
  ] as const);
  const operand = (level: number): string => atLeast(piece(scope, depth - 1, where), level);
  switch (kind) {
    case "atom":
      return atom(scope, where);
    case "binary": {
      const [level, operator] = choices.pick(binaryOperators);
      return { text: `${operand(level)} ${operator} ${operand(level + 1)}`, level };
    }
    case "shift": {
      scope.use("shift");
      const left = operand(10);
      const operator = choices.pick(["<<", ">>"]);
      return { text: `${left} ${operator} ${shiftCount(scope, depth, where)}`, level: 10 };
    }
    case "division": {
      const left = operand(12);
      const right = piece(scope, depth - 1, where);
      return { text: `${left} ${choices.pick(["/", "%"])} (${atLeast(right, 6)} | 1)`, level: 12 };
    }
    case "unary": {
      const operator = choices.pick(["-", "~", "!", "+"]);
      const text = operand(unary);
      const gap = text.startsWith(operator) ? " " : "";
      return { text: `${operator}${gap}${text}`, level: unary };
    }
    case "ternary":
      scope.use("ternary");
      return { text: `${operand(3)} ? ${operand(ternary)} : ${operand(ternary)}`, level: ternary };
    case "cast":
      scope.use("cast");
      return { text: `(${integerTypeName(scope)})${operand(unary)}`, level: unary };
    case "call":
      return {
        text: choices.pick(scope.calls)(depth - 1, (inner) =>
          scope.withoutDirectives(() => piece(scope, inner, where === "C" ? "C" : "#if argument").text),
        ),
        level: primary,
      };
    case "parentheses":
      return { text: `(${operand(ternary)})`, level: primary };
  }
}

function shiftCount(scope: Scope, depth: number, where: Where): string {
  const { choices } = scope;
  return choices.weighted([
    [60, () => literal(choices, BigInt(choices.below(32)))],
    [10, () => literal(choices, BigInt(choices.below(64)))],
    [
      10,
      () => `(${atLeast(piece(scope, depth - 1, where), 8)} & ${choices.pick(["31", "7", "0x1f", "63"])})`,
    ],
    [where === "C" ? 2 : 0, () => literal(choices, BigInt(choices.between(64, 130)))],
  ])();
}

function atLeast(part: Piece, level: number): string {
  return part.level >= level ? part.text : `(${part.text})`;
}

function atom(scope: Scope, where: Where): Piece {
  const { choices } = scope;
  const known = where === "C" ? scope.known : scope.known.filter((name) => name.macro);
  const kind = choices.weighted([
    [50, "number"],
    [known.length > 0 ? 12 : 0, "known"],
    [4, "character"],
    [where === "C" ? 6 : 0, "sizeof"],
    [where === "C" && scope.offsets.length > 0 ? 4 : 0, "offsetof"],
    [where === "#if" ? 8 : 0, "defined"],
    [where === "C" ? 0 : 4, "undefined"],
    [1, "line"],
  ] as const);
  switch (kind) {
    case "number": {
      const value = interestingValue(choices);
      const text = literal(choices, value);
      if (value >> 63n !== 0n && /^\d+L*$/.test(text)) scope.use("wide literal");
      return { text, level: primary };
    }
    case "known":
      return { text: choices.pick(known).text, level: primary };
    case "character":
      scope.use("character constant");
      return { text: choices.pick(characters), level: primary };
    case "sizeof":
      scope.use("sizeof");
      return sizeOf(scope);
    case "offsetof":
      scope.use("offsetof");
      return { text: choices.pick(scope.offsets), level: primary };
    case "defined": {
      const name = choices.pick(["@nowhere", "__GNUC__", ...known.map((entry) => nameOf(entry.text))]);
      return choices.chance(50)
        ? { text: `defined(${name})`, level: primary }
        : { text: `defined ${name}`, level: unary };
    }
    case "undefined":
      return { text: choices.pick(["@nowhere", "@never_defined"]), level: primary };
    case "line":
      return { text: "__LINE__", level: primary };
  }
}

function nameOf(text: string): string {
  return /^@?\w+/.exec(text)?.[0] ?? "__GNUC__";
}

const characters: readonly string[] = [
  "'a'",
  "'0'",
  "' '",
  "'\\n'",
  "'\\0'",
  "'\\377'",
  "'\\x7f'",
  "'\\xff'",
  "'\\''",
  "'\"'",
  "'\\\\'",
  "'\\t'",
  "'/*'",
  "'ab'",
  "'\\e'",
];

function sizeOf(scope: Scope): Piece {
  const { choices } = scope;
  const types = [...scope.types, ...integerTypeNames];
  return choices.weighted<() => Piece>([
    [4, () => ({ text: `sizeof(${choices.pick([...types, ...scope.objects])})`, level: primary })],
    [2, () => ({ text: `sizeof(${choices.pick(types)}[${choices.between(1, 9)}])`, level: primary })],
    [2, () => ({ text: `sizeof ${atLeast(piece(scope, 1, "C"), primary)}`, level: unary })],
    [1, () => ({ text: `sizeof(${stringText(scope)})`, level: primary })],
    [1, () => ({ text: `_Alignof(${choices.pick(types)})`, level: primary })],
  ])();
}

export function integerTypeName(scope: Scope): string {
  return scope.choices.pick([...integerTypeNames, ...scope.typeNames]);
}

/** Numbers at which types change, sign bits, page-like addresses, and small ones. */
export function interestingValue(choices: Choices): bigint {
  return choices.weighted<() => bigint>([
    [40, () => BigInt(choices.below(16))],
    [15, () => BigInt(choices.below(4096))],
    [15, () => BigInt(choices.below(65536)) << 12n],
    [12, () => 1n << BigInt(choices.below(64))],
    [12, () => (1n << BigInt(choices.between(1, 64))) - 1n],
    [6, () => choices.bits(32)],
    [6, () => choices.bits(64)],
  ])();
}

/** An integer constant of the given value, in any base and with any suffix. */
export function literal(choices: Choices, value: bigint): string {
  const digits = choices.weighted([
    [10, value.toString()],
    [10, `0x${value.toString(16)}`],
    [1, `0X${value.toString(16).toUpperCase()}`],
    [value < 65536n ? 2 : 0, `0b${value.toString(2)}`],
    [value > 0n ? 1 : 0, `0${value.toString(8)}`],
  ]);
  // Beyond 63 bits a decimal constant without `u` has no type in C; gcc gives it 128 bits.
  const suffixes =
    value >> 63n !== 0n
      ? ["ULL", "UL", "u", "uLL", "", "L", "LL"]
      : ["", "", "", "", "U", "u", "UL", "l", "LL", "ull", "llu", "LU"];
  const suffix = choices.pick(suffixes);
  // After a hexadecimal e or E a sign would belong to the number; the writers leave a blank before every sign.
  return digits + suffix;
}

/** A string literal expression, perhaps of several pieces. */
export function stringText(scope: Scope): string {
  const { choices } = scope;
  scope.use("string literal");
  const one = (): string =>
    scope.strings.length > 0 && choices.chance(30)
      ? choices.pick(scope.strings)()
      : choices.pick(stringLiterals);
  if (!choices.chance(30)) return one();
  scope.use("string concatenation");
  return choices.list(2, 3, one).join(" ");
}

const stringLiterals: readonly string[] = [
  '"a"',
  '""',
  '"RootCell"',
  '"linux-inmate"',
  '"a longer name, of 32 characters!"',
  '"tab\\tnewline\\n"',
  '"\\x41\\x4"',
  '"\\1012"',
  '"nul\\0inside"',
  '"\\"quoted\\" // no /* comment */"',
  '"gr\u00fc\u00df dich"',
  '"\\\\ \\a\\b\\f\\v\\r\\?"',
  '"\\u00e9"',
];

/** An expression of the value `value` (0 to a few thousand), as a length, index or width. */
export function knownExpression(scope: Scope, value: number, where: Where = "C"): string {
  const { choices } = scope;
  const names = scope.known.filter((name) => name.value === value && (name.macro || where === "C"));
  const plain = (number: number): string => literal(choices, BigInt(number)).replace(/[uU]/g, "");
  const inner = (number: number): string => {
    const same = scope.known.filter((name) => name.value === number && (name.macro || where === "C"));
    return same.length > 0 && choices.chance(60) ? choices.pick(same).text : plain(number);
  };
  return choices.weighted<() => string>([
    [30, () => plain(value)],
    [names.length > 0 ? 20 : 0, () => choices.pick(names).text],
    [
      5,
      () => {
        const part = choices.below(value + 1);
        return `${inner(part)} + ${inner(value - part)}`;
      },
    ],
    [
      4,
      () => {
        const more = choices.below(9);
        return `(${inner(value + more)} - ${inner(more)})`;
      },
    ],
    [2, () => `(${choices.pick(["1", "2 > 1", "!0"])} ? ${inner(value)} : 77)`],
    [2, () => `((${inner(value)} << 3) / 8)`],
    [2, () => `${inner(value)} * 1`],
    [2, () => `(~${inner(value)} ^ -1)`],
    [
      where === "C" && value > 0 ? 3 : 0,
      () => {
        scope.use("sizeof");
        return `sizeof(__u8[${inner(value)}])`;
      },
    ],
    [
      where === "C" && value > 0 && value <= 8 ? 2 : 0,
      () => {
        scope.use("sizeof", "compound literal");
        const type = choices.pick(["int", "__u64", "__u8"]);
        const items = Array.from({ length: value }, (_, index) => String(index)).join(", ");
        return `(sizeof((${type}[]){ ${items} }) / sizeof(${type}))`;
      },
    ],
  ])();
}
