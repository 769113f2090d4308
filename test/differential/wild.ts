import { type Target, targets } from "../../compiler/c/target.js";
import type { Choices } from "./choices.js";
import { directiveExpression, knownExpression } from "./expressions.js";
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
  return { text: `${storage}${type.text} ${name}${section} = ${value};\n`, name };
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
