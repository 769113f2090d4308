import type { Token } from "../token.js";
import type { Integer, Range } from "./constant.js";

/**
 * The types of C as gcc has them on x86-64 Linux. All targets use them: a config has no `long`, no pointer and no
 * natural alignment that would differ between the machines, and gcc for x86-64 is what built every known `.cell`.
 */

export interface VoidType {
  readonly kind: "void";
}

export interface IntegerType extends Range {
  readonly kind: "integer";
  readonly name: string;
  readonly size: 1 | 2 | 4 | 8 | 16;
  readonly alignment: number;
  /** Of C17 6.3.1.1: 0 for `_Bool`, 1 char, 2 short, 3 int, 4 long, 5 long long, 6 for what is wider. */
  readonly rank: number;
  /** The type without `aligned`, where this is a variant of it. */
  readonly plain: IntegerType | null;
}

export interface FloatType {
  readonly kind: "float";
  readonly name: "float" | "double";
  readonly size: 4 | 8;
  readonly alignment: number;
}

/** `const` and `volatile`. They are no part of a type here: what has a type says how it is qualified. */
export interface Qualifiers {
  readonly constant: boolean;
  readonly volatile: boolean;
}

export const unqualified: Qualifiers = { constant: false, volatile: false };

export interface QualifiedType extends Qualifiers {
  readonly type: CType;
}

export interface PointerType {
  readonly kind: "pointer";
  readonly target: CType;
  /** Of the target. */
  readonly qualifiers: Qualifiers;
  readonly alignment: number;
  readonly depth: number;
}

export interface ArrayType {
  readonly kind: "array";
  readonly element: CType;
  /** Null: not said (yet), e.g. a flexible array member. */
  readonly length: number | null;
  readonly alignment: number | null;
  readonly depth: number;
}

export interface FunctionType {
  readonly kind: "function";
  readonly result: CType;
  readonly depth: number;
}

export interface EnumDefinition {
  readonly tag: string | null;
  /** Null until the closing brace. */
  underlying: IntegerType | null;
}

export interface EnumType {
  readonly kind: "enum";
  readonly definition: EnumDefinition;
  readonly alignment: number | null;
}

/** A member with a place: named, or an anonymous struct or union. Unnamed bit-fields only take room. */
export interface RecordMember extends QualifiedType {
  readonly name: string | null;
  /** How the type is spelled where that is a typedef name: `__u32` says more than `unsigned int`. */
  readonly spelling: string | null;
  /** In bytes; of a bit-field, of the first byte it touches. */
  readonly offset: number;
  /** Of a bit-field: its lowest bit, counted from `offset` (0 .. 7), and its width; width 0: no bit-field. */
  readonly bit: number;
  readonly width: number;
  readonly alignment: number;
  readonly token: Token;
}

/** One struct or union definition. Identity matters: two definitions are never the same type. */
export interface RecordDefinition {
  readonly kind: "struct" | "union";
  readonly tag: string | null;
  complete: boolean;
  /** In bytes; 0 until complete. */
  size: number;
  alignment: number;
  members: readonly RecordMember[];
  /** Index of the member that has the name, or of the anonymous member that leads to it. */
  readonly names: Map<string, number>;
  /** Its last member is an array without a length, or it ends in a struct of that kind. */
  flexible: boolean;
  /** The place of the tag, or of the keyword. */
  readonly token: Token;
}

export interface RecordType {
  readonly kind: "record";
  readonly definition: RecordDefinition;
  readonly alignment: number | null;
}

/** The type of something that was reported already; every use of it stays silent. */
export interface InvalidType {
  readonly kind: "invalid";
}

export type CType =
  | VoidType
  | IntegerType
  | FloatType
  | PointerType
  | ArrayType
  | FunctionType
  | EnumType
  | RecordType
  | InvalidType;

function integer(
  name: string,
  size: 1 | 2 | 4 | 8 | 16,
  signed: boolean,
  rank: number,
  bits = size * 8,
): IntegerType {
  return { kind: "integer", name, size, alignment: size, signed, rank, bits, plain: null };
}

export const voidType: VoidType = { kind: "void" };
export const invalidType: InvalidType = { kind: "invalid" };
export const boolType = integer("_Bool", 1, false, 0, 1);
export const charType = integer("char", 1, true, 1);
export const signedCharType = integer("signed char", 1, true, 1);
export const unsignedCharType = integer("unsigned char", 1, false, 1);
export const shortType = integer("short", 2, true, 2);
export const unsignedShortType = integer("unsigned short", 2, false, 2);
export const intType = integer("int", 4, true, 3);
export const unsignedIntType = integer("unsigned int", 4, false, 3);
export const longType = integer("long", 8, true, 4);
export const unsignedLongType = integer("unsigned long", 8, false, 4);
export const longLongType = integer("long long", 8, true, 5);
export const unsignedLongLongType = integer("unsigned long long", 8, false, 5);
const fieldTypes = new Map<string, IntegerType>();

/**
 * The type of the value of a bit-field that is wider than `int` but not as wide as its type: gcc computes with as
 * many bits as the field has. Its rank lies between those of `int` and `long`, the more bits the higher.
 *
 * @param width 33 to 63
 */
export function fieldTypeOf(declared: IntegerType, width: number): IntegerType {
  const name = `${declared.name}:${width}`;
  let type = fieldTypes.get(name);
  if (type === undefined) {
    type = integer(name, 8, declared.signed, intType.rank + width / 64, width);
    fieldTypes.set(name, type);
  }
  return type;
}

/** Whether it is a type that {@link fieldTypeOf} gave. */
export function isFieldType(type: CType): boolean {
  return type.kind === "integer" && type.rank > intType.rank && type.rank < longType.rank;
}

/** Of decimal constants beyond `long`, and of what is computed with them; nothing can be declared with it. */
export const wideType = integer("__int128", 16, true, 6);
export const floatType: FloatType = { kind: "float", name: "float", size: 4, alignment: 4 };
export const doubleType: FloatType = { kind: "float", name: "double", size: 8, alignment: 8 };

/** Beyond this no type is laid out: 2^46 bytes keep all arithmetic on bits within exact numbers. */
export const largestTypeSize = 2 ** 46;

export function pointerTo(target: CType, { constant, volatile } = unqualified): PointerType {
  const qualifiers = constant || volatile ? { constant, volatile } : unqualified;
  return { kind: "pointer", target, qualifiers, alignment: 8, depth: depthOf(target) + 1 };
}

export function arrayOf(element: CType, length: number | null): ArrayType {
  return { kind: "array", element, length, alignment: null, depth: depthOf(element) + 1 };
}

export function functionOf(result: CType): FunctionType {
  return { kind: "function", result, depth: depthOf(result) + 1 };
}

/** How many pointers, arrays and functions a type is made of; bounded, as what walks a type recurses. */
export function depthOf(type: CType): number {
  return "depth" in type ? type.depth : 0;
}

/** Size in bytes; undefined for an incomplete type, `void` (of which gcc says 1 in sizeof) and functions. */
export function sizeOf(type: CType): number | undefined {
  switch (type.kind) {
    case "integer":
    case "float":
      return type.size;
    case "pointer":
      return 8;
    case "enum":
      return type.definition.underlying?.size;
    case "record":
      return type.definition.complete ? type.definition.size : undefined;
    case "array": {
      const element = type.length === null ? undefined : sizeOf(type.element);
      return element === undefined ? undefined : element * type.length!;
    }
    default:
      return undefined;
  }
}

/** Alignment in bytes, at least 1. */
export function alignOf(type: CType): number {
  switch (type.kind) {
    case "integer":
    case "float":
    case "pointer":
      return type.alignment;
    case "enum":
      return type.alignment ?? type.definition.underlying?.alignment ?? 1;
    case "record":
      return type.alignment ?? type.definition.alignment;
    case "array":
      return type.alignment ?? alignOf(type.element);
    default:
      return 1;
  }
}

/** The same type with another alignment: what `aligned` makes of a type. It may be less than the natural one. */
export function withAlignment(type: CType, alignment: number): CType {
  switch (type.kind) {
    case "integer":
      return { ...type, alignment, plain: type.plain ?? type };
    case "float":
    case "pointer":
    case "enum":
    case "record":
    case "array":
      return { ...type, alignment };
    default:
      return type;
  }
}

/** The integer type as which an integer or enum takes part in arithmetic; undefined for all others. */
export function asInteger(type: CType): IntegerType | undefined {
  if (type.kind === "integer") return type.plain ?? type;
  if (type.kind === "enum") return type.definition.underlying ?? undefined;
  return undefined;
}

export function isScalar(type: CType): boolean {
  return type.kind === "integer" || type.kind === "float" || type.kind === "pointer" || type.kind === "enum";
}

export function isArithmetic(type: CType): boolean {
  return type.kind === "integer" || type.kind === "float" || type.kind === "enum";
}

export function isAggregate(type: CType): type is ArrayType | RecordType {
  return type.kind === "array" || type.kind === "record";
}

/** An array that a string literal can fill: of any of the three char types. */
export function isCharArray(type: CType): type is ArrayType {
  return type.kind === "array" && type.element.kind === "integer" && type.element.rank === 1;
}

/** C's compatible types, top-level qualifiers aside. */
export function areCompatible(left: CType, right: CType): boolean {
  if (left === right || left.kind === "invalid" || right.kind === "invalid") return true;
  switch (left.kind) {
    case "void":
      return right.kind === "void";
    case "integer":
    case "enum": {
      if (left.kind === "enum" && right.kind === "enum") return left.definition === right.definition;
      const plain = asInteger(left);
      return plain !== undefined && plain === asInteger(right);
    }
    case "float":
      return right.kind === "float" && left.name === right.name;
    case "pointer":
      return (
        right.kind === "pointer" &&
        left.qualifiers.constant === right.qualifiers.constant &&
        left.qualifiers.volatile === right.qualifiers.volatile &&
        areCompatible(left.target, right.target)
      );
    case "array":
      return (
        right.kind === "array" &&
        (left.length === null || right.length === null || left.length === right.length) &&
        areCompatible(left.element, right.element)
      );
    case "record":
      return right.kind === "record" && left.definition === right.definition;
    case "function":
      return right.kind === "function" && areCompatible(left.result, right.result);
  }
}

/** The type in C's notation, as messages name it. */
export function showType(type: CType): string {
  switch (type.kind) {
    case "void":
      return "void";
    case "integer":
    case "float":
      return type.name;
    case "pointer":
      return type.target.kind === "function" ? "pointer to function" : `${showType(type.target)} *`;
    case "enum":
      return type.definition.tag === null ? "anonymous enum" : `enum ${type.definition.tag}`;
    case "record": {
      const { kind, tag } = type.definition;
      return tag === null ? `anonymous ${kind}` : `${kind} ${tag}`;
    }
    case "array": {
      let element: CType = type;
      let lengths = "";
      for (; element.kind === "array"; element = element.element) lengths += `[${element.length ?? ""}]`;
      return `${showType(element)}${lengths}`;
    }
    case "function":
      return "function";
    case "invalid":
      return "unknown type";
  }
}

/** A bit-field's type in messages, e.g. `unsigned int:3`. */
export function showMemberType(member: RecordMember): string {
  const type = member.spelling ?? showType(member.type);
  return member.width === 0 ? type : `${type}:${member.width}`;
}

/** A value an enumerator has, with the type that goes with it. */
export interface Enumerator {
  readonly value: Integer;
  readonly type: IntegerType;
}

/** Whatever is given to an array of no elements is dropped, even where that is its union's turn. */
export function isEmptyArray(type: CType): boolean {
  return type.kind === "array" && type.length === 0;
}
