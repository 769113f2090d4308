import { type Target, targets } from "../../compiler/c/target.js";
import { profileSummaries, resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile, TableLayout } from "../../schema/layout/types.js";
import type { Choices } from "./choices.js";
import { freeExpression, knownExpression, literal, stringText } from "./expressions.js";
import { type InitialiserStyle, initialiser } from "./initializers.js";
import { declareMacros, liftIntoMacro } from "./macros.js";
import { withNoise } from "./noise.js";
import { makeProgram, ownHeaders, type Program } from "./program.js";
import { Scope } from "./scope.js";
import { type CType, type ExtraMember, ProfileTypes, type RecordType, reachableMembers } from "./types.js";
import { assemble, inlineFunction, sectionAttribute, staticAssert } from "./wild.js";

/** The header of a profile, as its users include it. */
export const configHeader = "jailhouse/cell-config.h";

interface TableInUse {
  readonly table: TableLayout;
  readonly length: number;
}

/**
 * A program of the shape of a real config: the system or cell struct, then its tables, counted by `sizeof`, filled
 * from the profile's own constants and macros.
 *
 * @param headersOf the files of a profile's header by their path on the include path
 */
export function realisticProgram(
  choices: Choices,
  headersOf: (profile: Profile) => ReadonlyMap<string, string>,
): Program {
  const scope = new Scope(choices);
  const profile = resolveProfile(choices.pick(profileSummaries()).id)!;
  const target: Target = choices.pick(targets);
  scope.use("profile header");
  const headers = headersOf(profile);
  const extra = choices.chance(6) ? changedHeader(scope, headers) : null;
  const types = new ProfileTypes(profile, extra);
  declareMacros(scope);
  noteProfileOffsets(scope, profile);
  const chunks: string[] = [];
  const forkStruct = choices.chance(15) ? declareForkStruct(scope, types) : null;
  if (forkStruct !== null) chunks.push(forkStruct.text);
  if (choices.chance(10)) chunks.push(inlineFunction(scope));
  const sectioned = choices.chance(12);
  const objects: string[] = [];
  for (let index = 0; index < choices.between(1, sectioned ? 4 : 1); index += 1) {
    const name = scope.fresh("config");
    objects.push(name);
    chunks.push(configObject(scope, types, name, { forkStruct: forkStruct?.type ?? null, extra, sectioned }));
    if (choices.chance(10)) chunks.push(staticAssert(scope));
  }
  const includes = ["jailhouse/types.h", "linux/types.h", configHeader]
    .filter((path) => headers.has(path) || path === "linux/types.h")
    .map((path) => `#include <${path}>\n`)
    .join("");
  const main = `${includes}#include <stddef.h>\n${withNoise(scope, arraySize(scope) + assemble(scope, chunks))}`;
  return makeProgram(scope, { kind: "realistic", profile: profile.id, target, main, objects });
}

/** Older headers have no `ARRAY_SIZE`; configs then define it themselves, and some do so in any case. */
function arraySize(scope: Scope): string {
  scope.use("function-like macro");
  return "#undef ARRAY_SIZE\n#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))\n";
}

function noteProfileOffsets(scope: Scope, profile: Profile): void {
  for (const layout of scope.choices.list(0, 3, () => scope.choices.pick([...profile.structs.values()]))) {
    const plain = layout.fields.filter((field) => field.kind !== "integer" || field.bitWidth === undefined);
    if (plain.length === 0) continue;
    const spelled = `${layout.kind} ${layout.name}`;
    scope.offsets.push(`offsetof(${spelled}, ${scope.choices.pick(plain).name})`);
    scope.types.push(spelled);
  }
}

/** A struct as forks add them: one of the profile's with members around it. */
function declareForkStruct(scope: Scope, types: ProfileTypes): { text: string; type: RecordType } {
  scope.use("fork struct", "struct", "packed");
  const { choices } = scope;
  const base = types.record(choices.pick(["jailhouse_memory", "jailhouse_cell_desc"]));
  const tag = scope.fresh("fork");
  const [inner, colors, label] = [scope.fresh("f"), scope.fresh("f"), scope.fresh("f")];
  const type: RecordType = {
    kind: "record",
    keyword: "struct",
    text: `struct ${tag}`,
    members: [
      { name: inner, type: base },
      { name: colors, type: { kind: "integer", name: "__u64" } },
      { name: label, type: { kind: "array", element: { kind: "integer", name: "char" }, length: 15 } },
    ],
  };
  const text =
    `struct ${tag} {\n\t${base.text} ${inner};\n\t__u64 ${colors};\n\tchar ${label}[${knownExpression(scope, 15)}];\n}` +
    " __attribute__((packed));\n";
  return { text, type };
}

/**
 * The profile's header with a member of the program's own in front of one struct, as a fork's header has it; it
 * stands before the built-in one on the include path.
 */
function changedHeader(scope: Scope, headers: ReadonlyMap<string, string>): ExtraMember | null {
  const text = headers.get(configHeader);
  if (text === undefined) return null;
  const tag = scope.choices.pick([
    "jailhouse_memory",
    "jailhouse_cell_desc",
    "jailhouse_irqchip",
    "jailhouse_system",
  ]);
  const opening = new RegExp(`struct ${tag}\\s*\\{`);
  if (!opening.test(text)) return null;
  scope.use("changed header");
  scope.alone = true;
  const name = scope.fresh("extra");
  const type = scope.choices.pick(["__u32", "__u8", "__u64"]);
  scope.files.set(
    `${ownHeaders}/${configHeader}`,
    text.replace(opening, (open) => `${open}\n\t${type} ${name};\n`),
  );
  return { tag, member: { name, type: { kind: "integer", name: type } } };
}

interface ConfigOptions {
  readonly forkStruct: RecordType | null;
  readonly extra: ExtraMember | null;
  readonly sectioned: boolean;
}

function configObject(scope: Scope, types: ProfileTypes, name: string, options: ConfigOptions): string {
  const { profile } = types;
  const { choices } = scope;
  const system = choices.chance(40);
  const tables = profile.tables
    .filter((table) => table.unit === "bytes" || choices.chance(60))
    .map((table) => ({ table, length: choices.between(table.unit === "bytes" ? 1 : 0, 5) }));
  const head = system ? "header" : "cell";
  const headTag = system ? "jailhouse_system" : "jailhouse_cell_desc";
  const members = [`struct ${headTag} ${head};`];
  const colored = scope.fresh("own");
  for (const { table, length } of tables) {
    members.push(`${elementText(types, table)} ${table.name}[${knownExpression(scope, length)}];`);
  }
  if (options.forkStruct !== null) members.push(`${options.forkStruct.text} ${colored}[2];`);
  const style = profileStyle(profile);
  const entries = [
    `.${head} = ${headInitialiser(scope, types, system, name, tables, style)}`,
    ...tables
      .filter(() => choices.chance(90))
      .map(({ table, length }) => tableEntry(scope, types, table, length, style)),
  ];
  if (options.forkStruct !== null) {
    const type: CType = { kind: "array", element: options.forkStruct, length: 2 };
    entries.push(`.${colored} = ${initialiser(scope, type, style, null, 1)}`);
  }
  const inFirstTable = tables.find(({ table, length }) => table.element === options.extra?.tag && length > 0);
  if (options.extra !== null && inFirstTable !== undefined) {
    entries.push(`.${inFirstTable.table.name}[0].${options.extra.member.name} = 0x5a`);
  }
  const order = choices.chance(10) ? choices.shuffled(entries) : entries;
  const section = options.sectioned ? sectionAttribute(scope) : "";
  const storage = options.sectioned ? "static const " : "";
  scope.use("struct", "packed", "designated initialiser");
  const body = members.map((line) => `\t${line}\n`).join("");
  return `${storage}struct {\n${body}} __attribute__((packed)) ${name}${section} = {\n\t${order.join(",\n\n\t")},\n};\n`;
}

function elementText(types: ProfileTypes, table: TableLayout): string {
  const type = types.type(table.element);
  return type.kind === "integer" ? type.name : type.kind === "record" ? type.text : "__u8";
}

function headInitialiser(
  scope: Scope,
  types: ProfileTypes,
  system: boolean,
  name: string,
  tables: readonly TableInUse[],
  style: InitialiserStyle,
): string {
  const lines: string[] = [];
  const cell = (tabs: string): string[] => {
    const known = new Set(reachableMembers(types.record("jailhouse_cell_desc")).map((member) => member.name));
    const fields = tables
      .filter(({ table }) => known.has(table.count))
      .map(({ table }) => {
        scope.use("sizeof");
        const member = `${name}.${table.name}`;
        // The size of an element of an array without elements is still a size; its count is 0.
        return `.${table.count} = ${table.unit === "bytes" ? `sizeof(${member})` : `ARRAY_SIZE(${member})`}`;
      });
    if (known.has("name")) fields.unshift(`.name = ${style.text(scope, 32, "name")}`);
    for (const member of reachableMembers(types.record("jailhouse_cell_desc"))) {
      const counted = fields.some((field) => field.startsWith(`.${member.name} `));
      if (counted || !scope.choices.chance(50)) continue;
      fields.push(`.${member.name} = ${initialiser(scope, member.type, style, member.name, 2)}`);
    }
    return fields.map((field) => `${tabs}${field},\n`);
  };
  if (!system) return `{\n${cell("\t\t").join("")}\t}`;
  const record = types.record("jailhouse_system");
  const root = record.members.find(
    (member) => member.type.kind === "record" && member.type.text.includes("jailhouse_cell_desc"),
  );
  for (const member of record.members) {
    if (member.name === null || !scope.choices.chance(80)) continue;
    if (member === root) lines.push(`\t\t.${member.name} = {\n${cell("\t\t\t").join("")}\t\t},\n`);
    else lines.push(`\t\t.${member.name} = ${initialiser(scope, member.type, style, member.name, 2)},\n`);
  }
  return `{\n${lines.join("")}\t}`;
}

function tableEntry(
  scope: Scope,
  types: ProfileTypes,
  table: TableLayout,
  length: number,
  style: InitialiserStyle,
): string {
  const { choices } = scope;
  const type: CType = { kind: "array", element: types.type(table.element), length };
  if (length === 0) {
    scope.use("zero-length array", "empty braces");
    return `.${table.name} = { }`;
  }
  const fromMacro = choices.chance(25) ? elementMacros(types.profile, table) : [];
  if (fromMacro.length > 0) {
    scope.use("function-like macro");
    const items = choices.list(1, length, () => choices.pick(fromMacro)(choices));
    return `.${table.name} = {\n\t\t${items.join(",\n\t\t")},\n\t}`;
  }
  if (choices.chance(10)) {
    const text = scope.withoutDirectives(() => initialiser(scope, type, style, table.name, 1));
    return `.${table.name} = ${liftIntoMacro(scope, text)}`;
  }
  return `.${table.name} = ${initialiser(scope, type, style, table.name, 1)}`;
}

/** Calls of the profile's initialiser macros that make elements of a table. */
function elementMacros(profile: Profile, table: TableLayout): ((choices: Choices) => string)[] {
  const wanted = table.name.startsWith("pio")
    ? ["PIO_RANGE"]
    : table.name === "mem_regions"
      ? ["JAILHOUSE_SHMEM_NET_REGIONS"]
      : [];
  return wanted.flatMap((name) => {
    const macro = profile.macros.get(name);
    const parameters = macro?.parameters ?? null;
    if (parameters === null || table.unit === "bytes") return [];
    return [
      (choices: Choices): string =>
        `${name}(${parameters.map(() => literal(choices, BigInt(choices.below(4) * 0x1000))).join(", ")})`,
    ];
  });
}

/** Numbers as configs write them: addresses, flags of the profile, sizes; now and then anything at all. */
function profileStyle(profile: Profile): InitialiserStyle {
  const constants = [...profile.constants.keys()];
  const flags = (prefix: string): string[] => constants.filter((name) => name.startsWith(prefix));
  const memoryFlags = flags("JAILHOUSE_MEM_");
  return {
    wildness: 8,
    scalar: (scope, _type, member) => {
      const { choices } = scope;
      const isFlags = member === "flags" && memoryFlags.length > 0 && choices.chance(60);
      if (isFlags) return choices.list(1, 4, () => choices.pick(memoryFlags)).join(" | ");
      return choices.weighted<() => string>([
        [30, () => literal(choices, BigInt(choices.below(65536)) << BigInt(choices.pick([0, 12, 16, 20])))],
        [15, () => `${choices.between(1, 64)} * 1024 * 1024`],
        [constants.length > 0 ? 20 : 0, () => choices.pick(constants)],
        [
          8,
          () =>
            choices.pick(["-1", "0xffffffffffffffff", "1 << 31", "0xf << (124 + 32 - 128)", "0b1010", "~0"]),
        ],
        [20, () => freeExpression(scope, 2)],
      ])();
    },
    text: (scope, length, member) => {
      const signatures = flags("JAILHOUSE_").filter((name) => name.endsWith("_SIGNATURE"));
      const macros = [...profile.macros.values()].filter((macro) => macro.name.endsWith("_SIGNATURE"));
      const names = [...signatures, ...macros.map((macro) => macro.name)];
      if (member === "signature" && names.length > 0) return scope.choices.pick(names);
      scope.use("string literal");
      return length >= 15 && scope.choices.chance(60)
        ? scope.choices.pick(['"linux-inmate"', '"QEMU" "-VM"', '"a"'])
        : stringText(scope);
    },
  };
}
