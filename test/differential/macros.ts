import { freeExpression, freeOperand, interestingValue, knownExpression, literal } from "./expressions.js";
import type { Scope } from "./scope.js";

/** Macros of every kind at the top of a program, and what the rest of the program can do with them. */
export function declareMacros(scope: Scope): void {
  for (const declare of scope.choices.list(0, 5, () => scope.choices.pick(kinds))) declare(scope);
}

const kinds: readonly ((scope: Scope) => void)[] = [
  constant,
  constant,
  expressionMacro,
  expressionMacro,
  binaryMacro,
  pasteMacros,
  stringMacros,
  variadicSum,
  argumentCounter,
  foldMacro,
  commaPaste,
  selfReference,
  indirectCall,
  unparenthesise,
  redefinition,
  commandLineDefine,
  commandLineUndefine,
  forcedInclude,
  includedConstants,
  targetConstant,
  conditionalConstant,
  counter,
  emptyMacros,
];

/** `#define` of a name for a known number. */
function constant(scope: Scope): void {
  scope.use("object-like macro");
  const value = scope.choices.below(20);
  const name = scope.fresh("M");
  const body = `(${knownExpression(scope, value, "#if")})`;
  scope.prelude.push(`#define ${name} ${body}`);
  scope.known.push({ text: name, value, macro: true });
}

/** A macro whose value only the compilers know. */
function expressionMacro(scope: Scope): void {
  scope.use("object-like macro");
  const name = scope.fresh("M");
  const body = scope.withoutDirectives(() => freeExpression(scope, 2));
  scope.prelude.push(`#define ${name} ${body}`);
  scope.objects.push(name);
}

function binaryMacro(scope: Scope): void {
  scope.use("function-like macro");
  const name = scope.fresh("F");
  const parameters = scope.choices.pick(["a,b", "a, b", " a , b "]);
  const [body, call] = scope.choices.pick(binaryForms);
  scope.prelude.push(`#define ${name}(${parameters}) ${body}`);
  scope.calls.push((depth, argument) => `(${name}(${call(argument(depth), argument(depth))}))`);
}

/** Bodies and the arguments that make an expression of them; in the last two an operator comes with an argument. */
const binaryForms: readonly (readonly [body: string, call: (a: string, b: string) => string])[] = [
  ["((a) + (b))", (a, b) => `${a}, ${b}`],
  ["((a) > (b) ? (a) : (b))", (a, b) => `${a}, ${b}`],
  ["a | b", (a, b) => `(${a}), (${b})`],
  ["(b - a) /* swapped */", (a, b) => `(${a}),(${b})`],
  ["((a) << ((b) & 15))", (a, b) => `${a}, ${b}`],
  ["((a) b)", (a, b) => `${a}, + (${b})`],
  ["(a b)", (a, b) => `(${a}) ^, (${b})`],
];

function pasteMacros(scope: Scope): void {
  scope.use("paste", "function-like macro");
  const paste = scope.fresh("P");
  const expandFirst = scope.fresh("P");
  scope.prelude.push(`#define ${paste}(a, b) a ## b`, `#define ${expandFirst}(a, b) ${paste}(a, b)`);
  const { choices } = scope;
  scope.calls.push(() => {
    const known = scope.known.filter((name) => name.macro && /^@\w+$/.test(name.text));
    return choices.weighted<() => string>([
      [3, () => `${paste}(0x, ${choices.below(9999)})`],
      [2, () => `${paste}(${choices.below(99)}, ${choices.pick(["u", "UL", "ll"])})`],
      [2, () => `(1 ${paste}(<, <) ${choices.below(20)})`],
      [1, () => `${expandFirst}(${choices.below(99)}, )`],
      [1, () => `(7 ${paste}(, -) 2)`],
      [1, () => `(${paste}(1, 2) ${paste}(|,|) ${paste}(,) 0)`],
      [
        known.length > 0 ? 3 : 0,
        () => {
          const name = choices.pick(known).text;
          const cut = choices.between(2, name.length - 1);
          return `${paste}(${name.slice(0, cut)}, ${name.slice(cut)})`;
        },
      ],
    ])();
  });
}

function stringMacros(scope: Scope): void {
  scope.use("stringify", "function-like macro");
  const direct = scope.fresh("S");
  const expandFirst = scope.fresh("S");
  scope.prelude.push(`#define ${direct}(x) #x`, `#define ${expandFirst}(x) ${direct}(x)`);
  const { choices } = scope;
  scope.strings.push(() => {
    const operand = choices.weighted<() => string>([
      [
        3,
        () =>
          choices.pick([
            "plain",
            "a  b",
            " two   words ",
            "1+2",
            "x->y",
            "'\"'",
            "",
            "\\n",
            "0x1p3",
            ".5e+3",
            "a@b",
          ]),
      ],
      [
        2,
        () =>
          choices.pick([
            '"quo\\"te"',
            '"back\\\\slash"',
            "'\\0'",
            "(a, b)",
            "f (x)",
            "# hash ## hash",
            "a/*c*/b",
          ]),
      ],
      // What <stddef.h> writes for `offsetof`, blanks and all, is the compiler's own affair.
      [
        2,
        () =>
          scope
            .withoutDirectives(() => freeOperand(scope, 1))
            .replaceAll(/\boffsetof/g, "__builtin_offsetof"),
      ],
      [2, () => (scope.known.length > 0 ? choices.pick(scope.known).text : "none")],
    ])();
    return `${choices.pick([direct, expandFirst])}(${operand.replaceAll("a@b", "a%b")})`;
  });
}

function variadicSum(scope: Scope): void {
  scope.use("variadic macro", "__VA_OPT__", "function-like macro");
  const name = scope.fresh("V");
  const { choices } = scope;
  const body = choices.pick([
    "(first __VA_OPT__(+ (__VA_ARGS__)))",
    "(0 __VA_OPT__(| 1) + first)",
    "(first __VA_OPT__(? 1 : 2))",
    "(first __VA_OPT__() - 1)",
  ]);
  scope.prelude.push(`#define ${name}(first, ...) ${body}`);
  scope.calls.push((depth, argument) =>
    choices.pick([
      () => `${name}((${argument(depth)}))`,
      () => `${name}((${argument(depth)}), (${argument(depth)}))`,
      () => `${name}(${choices.below(9)},)`,
    ])(),
  );
}

/** The usual argument counter: known values. */
function argumentCounter(scope: Scope): void {
  scope.use("variadic macro", "function-like macro");
  const pick = scope.fresh("V");
  const count = scope.fresh("V");
  scope.prelude.push(
    `#define ${pick}(_1, _2, _3, _4, _5, n, ...) n`,
    `#define ${count}(...) ${pick}(__VA_ARGS__, 5, 4, 3, 2, 1, 0)`,
  );
  for (let number = 1; number <= 5; number += 1) {
    const items = Array.from({ length: number }, (_, index) => ["x", "(a, b)", "{", '"s,"', "1"][index]);
    scope.known.push({ text: `${count}(${items.join(", ")})`, value: number, macro: true });
  }
}

function foldMacro(scope: Scope): void {
  scope.use("variadic macro", "__VA_OPT__", "function-like macro");
  const [map, map1, map2, map3] = [scope.fresh("V"), scope.fresh("V"), scope.fresh("V"), scope.fresh("V")];
  const each = scope.fresh("F");
  scope.prelude.push(
    `#define ${each}(x) + ((x) * 2)`,
    `#define ${map1}(m, x, ...) m(x)`,
    `#define ${map2}(m, x, ...) m(x) __VA_OPT__(${map1}(m, __VA_ARGS__))`,
    `#define ${map3}(m, x, ...) m(x) __VA_OPT__(${map2}(m, __VA_ARGS__))`,
    `#define ${map}(m, ...) (0 __VA_OPT__(${map3}(m, __VA_ARGS__)))`,
  );
  scope.calls.push((depth, argument) => {
    const items = scope.choices.list(0, 4, () => `(${argument(depth - 1)})`);
    return `${map}(${[each, ...items].join(", ")})`;
  });
}

function commaPaste(scope: Scope): void {
  scope.use("variadic macro", "paste", "function-like macro");
  const select = scope.fresh("V");
  const name = scope.fresh("V");
  const gnu = scope.choices.chance(50);
  scope.prelude.push(
    `#define ${select}(a, b, ...) (b)`,
    gnu
      ? `#define ${name}(first, rest...) ${select}(first, ## rest, 3, 4)`
      : `#define ${name}(first, ...) ${select}(first, ##__VA_ARGS__, 3, 4)`,
  );
  // Next to `##` an argument is not expanded on its own, so a call of the same macro in it would never be.
  scope.calls.push(() =>
    scope.choices.chance(50)
      ? `${name}(1)`
      : `${name}(1, ${literal(scope.choices, interestingValue(scope.choices))})`,
  );
}

/** A macro that names itself: the inner name is left alone and means the enumeration constant. */
function selfReference(scope: Scope): void {
  scope.use("self-referential macro", "enum");
  const name = scope.fresh("R");
  const other = scope.fresh("R");
  const value = scope.choices.below(9);
  scope.prelude.push(`enum { ${name} = ${value}, ${other} = 1 };`);
  if (scope.choices.chance(50)) {
    scope.prelude.push(`#define ${name} (1 + ${name})`);
    scope.known.push({ text: name, value: value + 1, macro: false });
  } else {
    scope.prelude.push(`#define ${name} (${other} + 2)`, `#define ${other} ${name}`);
    scope.known.push({ text: other, value: 3, macro: false });
  }
}

/** The name of a function-like macro that comes out of another macro, or stands without parentheses. */
function indirectCall(scope: Scope): void {
  scope.use("function-like macro", "object-like macro");
  const call = scope.fresh("F");
  const alias = scope.fresh("M");
  const apply = scope.fresh("F");
  const value = scope.choices.below(9);
  scope.prelude.push(
    `enum { ${call} = ${value} };`,
    `#define ${call}(x) ((x) + ${scope.choices.below(9)})`,
    `#define ${alias} ${call}`,
    `#define ${apply}(f) f`,
  );
  scope.known.push({ text: `(${call})`, value, macro: false });
  scope.calls.push((depth, argument) =>
    scope.choices.pick([
      () => `${alias}(${argument(depth)})`,
      () => `${apply}(${call})(${argument(depth)})`,
      () => `${call} (${argument(depth)})`,
      () => `${call}(${alias}(${argument(depth - 1)}))`,
    ])(),
  );
}

function unparenthesise(scope: Scope): void {
  scope.use("variadic macro", "function-like macro");
  const [open, first, all, wrapped] = [
    scope.fresh("V"),
    scope.fresh("V"),
    scope.fresh("V"),
    scope.fresh("V"),
  ];
  scope.prelude.push(
    `#define ${open}(...) __VA_ARGS__`,
    `#define ${first}(a, ...) (a)`,
    // The list falls into arguments only where it is read a second time.
    `#define ${all}(...) ${first}(__VA_ARGS__, 0)`,
    `#define ${wrapped}(list) ${all}(${open} list)`,
  );
  scope.calls.push((depth, argument) => `${all}(${open}((${argument(depth)}), 2))`);
  scope.calls.push((depth, argument) => `${wrapped}((${argument(depth)}, 9))`);
}

function redefinition(scope: Scope): void {
  scope.use("#undef", "object-like macro");
  const name = scope.fresh("M");
  const value = scope.choices.below(20);
  scope.prelude.push(
    `#define ${name} junk here`,
    `#undef ${name}`,
    `#undef ${name}`,
    `#define ${name} ${value}`,
  );
  scope.known.push({ text: name, value, macro: true });
}

function commandLineDefine(scope: Scope): void {
  scope.use("-D");
  const name = scope.fresh("D");
  const value = scope.choices.pick([1, 0, 2, 3, 7]);
  if (value === 1) scope.defines.push({ name, body: "1" });
  else scope.defines.push({ name, body: scope.choices.pick([`${value}`, `(${value})`, `0x${value}`]) });
  scope.known.push({ text: name, value, macro: true });
}

function commandLineUndefine(scope: Scope): void {
  scope.use("-U", "-D", "#ifdef");
  const name = scope.fresh("D");
  const result = scope.fresh("M");
  scope.defines.push({ name, body: "5" });
  scope.undefines.push(name);
  scope.prelude.push(`#ifdef ${name}`, `#define ${result} 1`, "#else", `#define ${result} 2`, "#endif");
  scope.known.push({ text: result, value: 2, macro: true });
}

function forcedInclude(scope: Scope): void {
  scope.use("-include");
  const name = scope.fresh("M");
  const value = scope.choices.below(20);
  const file = `${scope.fresh("forced")}.h`;
  scope.files.set(file, `#define ${name} ${value}\n`);
  scope.forcedIncludes.push(file);
  scope.known.push({ text: name, value, macro: true });
}

/** Constants in a header of the program, included once or twice, with one of the usual guards. */
function includedConstants(scope: Scope): void {
  scope.use("#include", "object-like macro");
  const { choices } = scope;
  const name = scope.fresh("M");
  const value = choices.below(20);
  const file = `${scope.fresh("part")}.h`;
  const guard = scope.fresh("GUARD");
  const define = `enum { ${name}_e = ${value} };\n#define ${name} ${value}\n`;
  scope.files.set(
    file,
    choices.chance(50)
      ? `#ifndef ${guard}\n#define ${guard}\n${define}#endif /* ${guard} */\n`
      : `#pragma once\n${define}`,
  );
  let target = `"${file}"`;
  if (choices.chance(30)) {
    const outer = `${scope.fresh("outer")}.h`;
    scope.files.set(outer, `#include ${target}\n#include ${target}\n`);
    target = `"${outer}"`;
  }
  if (choices.chance(20)) {
    const macro = scope.fresh("HEADER");
    scope.prelude.push(`#define ${macro} ${target}`);
    target = macro;
  }
  scope.prelude.push(...Array.from({ length: choices.between(1, 2) }, () => `#include ${target}`));
  scope.known.push({ text: name, value, macro: true }, { text: `${name}_e`, value, macro: false });
}

/** A constant that depends on the machine: its value is unknown here, and the same for both compilers. */
function targetConstant(scope: Scope): void {
  scope.use("target macro", "#ifdef", "#elif", "#else", "#if expression");
  const name = scope.fresh("M");
  const call = scope.fresh("F");
  scope.prelude.push(
    "#ifdef __x86_64__",
    `#define ${name} 0x86`,
    "#elif defined(__aarch64__)",
    `#define ${name} 64`,
    "#elif defined __arm__ && !defined __aarch64__",
    `#define ${name} 32`,
    "#elif defined __riscv && __riscv_xlen == 64",
    `#define ${name} 0x5`,
    "#else",
    `#error "no known machine"`,
    "#endif",
    `#define ${call}(x) ((x) ^ ${name})`,
  );
  scope.calls.push((depth, argument) => `${call}(${argument(depth)})`);
}

function conditionalConstant(scope: Scope): void {
  scope.use("#ifdef", "#else", "object-like macro");
  const name = scope.fresh("M");
  const defined = scope.known.filter((known) => known.macro && /^@\w+$/.test(known.text));
  const guard = defined.length > 0 ? scope.choices.pick(defined).text : "__linux__";
  scope.prelude.push(
    `#ifndef ${guard}`,
    "#  error not reached",
    "# if 1",
    "  #include <no/such/file.h>",
    "# endif",
    "#else",
    `# define ${name} 4`,
    "#endif // done",
  );
  scope.known.push({ text: name, value: 4, macro: true });
}

function counter(scope: Scope): void {
  // A second set would start at another count.
  if (scope.used.has("__COUNTER__")) return;
  scope.use("__COUNTER__");
  scope.alone = true;
  const name = scope.fresh("P");
  const expand = scope.fresh("P");
  scope.prelude.push(`#define ${name}(a, b) a ## b`, `#define ${expand}(a, b) ${name}(a, b)`);
  scope.prelude.push(`enum { ${expand}(@unique, __COUNTER__) = 3, ${expand}(@unique, __COUNTER__) = 4 };`);
  scope.known.push(
    { text: "@unique0", value: 3, macro: false },
    { text: "@unique1", value: 4, macro: false },
  );
  scope.calls.push(() => "(__COUNTER__ * 3)");
}

function emptyMacros(scope: Scope): void {
  scope.use("object-like macro", "function-like macro");
  const nothing = scope.fresh("M");
  const none = scope.fresh("F");
  scope.prelude.push(`#define ${nothing}`, `#define ${none}() ${scope.choices.below(9)}`);
  scope.calls.push((depth, argument) => `(${nothing} ${argument(depth)} ${nothing})`);
  scope.calls.push(() => `${none}( )`);
}

/** Moves an initialiser into a macro; the program then holds the macro's name or a call in its place. */
export function liftIntoMacro(scope: Scope, text: string): string {
  const name = scope.fresh("I");
  const oneLine = text.replaceAll("\n", " ").replaceAll("\t", "");
  scope.use("object-like macro");
  if (scope.choices.chance(50)) {
    scope.prelude.push(`#define ${name} ${oneLine}`);
    return name;
  }
  scope.use("function-like macro", "variadic macro");
  scope.prelude.push(`#define ${name}(...) __VA_ARGS__`);
  return `${name}(${text})`;
}
