import type { Profile, Member as ProfileMember, TypeText } from "../../schema/layout/types.js";
import { integerTypeNames, knownExpression } from "./expressions.js";
import type { Scope } from "./scope.js";

/** The shape of a C object type, as far as an initialiser needs it; sizes are left to the compilers. */
export type CType = IntegerType | ArrayType | RecordType;

export interface IntegerType {
  readonly kind: "integer";
  readonly name: string;
}

export interface ArrayType {
  readonly kind: "array";
  readonly element: CType;
  readonly length: number;
}

export interface RecordType {
  readonly kind: "record";
  readonly keyword: "struct" | "union";
  /** How a declaration names it; the whole definition for an untagged one. */
  readonly text: string;
  readonly members: readonly Member[];
}

export interface Member {
  /** Null for an anonymous struct or union. Unnamed bit-fields take part in the text only. */
  readonly name: string | null;
  readonly type: CType;
}

const byteTypes = new Set(["char", "signed char", "unsigned char", "__u8", "__s8", "s8", "u8"]);

/** Can be initialised by a string literal. */
export function isText(type: CType): type is ArrayType {
  return type.kind === "array" && type.element.kind === "integer" && byteTypes.has(type.element.name);
}

/**
 * gcc takes a zero-length array with a designator or braces, but calls it an error where a value without braces
 * would have to step over it; such types are written with designators.
 */
export function holdsEmptyArray(type: CType): boolean {
  if (type.kind === "integer") return false;
  if (type.kind === "array") return type.length === 0 || holdsEmptyArray(type.element);
  return type.members.some((member) => holdsEmptyArray(member.type));
}

/** Named members, with those of anonymous members: what a designator can name. */
export function reachableMembers(type: RecordType): Member[] {
  return type.members.flatMap((member) => {
    if (member.name !== null) return [member];
    return member.type.kind === "record" ? reachableMembers(member.type) : [];
  });
}

// ---- random types ---------------------------------------------------------------------------------------------

/** Declares a random tagged struct or union at file scope and gives its type. */
export function declareRecord(
  scope: Scope,
  others: readonly RecordType[],
): { text: string; type: RecordType } {
  const { choices } = scope;
  const keyword = choices.weighted([
    [4, "struct"],
    [1, "union"],
  ] as const);
  const tag = scope.fresh("s");
  const { body, members } = recordBody(scope, others, 2);
  const before = choices.chance(20) ? `${recordAttribute(scope)} ` : "";
  const after = choices.chance(45) ? ` ${recordAttribute(scope)}` : "";
  scope.use(keyword);
  const definition = `${keyword} ${before}${tag} ${body}${after}`;
  const name = `${keyword} ${tag}`;
  let spelled = name;
  let text = `${definition};\n`;
  if (choices.chance(25)) {
    scope.use("typedef");
    spelled = `${tag}_t`;
    text = choices.chance(50)
      ? `typedef ${definition} ${spelled};\n`
      : `typedef ${name} ${spelled};\n${definition};\n`;
  }
  const type: RecordType = { kind: "record", keyword, text: spelled, members };
  scope.types.push(name, spelled);
  noteOffsets(scope, name, type);
  return { text, type };
}

/** An untagged record, for an object or a member. */
export function inlineRecord(
  scope: Scope,
  others: readonly RecordType[],
  depth: number,
  keyword: "struct" | "union",
): RecordType {
  const { body, members } = recordBody(scope, others, depth);
  const after = scope.choices.chance(40) ? ` ${recordAttribute(scope)}` : "";
  scope.use(keyword);
  return { kind: "record", keyword, text: `${keyword} ${body}${after}`, members };
}

function noteOffsets(scope: Scope, name: string, type: RecordType): void {
  for (const member of type.members) {
    if (member.name === null || bitFields.has(member)) continue;
    const call = scope.choices.pick(["offsetof", "__builtin_offsetof"]);
    let path = member.name;
    if (member.type.kind === "array" && member.type.length > 0) path += "[0]";
    else if (member.type.kind === "record") {
      const inner = member.type.members.find(
        (candidate) => !bitFields.has(candidate) && candidate.name !== null,
      );
      if (inner !== undefined) path += `.${inner.name}`;
    }
    scope.offsets.push(`${call}(${name}, ${path})`);
  }
}

/** Members that are bit-fields: they have no offset. */
const bitFields = new WeakSet<Member>();

export function isBitField(member: Member): boolean {
  return bitFields.has(member);
}

function recordAttribute(scope: Scope): string {
  const { choices } = scope;
  return choices.weighted<() => string>([
    [
      6,
      () => {
        scope.use("packed");
        return choices.pick([
          "__attribute__((packed))",
          "__attribute__((__packed__))",
          "__attribute((packed))",
        ]);
      },
    ],
    [
      2,
      () => {
        scope.use("aligned");
        return `__attribute__((aligned(${knownExpression(scope, choices.pick([4, 1, 2, 8, 16, 64]))})))`;
      },
    ],
    [
      1,
      () => {
        scope.use("aligned", "packed");
        return `__attribute__((packed, aligned(${choices.pick([2, 4, 8])})))`;
      },
    ],
    [1, () => "__attribute__(())"],
  ])();
}

function recordBody(
  scope: Scope,
  others: readonly RecordType[],
  depth: number,
): { body: string; members: Member[] } {
  const members: Member[] = [];
  const lines: string[] = [];
  const count = scope.choices.between(1, 6);
  for (let index = 0; index < count; index += 1) {
    lines.push(memberLine(scope, others, depth, members));
  }
  // A record without any named member has nothing to initialise, and gcc treats it as a special case.
  if (members.length === 0) {
    const name = scope.fresh("f");
    members.push({ name, type: { kind: "integer", name: "__u16" } });
    lines.push(`__u16 ${name};`);
  }
  return { body: `{\n${lines.map((line) => `\t${line}\n`).join("")}}`, members };
}

/** Writes one member declaration and appends what it declares to `members`. */
function memberLine(scope: Scope, others: readonly RecordType[], depth: number, members: Member[]): string {
  const { choices } = scope;
  const kind = choices.weighted([
    [40, "integer"],
    [18, "array"],
    [16, "bits"],
    [others.length > 0 ? 14 : 0, "other"],
    [depth > 0 ? 8 : 0, "nested"],
    [depth > 0 ? 8 : 0, "anonymous"],
  ] as const);
  const add = (type: CType): string => {
    const name = scope.fresh("f");
    members.push({ name, type });
    return name;
  };
  switch (kind) {
    case "integer": {
      if (scope.alignedNames.length > 0 && choices.chance(25)) {
        scope.use("over-aligned member");
        const { name } = choices.pick(scope.alignedNames);
        return `${name} ${add({ kind: "integer", name })}${memberAttribute(scope)};`;
      }
      const type = integerType(scope, 3);
      if (choices.chance(6)) {
        scope.use("_Alignas");
        const alignment = choices.pick(["8", "16", "long", "0", "4 * 8"]);
        return `_Alignas(${alignment}) ${type.name} ${add(type)};`;
      }
      const names = choices.list(1, choices.chance(15) ? 3 : 1, () => add(type));
      return `${type.name} ${names.join(", ")}${memberAttribute(scope)};`;
    }
    case "array": {
      const element = integerType(scope, 0);
      return `${element.name} ${arrayDeclarator(scope, element, add)}${memberAttribute(scope)};`;
    }
    case "bits":
      return bitFieldLine(scope, members);
    case "other": {
      const element = choices.pick(others);
      if (choices.chance(50)) return `${element.text} ${arrayDeclarator(scope, element, add)};`;
      return `${element.text} ${add(element)}${memberAttribute(scope)};`;
    }
    case "nested": {
      const type = inlineRecord(scope, others, depth - 1, choices.pick(["struct", "union"]));
      if (choices.chance(30)) return `${type.text} ${arrayDeclarator(scope, type, add)};`;
      return `${type.text} ${add(type)};`;
    }
    case "anonymous": {
      scope.use("anonymous member");
      const type = inlineRecord(scope, others, depth - 1, choices.pick(["union", "struct"]));
      members.push({ name: null, type });
      return `${type.text};`;
    }
  }
}

function memberAttribute(scope: Scope): string {
  const { choices } = scope;
  if (!choices.chance(12)) return "";
  const attribute = choices.pick([
    "packed",
    "aligned(8)",
    "aligned(2)",
    "aligned",
    "aligned(4)",
    "__aligned__(16)",
  ]);
  scope.use(attribute === "packed" ? "packed" : "aligned");
  return ` __attribute__((${attribute}))`;
}

function integerType(scope: Scope, boolPercent: number): IntegerType {
  const { choices } = scope;
  if (choices.chance(boolPercent)) return { kind: "integer", name: "_Bool" };
  const names = [...integerTypeNames.slice(13), ...integerTypeNames, ...scope.typeNames, ...scope.typeNames];
  return { kind: "integer", name: choices.pick(names) };
}

/** `name[2][n]`: the declarator of an array member of up to two dimensions. */
function arrayDeclarator(scope: Scope, element: CType, add: (type: CType) => string): string {
  const { choices } = scope;
  const lengths = choices.chance(15)
    ? [choices.between(1, 3), choices.between(1, 3)]
    : [choices.between(1, 6)];
  if (choices.chance(6)) lengths[0] = 0;
  else if (lengths.length === 1 && isText({ kind: "array", element, length: 1 }) && choices.chance(40)) {
    lengths[0] = choices.pick([8, 16, 32]);
  }
  if (lengths[0] === 0) scope.use("zero-length array");
  const texts = lengths.map((length) => {
    const text = knownExpression(scope, length);
    if (!/^\d+$/.test(text)) scope.use("array length expression");
    return `[${text}]`;
  });
  const type = lengths.reduceRight<CType>(
    (inner, length) => ({ kind: "array", element: inner, length }),
    element,
  );
  return add(type) + texts.join("");
}

const bitFieldTypes: readonly (readonly [name: string, bits: number])[] = [
  ["__u8", 8],
  ["__u32", 32],
  ["__u64", 64],
  ["int", 32],
  ["unsigned", 32],
  ["__s16", 16],
  ["__u16", 16],
  ["signed char", 8],
  ["unsigned long", 64],
  ["_Bool", 1],
];

/** A run of bit-fields: alone each would say little about how they share a unit. */
function bitFieldLine(scope: Scope, members: Member[]): string {
  const { choices } = scope;
  scope.use("bit-field");
  const parts: string[] = [];
  const overAligned = scope.alignedNames.map(({ name, bits }) => [name, bits] as const);
  const isOverAligned = overAligned.length > 0 && choices.chance(30);
  if (isOverAligned) scope.use("over-aligned member");
  const [name, bits] = choices.pick(isOverAligned ? overAligned : bitFieldTypes);
  for (let index = 0; index < choices.between(1, 4); index += 1) {
    const unnamed = choices.chance(12);
    const width = unnamed && choices.chance(40) ? 0 : choices.between(1, bits);
    if (unnamed) parts.push(`: ${width}`);
    else {
      const member: Member = { name: scope.fresh("b"), type: { kind: "integer", name } };
      members.push(member);
      bitFields.add(member);
      parts.push(`${member.name} : ${knownExpression(scope, width)}`);
    }
  }
  return `${name} ${parts.join(", ")};`;
}

/** Declares an enum; its constants become known names, its type an integer type. */
export function declareEnum(scope: Scope): string {
  const { choices } = scope;
  scope.use("enum");
  const tag = scope.fresh("e");
  let next = 0;
  const items: string[] = [];
  const known: { text: string; value: number; macro: boolean }[] = [];
  for (let index = 0; index < choices.between(1, 4); index += 1) {
    const name = scope.fresh("E");
    if (choices.chance(50)) {
      next = choices.below(40);
      items.push(`${name} = ${knownExpression(scope, next)}`);
    } else items.push(name);
    known.push({ text: name, value: next, macro: false });
    next += 1;
  }
  if (choices.chance(20)) {
    items.push(
      `${scope.fresh("E")} = ${choices.pick(["-1", "0x7fffffff", "0x80000000", "-2147483648", "1L << 40"])}`,
    );
  }
  scope.known.push(...known);
  const attribute = choices.chance(30)
    ? choices.pick(["packed", "aligned(8)", "packed, aligned(4)", "aligned(16)", "__packed__"])
    : null;
  const written = attribute === null ? "" : ` __attribute__((${attribute}))`;
  if (attribute !== null) scope.use("enum attribute");
  const isBefore = choices.chance(30);
  const body = `{ ${items.join(", ")}${choices.pick(["", ","])} }`;
  const definition = `enum${isBefore ? written : ""} ${tag} ${body}${isBefore ? "" : written}`;
  const isTypedef = choices.chance(40);
  const name = isTypedef ? `${tag}_t` : `enum ${tag}`;
  // a packed one has at least a byte
  if (attribute?.includes("aligned") === true) scope.alignedNames.push({ name, bits: 8 });
  else scope.typeNames.push(name);
  if (!isTypedef) return `${definition};\n`;
  scope.use("typedef");
  return `typedef ${definition} ${name};\n`;
}

export function declareTypedef(scope: Scope): string {
  scope.use("typedef");
  const name = scope.fresh("t");
  if (scope.choices.chance(35)) {
    const [base, bits] = scope.choices.pick(bitFieldTypes);
    scope.alignedNames.push({ name, bits });
    return `typedef ${base} ${name} __attribute__((aligned(${scope.choices.pick([8, 16, 4, 2, 32])})));\n`;
  }
  const base = scope.choices.pick(integerTypeNames);
  scope.typeNames.push(name);
  return `typedef ${base} ${name};\n`;
}

// ---- types of a profile ---------------------------------------------------------------------------------------

const profileIntegers: ReadonlyMap<string, string> = new Map(
  ["u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "char"].map((name) => [
    name,
    name === "char" ? name : `__${name}`,
  ]),
);

/** A member that a changed header has in front of those of one struct. */
export interface ExtraMember {
  readonly tag: string;
  readonly member: Member;
}

/** The types of a profile's header, perhaps a changed one. */
export class ProfileTypes {
  constructor(
    readonly profile: Profile,
    private readonly extra: ExtraMember | null = null,
  ) {}

  /** The record behind the tag of a struct or union. */
  record(tag: string): RecordType {
    const layout = this.profile.structs.get(tag);
    if (layout === undefined) throw new Error(`${this.profile.id} has no struct ${tag}`);
    const own = this.extra?.tag === tag ? [this.extra.member] : [];
    return {
      kind: "record",
      keyword: layout.kind,
      text: `${layout.kind} ${tag}`,
      members: [...own, ...this.members(layout.declaration.members)],
    };
  }

  /** The type behind `u32`, `char[32]`, `jailhouse_memory` or `jailhouse_iommu[8]`. */
  type(text: TypeText): CType {
    const [, base = "", length] = /^(\w+)(?:\[(\d+)\])?$/.exec(text) ?? [];
    const integer = profileIntegers.get(base);
    const element: CType = integer === undefined ? this.record(base) : { kind: "integer", name: integer };
    return length === undefined ? element : { kind: "array", element, length: Number(length) };
  }

  private members(declared: readonly ProfileMember[]): Member[] {
    return declared.map((member) => {
      if ("type" in member) return { name: member.name, type: this.type(member.type) };
      return {
        name: member.name,
        type: {
          kind: "record",
          keyword: member.kind,
          text: member.kind,
          members: this.members(member.members),
        },
      };
    });
  }
}
