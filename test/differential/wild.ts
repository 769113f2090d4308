import { type Target, targets } from "../../compiler/c/target.js";
import type { Choices } from "./choices.js";
import { directiveExpression, interestingValue, knownExpression, literal } from "./expressions.js";
import { initialiser, knownCondition } from "./initializers.js";
import { declareMacros, liftIntoMacro } from "./macros.js";
import { withNoise } from "./noise.js";
import { makeProgram, type Program } from "./program.js";
import { Scope } from "./scope.js";
import {
  declareEnum,
  declareRecord,
  declareTypedef,
  holdsEmptyArray,
  inlineRecord,
  type RecordType,
  reachableMembers,
} from "./types.js";

/** A program of random types, macros and objects that has little to do with a machine. */
export function wildProgram(choices: Choices): Program {
  const scope = new Scope(choices);
  const target: Target = choices.pick(targets);
  declareMacros(scope);
  const chunks: string[] = [];
  const records: RecordType[] = [];
  for (let index = 0; index < choices.between(0, 4); index += 1) {
    chunks.push(declaration(scope, records));
  }
  const objects: string[] = [];
  if (choices.chance(35)) chunks.push(constants(scope, records, objects));
  const sectioned = choices.chance(25);
  if (sectioned) scope.use("several sections");
  for (let index = 0; index < choices.between(1, sectioned ? 4 : 2); index += 1) {
    const { text, name } = objectDefinition(scope, records, sectioned);
    objects.push(name);
    chunks.push(text);
    if (choices.chance(10)) chunks.push(staticAssert(scope));
  }
  const head = "#include <linux/types.h>\n#include <stddef.h>\n";
  const main = head + withNoise(scope, assemble(scope, chunks));
  return makeProgram(scope, { kind: "wild", profile: null, target, main, objects });
}

/** The prelude and the chunks as one text, some chunks moved to files of their own or behind conditions. */
export function assemble(scope: Scope, chunks: readonly string[]): string {
  const { choices } = scope;
  const written = chunks.map((chunk) => {
    if (choices.chance(8)) {
      scope.use("#include");
      const file = `${scope.fresh("chunk")}.h`;
      scope.files.set(file, chunk);
      return `#include "${file}"\n`;
    }
    if (choices.chance(8)) return conditionalChunk(scope, chunk);
    return chunk;
  });
  return [...scope.prelude.map((line) => `${line}\n`), ...written].join("");
}

function conditionalChunk(scope: Scope, chunk: string): string {
  const { choices } = scope;
  scope.use("#elif", "#else");
  const chain = choices.pick([
    (): string[] => [
      `#if ${knownCondition(scope, true)}`,
      chunk,
      `#elif ${directiveExpression(scope, 2)}`,
      "junk",
      "#else",
      "' more junk",
    ],
    (): string[] => [
      `#if ${knownCondition(scope, false)}`,
      "junk )",
      `#elif ${knownCondition(scope, true)}`,
      chunk,
      "#elif 1 / 0 - - (",
      "3",
    ],
    (): string[] => [
      `#if ${knownCondition(scope, false)}`,
      "#if 1",
      "#elif",
      "#else",
      "#endif",
      "#else",
      chunk,
    ],
  ])();
  return `${chain.map((line) => line.trimEnd()).join("\n")}\n#endif\n`;
}

function declaration(scope: Scope, records: RecordType[]): string {
  const { choices } = scope;
  return choices.weighted<() => string>([
    [
      10,
      () => {
        const { text, type } = declareRecord(scope, records);
        records.push(type);
        return text;
      },
    ],
    [3, () => declareEnum(scope)],
    [2, () => declareTypedef(scope)],
    [1, () => inlineFunction(scope)],
    [1, () => staticAssert(scope)],
  ])();
}

export function inlineFunction(scope: Scope): string {
  scope.use("static inline function");
  const name = scope.fresh("fn");
  const { choices } = scope;
  return choices.pick([
    `static inline int ${name}(int a, __u64 b)\n{\n\tif (a > 3) { return (int)b; }\n\treturn "}"[0] + '}';\n}\n`,
    `static inline __attribute__((always_inline)) void ${name}(void) { }\n`,
    `static inline unsigned long ${name}(const char *p)\n{\n\tfor (int i = 0; i < 3; i++) {\n\t\tp++;\n\t}\n\treturn (unsigned long)p;\n}\n`,
    `int ${name}(int, __u32 *);\nextern void ${name}_x(void);\n`,
    `static inline struct { int a; } *${name}(void) { return 0; }\n`,
  ]);
}

export function staticAssert(scope: Scope): string {
  scope.use("_Static_assert");
  const value = scope.choices.below(12);
  return `_Static_assert(${knownExpression(scope, value)} == ${value}, ${scope.choices.pick(['"holds"', '"a" "b"'])});\n`;
}

function objectDefinition(
  scope: Scope,
  records: readonly RecordType[],
  sectioned: boolean,
): { text: string; name: string } {
  const { choices } = scope;
  const name = scope.fresh("config");
  if (!sectioned && choices.chance(12)) return { text: arrayDefinition(scope, name), name };
  const type =
    records.length > 0 && choices.chance(60)
      ? choices.pick(records)
      : inlineRecord(scope, records, 2, "struct");
  for (const member of reachableMembers(type)) {
    if (member.type.kind === "array" && !holdsEmptyArray(member.type)) {
      // Only valid inside this object's own initialiser and after it, which is where it is used from now on.
      scope.known.push({
        text: `(sizeof(${name}.${member.name}) / sizeof(${name}.${member.name}[0]))`,
        value: member.type.length,
        macro: false,
      });
    }
  }
  scope.objects.push(name);
  const section = sectioned ? sectionAttribute(scope) : "";
  const storage = section === "" ? choices.pick(["", "", "", "const "]) : "static const ";
  const value = choices.chance(12)
    ? liftIntoMacro(
        scope,
        scope.withoutDirectives(() => initialiser(scope, type)),
      )
    : initialiser(scope, type);
  const text = `${storage}${type.text} ${name}${section} = ${value};\n`;
  if (!records.includes(type)) return { text, name };
  if (storage === "const ") scope.copies.push({ name, type });
  const [before, after] = redeclarations(scope, storage, `${type.text} ${name}`);
  return { text: before + text + after, name };
}

/** Declarations of the same object before and behind its definition. */
function redeclarations(scope: Scope, storage: string, declared: string): [before: string, after: string] {
  const { choices } = scope;
  if (!choices.chance(30)) return ["", ""];
  scope.use("redeclaration");
  const qualifier = storage.includes("const") ? "const " : "";
  const outside = `extern ${qualifier}${declared};\n`;
  // a `static` object must not be declared with linkage before
  const before = storage.includes("static") ? "" : choices.pick(["", outside, `${qualifier}${declared};\n`]);
  const after = choices.pick([outside, "", storage.includes("static") ? "" : `${qualifier}${declared};\n`]);
  return [before, after];
}

/** An array whose length its initialiser or another declaration gives. */
function arrayDefinition(scope: Scope, name: string): string {
  const { choices } = scope;
  scope.use("open array");
  const element = {
    kind: "integer",
    name: choices.pick(["__u32", "char", "unsigned long", "short"]),
  } as const;
  const length = choices.between(1, 5);
  const storage = choices.pick(["", "const "]);
  const value = initialiser(scope, { kind: "array", element, length });
  const declare = (brackets: string): string => `${element.name} ${name}[${brackets}]`;
  const [before, after] = choices.pick([
    ["", ""],
    [`extern ${storage}${declare("")};\n`, ""],
    [`extern ${storage}${declare(String(length))};\n`, ""],
    ["", `extern ${storage}${declare("")};\n`],
    [`${storage}${declare("")};\n`, `extern ${storage}${declare("")};\n`],
  ] as const);
  const known = before.includes(`[${length}]`) || choices.chance(30) ? String(length) : "";
  const inner = /^[{"]/.test(value) && !/^\{ *\}$/.test(value) ? value : "{ 1 }";
  return `${before}${storage}${declare(known)} = ${inner};\n${after}`;
}

/** Constant scalars, arrays and structs, whose values the initialisers behind them may name. */
function constants(scope: Scope, records: readonly RecordType[], objects: string[]): string {
  const { choices } = scope;
  const texts = choices.list(1, 3, () => {
    const name = scope.fresh("k");
    objects.push(name);
    const type = choices.pick(["__u32", "__u8", "int", "unsigned long", "__s16"]);
    const storage = choices.pick(["const ", "static const __attribute__((used)) "]);
    if (records.length > 0 && choices.chance(40)) {
      const record = choices.pick(records);
      const text = `${storage}${record.text} ${name} = ${initialiser(scope, record)};\n`;
      scope.copies.push({ name, type: record });
      return text;
    }
    const number = (): string => literal(choices, interestingValue(choices));
    if (choices.chance(30)) {
      scope.reads.push(`${name}[0]`, `${name}[1]`);
      return `${storage}${type} ${name}[2] = { ${number()}, ${number()} };\n`;
    }
    scope.reads.push(name);
    return `${storage}${type} ${name} = ${number()};\n`;
  });
  return texts.join("");
}

export function sectionAttribute(scope: Scope): string {
  const { choices } = scope;
  scope.use("several sections");
  const file = `@${choices.pick(["root", "cell", "a-b"])}${choices.below(100)}`;
  const unique = scope.fresh("n");
  const form = choices.pick([
    `__attribute__((used, section(".cell.${file}${unique}")))`,
    `__attribute__((section(".cell." "${file}" "${unique}"), used))`,
    `__attribute__((used)) __attribute__((__section__(".cell.${unique}")))`,
  ]);
  return ` ${form}`;
}
